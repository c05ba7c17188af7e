package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.cli.report.Look;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where people write other digits, programs still read these. */
class LocaleTest {
  private final Locale usual = Locale.getDefault();

  @BeforeEach
  void goToEgypt() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    assertThat("%d".formatted(7)).isEqualTo("\u0667");
  }

  @AfterEach
  void comeBack() {
    Locale.setDefault(usual);
  }

  @Test
  void digits_are_those_that_programs_read() {
    assertThat(Ran.wgwhy("rules", "list").out())
        .containsPattern("(?m)^ +1  ")
        .doesNotContainPattern("[\u0660-\u0669]");
    assertThat("%d".formatted(51_820)).as("whatever else is written").isEqualTo("51820");
  }

  @Test
  void the_collector_alone_does_the_same() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Stdio stdio = new Stdio(InputStream.nullInputStream(), nowhere, nowhere, Look.PLAIN);

    assertThat(CollectMain.run(stdio, "--help")).isZero();
    assertThat("%d".formatted(51_820)).isEqualTo("51820");
  }
}
