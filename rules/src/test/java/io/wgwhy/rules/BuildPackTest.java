package io.wgwhy.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildPackTest {
  @TempDir Path temp;

  @Test
  void what_an_earlier_build_left_of_changed_rules_is_deleted() throws IOException {
    Path pack = Sample.copy(temp.resolve("sample"));
    Path classes = temp.resolve("classes");
    BuildPack.build(pack, classes);
    List<String> before = classesIn(classes);
    Sample.edit(pack.resolve(Sample.BLOCKED + ".drl"), "== Answer.NO, $n", "!= Answer.YES, $n");

    BuildPack.build(pack, classes);

    assertThat(classesIn(classes))
        .isNotEqualTo(before)
        .isEqualTo(Files.readAllLines(classes.resolveSibling("sample.classes")));
  }

  @Test
  void without_a_pack_the_build_stops() throws IOException {
    Files.createDirectory(temp.resolve("empty"));

    assertThatThrownBy(() -> BuildPack.build(temp.resolve("empty"), temp.resolve("a")))
        .isInstanceOf(BadRules.class)
        .hasMessageContaining("holds no cause");
    assertThatThrownBy(() -> BuildPack.build(temp.resolve("absent"), temp.resolve("a")))
        .isInstanceOf(BadRules.class)
        .hasMessageContaining("there is no such folder");
    assertThat(temp.resolve("a")).doesNotExist();
  }

  private static List<String> classesIn(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(file -> folder.relativize(file).toString())
          .filter(file -> file.endsWith(".class"))
          .sorted()
          .toList();
    }
  }
}
