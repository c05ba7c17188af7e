package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogToStderrTest {
  private final LoggerContext context = new LoggerContext();

  @Test
  void what_is_logged_moves_no_cursor() {
    assertThat(logged("chat says: \u001b[2J\u009b1m\u202e", null))
        .endsWith(": chat says: \\x1b[2J\\x9b1m\\u202e\n");
  }

  @Test
  void a_stack_trace_keeps_its_lines() {
    assertThat(logged("failed", new IllegalStateException("no")))
        .contains("WARN", ": failed\njava.lang.IllegalStateException: no\n    at io.wgwhy.cli.");
  }

  private String logged(String says, @Nullable Throwable failure) {
    return LogToStderr.layout(context)
        .doLayout(
            new LoggingEvent(
                "x", context.getLogger("io.wgwhy"), Level.WARN, says, failure, new Object[0]));
  }
}
