package io.wgwhy.connectors.collect.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteTest {
  @TempDir Path folder;

  @Test
  void a_connection_whose_way_is_gone_ends_by_itself() throws Exception {
    Path ssh = Files.writeString(folder.resolve("ssh"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwxr-xr-x"));
    Remote remote = Remote.of("root@srv", new Programs(List.of(folder)));
    assertThat(remote.words(Duration.ofSeconds(20)))
        .containsSubsequence("-o", "ServerAliveInterval=5", "-o", "ServerAliveCountMax=3", "--")
        .endsWith("--", "root@srv", "sh", "-s", "20", "srv");
  }

  @Test
  void where_ssh_is_not_installed_that_is_said() {
    assertThatThrownBy(() -> Remote.of("srv", new Programs(List.of(folder))))
        .hasMessage("ssh is not installed");
  }
}
