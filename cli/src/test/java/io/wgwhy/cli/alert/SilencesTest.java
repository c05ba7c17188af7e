package io.wgwhy.cli.alert;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.wgwhy.connectors.sink.dispatch.Silences;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SilencesTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(Silences.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @TempDir Path folder;

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void goAway() {
    logger.detachAppender(log);
  }

  @Test
  void a_file_that_cannot_be_read_is_told_once_until_it_can() throws Exception {
    Path file = Files.createDirectory(folder.resolve("silences"));
    Silences silences = new Silences(file);
    for (int i = 0; i < 10; i++) {
      silences.refresh();
    }
    assertThat(log.list).hasSize(1);

    Files.delete(file);
    silences.refresh();
    Files.createDirectory(file);
    silences.refresh();
    assertThat(log.list).hasSize(2);
  }
}
