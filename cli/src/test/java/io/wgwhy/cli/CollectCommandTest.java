package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectCommandTest {
  @TempDir Path folder;

  @Test
  void prints_the_script_for_hosts_without_java() {
    Ran ran = Ran.wgwhy("collect", "--print-script");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .startsWith("#!/bin/sh\n")
        .endsWith("main \"$@\"\n")
        .contains("udp[8] = 1");
  }

  @Test
  void says_what_is_missing_when_nothing_is_to_be_done_with_what_is_seen() {
    Ran ran = Ran.wgwhy("collect", "--once");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("--record", "--dry-run");
  }

  @Test
  void a_recording_that_cannot_be_written_is_told_before_anything_is_looked_at() {
    Ran ran = Ran.wgwhy("collect", "--record", folder.resolve("no/such/folder").toString());

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("cannot write to");
  }

  @Test
  void a_host_that_ssh_could_take_for_an_option_is_refused() {
    for (String host : new String[] {"-oProxyCommand=touch x", "a b", "host;touch x", "$(x)", ""}) {
      Ran ran = Ran.wgwhy("diagnose", "--from=" + host, "--not-here");

      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.err()).contains("is not [USER@]HOST");
    }
  }

  @Test
  void files_are_not_looked_at_live() {
    Ran ran = Ran.wgwhy("diagnose", "--ping", "10.66.66.1", Samples.healthy());

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("--ping");
  }
}
