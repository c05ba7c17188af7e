package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
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
  void a_setting_that_makes_no_sense_is_told_before_anything_is_looked_at() {
    for (String[] wrong :
        new String[][] {
          {"--heartbeat=1", "--heartbeat takes"},
          {"--buffer=0", "--buffer takes"},
          {"--wait-for-kafka=0", "--wait-for-kafka takes"},
          {"--log-level=loud", "--log-level takes"},
          {"--tenant=a/b", "tenant"},
          {"--tenant-key-file=/nowhere/key", "cannot read /nowhere/key"},
        }) {
      Ran ran = Ran.wgwhy("collect", "--once", "--bootstrap-server=127.0.0.1:9", wrong[0]);

      assertThat(ran.exit()).as(wrong[0]).isEqualTo(2);
      assertThat(ran.err()).contains(wrong[1]);
    }
  }

  @Tag("slow")
  @Test
  void one_look_without_a_broker_ends_with_its_own_exit_code() {
    Ran ran =
        Ran.wgwhy("collect", "--once", "--bootstrap-server=127.0.0.1:9", "--wait-for-kafka=2");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err())
        .containsSubsequence(
            "waiting for Kafka at 127.0.0.1:9; facts begin when it answers",
            "cannot reach Kafka at 127.0.0.1:9: no answer within 2 s");
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

  @Test
  void a_tenant_key_is_as_long_as_it_is_without_the_newline_at_its_end() throws Exception {
    Path key = Files.writeString(folder.resolve("tenant.key"), "fifteen bytes..\n");
    Ran ran =
        Ran.wgwhy(
            "collect", "--once", "--bootstrap-server=127.0.0.1:9", "--tenant-key-file=" + key);

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("is too short");
  }

  @Test
  void a_recording_that_others_could_read_is_not_made() throws Exception {
    Path file = Files.writeString(folder.resolve("seen.jsonl"), "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Ran ran = Ran.wgwhy("collect", "--once", "--record", file.toString());

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("chmod 600 " + file);
  }

  @Test
  void systemd_does_not_start_again_what_its_settings_keep_from_starting() throws Exception {
    assertThat(Path.of("src/deb/wgwhy-collector.service"))
        .content()
        .contains("RestartPreventExitStatus=" + Exit.UNUSABLE);
  }
}
