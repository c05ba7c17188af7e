package io.wgwhy.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.wgwhy.cli.report.Look;
import java.util.stream.Collectors;

/**
 * Sets the log up: warnings, on stderr. In Java, because reading Logback's XML would take longer
 * than a diagnosis. Found by Logback as a service.
 */
public final class LogToStderr extends ContextAwareBase implements Configurator {

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout(context));
    encoder.start();
    ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
    stderr.setContext(context);
    stderr.setTarget("System.err");
    stderr.setEncoder(encoder);
    stderr.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(stderr);
    // It advises folders named like packages; a pack's folders are the diagnostic order.
    context.getLogger("org.drools.compiler.kie.builder.impl").setLevel(Level.ERROR);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** What is logged may come from the net, and goes to a terminal. */
  static Layout<ILoggingEvent> layout(LoggerContext context) {
    PatternLayout layout =
        new PatternLayout() {
          @Override
          public String doLayout(ILoggingEvent event) {
            return super.doLayout(event)
                .lines()
                .map(it -> Look.PLAIN.clean(it.replace("\t", "    ")) + "\n")
                .collect(Collectors.joining());
          }
        };
    layout.setContext(context);
    layout.setPattern("%d{HH:mm:ss} %-5level %logger{20}: %msg%n");
    layout.start();
    return layout;
  }
}
