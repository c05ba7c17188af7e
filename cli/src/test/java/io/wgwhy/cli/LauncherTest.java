package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./wgwhy}, as far as it gets without a Java. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  @TempDir Path folder;

  @Test
  void says_what_to_install_when_there_is_no_java() throws Exception {
    assertThat(launch(Map.of("PATH", folder.toString())))
        .startsWith("2 wgwhy: Java is missing. Install a JDK 17");
  }

  @Test
  void says_that_java_home_is_wrong() throws Exception {
    assertThat(launch(Map.of("JAVA_HOME", folder.toString())))
        .contains("2 wgwhy: JAVA_HOME is " + folder, "there is no Java in it");
  }

  @Test
  void says_that_java_is_too_old() throws Exception {
    Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexit 9\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.22\"\n");

    assertThat(launch(Map.of("JAVA_HOME", folder.toString())))
        .startsWith("2 wgwhy: Java 11.0.22 is too old. Install a JDK 17 or newer");
  }

  /** Nothing is built there: there is nothing to build from. */
  @Test
  void in_an_unpacked_release_it_runs_the_jar_that_is_there() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("wgwhy-1/bin"));
    Path script = Files.copy(Path.of("../wgwhy"), bin.resolve("wgwhy"));
    Files.writeString(folder.resolve("wgwhy-1/wgwhy.jar"), "a jar");
    Path jdk = Files.createDirectories(folder.resolve("jre/bin")).getParent();
    Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\necho \"$@\"\n");
    assertThat(jdk.resolve("bin/java").toFile().setExecutable(true)).isTrue();
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    Map<String, String> environment =
        Map.of("JAVA_HOME", jdk.toString(), "XDG_CACHE_HOME", folder.resolve("cache").toString());
    assertThat(launch(script, environment))
        .startsWith("0 ")
        .contains("-jar " + folder.toRealPath().resolve("wgwhy-1/wgwhy.jar") + " --version")
        .doesNotContain("building");
    assertThat(folder.resolve("cache/wgwhy/wgwhy-1")).isDirectory();
  }

  @Test
  void a_folder_may_have_blanks_and_stars_in_its_name() throws Exception {
    Path tools = folder.resolve("my tools *[x]");
    Path bin = Files.createDirectories(tools.resolve("wgwhy-1/bin"));
    Path script = Files.copy(Path.of("../wgwhy"), bin.resolve("wgwhy"));
    Files.writeString(tools.resolve("wgwhy-1/wgwhy.jar"), "a jar");
    Path jdk = Files.createDirectories(tools.resolve("jre/bin")).getParent();
    Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\nprintf '<%s>' \"$@\"\n");
    assertThat(jdk.resolve("bin/java").toFile().setExecutable(true)).isTrue();
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    Path cache = tools.resolve("cache");
    Map<String, String> environment =
        Map.of("JAVA_HOME", jdk.toString(), "XDG_CACHE_HOME", cache.toString());
    assertThat(launch(script, environment))
        .contains("<-jar><" + tools.toRealPath().resolve("wgwhy-1/wgwhy.jar") + "><--version>")
        .contains("<-XX:SharedArchiveFile=" + cache.resolve("wgwhy/wgwhy-1/classes-17.0.1.jsa>"));
  }

  private static String launch(Map<String, String> environment) throws Exception {
    return launch(Path.of("../wgwhy"), environment);
  }

  private static String launch(Path script, Map<String, String> environment) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString(), "--version");
    builder.redirectErrorStream(true).environment().remove("JAVA_HOME");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() + " " + output;
  }
}
