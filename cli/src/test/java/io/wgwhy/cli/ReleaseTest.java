package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What people download, packed with stand-ins for what a build makes. */
@EnabledOnOs(OS.LINUX)
class ReleaseTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir static Path folder;
  private static Path release = Path.of("");

  @BeforeAll
  static void pack() throws Exception {
    Path target = Files.createDirectory(folder.resolve("target"));
    for (String made :
        List.of("wgwhy.jar", "lib/a.jar", "man/wgwhy.1", "man/wgwhy-collect.1", "man/wgwhy.bash")) {
      Path file = target.resolve(made);
      Files.createDirectories(file.getParent());
      Files.writeString(file, made);
    }
    run(folder, ROOT.resolve("deploy/release/archive").toString(), "9.9", target.toString());
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    run(elsewhere, "tar", "-xzf", target.resolve("wgwhy-9.9.tar.gz").toString());
    release = elsewhere.resolve("wgwhy-9.9");
  }

  @Test
  void each_file_has_its_sum_and_so_has_the_archive() throws Exception {
    run(release, "sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS");
    run(folder.resolve("target"), "sha256sum", "--check", "--quiet", "wgwhy-9.9.tar.gz.sha256");
    try (Stream<Path> files = Files.walk(release)) {
      assertThat(Files.readAllLines(release.resolve("SHA256SUMS")))
          .hasSize((int) files.filter(Files::isRegularFile).count() - 1);
    }
  }

  @Test
  void what_compose_mounts_and_builds_from_is_there() throws IOException {
    List<String> mounted = named("docker-compose.yml", "- \\./([^:\\s]+):");
    assertThat(mounted).contains("deploy/compose/alert.yaml", "deploy/compose/prometheus.yml");
    assertThat(mounted).allSatisfy(it -> assertThat(release.resolve(it)).exists());
    List<String> copied = named("Dockerfile", "(?m)^COPY (?!--from)(\\S+)");
    assertThat(copied).contains("wgwhy.jar", "lib");
    assertThat(copied).allSatisfy(it -> assertThat(release.resolve(it)).exists());
  }

  /** Rules of Prometheus, dashboards, ... are named by the files that are mounted. */
  @Test
  void nothing_of_compose_is_left_out() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("deploy/compose"))) {
      assertThat(files.map(it -> release.resolve(ROOT.relativize(it))))
          .isNotEmpty()
          .allSatisfy(it -> assertThat(it).exists());
    }
  }

  @Test
  void what_the_pages_point_to_is_there_or_on_the_web() throws IOException {
    Pattern link = Pattern.compile("\\]\\((?!https?:|#)([^)#\\s]+)");
    try (Stream<Path> docs = Files.list(release.resolve("docs"))) {
      for (Path page :
          Stream.concat(docs, Stream.of(release.resolve("README.md")))
              .filter(it -> it.toString().endsWith(".md"))
              .toList()) {
        link.matcher(Files.readString(page))
            .results()
            .filter(it -> !it.group(1).contains("/src/")) // that is for who has the sources
            .forEach(it -> assertThat(page.resolveSibling(it.group(1))).as("in %s", page).exists());
      }
    }
  }

  private static List<String> named(String file, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(release.resolve(file)))
        .results()
        .map(it -> it.group(1))
        .toList();
  }

  private static void run(Path where, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true).start();
    String says = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(says).isZero();
  }
}
