package io.wgwhy.cli.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page in the documentation says what is found today, and what is found is right. */
class MatrixTest {
  private static final Path PAGE = Path.of("../docs/confusion-matrix.md");
  private static final Path LAB_PAGE = Path.of("../docs/confusion-matrix-lab.md");

  private static Matrix matrix;

  @BeforeAll
  static void judge() throws IOException {
    matrix = Matrix.of(Path.of("../recordings"), "cli", "srv", RuleBook.builtIn());
  }

  /** {@code -Dgolden.refresh=true} writes it anew. */
  @Test
  void the_page_in_the_documentation_is_what_is_found() throws IOException {
    if (Boolean.getBoolean("golden.refresh")) {
      Files.writeString(PAGE, MatrixPage.of(matrix));
    }
    assertThat(MatrixPage.of(matrix)).isEqualTo(Files.readString(PAGE));
  }

  @Test
  void the_page_of_the_lab_is_what_is_found_and_nothing_confirmed_is_wrong() throws IOException {
    Matrix lab = Matrix.of(Path.of("../recordings/lab"), "cli", "srv", RuleBook.builtIn());
    if (Boolean.getBoolean("golden.refresh")) {
      Files.writeString(LAB_PAGE, MatrixPage.of(lab));
    }
    assertThat(MatrixPage.of(lab)).isEqualTo(Files.readString(LAB_PAGE));
    assertThat(MatrixPage.of(lab)).doesNotContain("| ‼");
  }

  @Test
  void both_ends_name_the_cause_first_nothing_confirmed_is_wrong_and_the_healthy_are_silent() {
    assertThat(matrix.rows())
        .isNotEmpty()
        .allSatisfy(it -> assertThat(Matrix.isSound(it)).as(it.recording()).isTrue());
  }
}
