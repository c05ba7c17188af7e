package io.wgwhy.connectors.collect.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class TapTest {
  @TempDir Path folder;

  @Test
  void what_a_capture_said_last_is_in_its_last_window() throws Exception {
    // More than a pipe holds: it is still being read when the process has ended.
    Path program =
        Files.writeString(
            folder.resolve("tcpdump"),
            "#!/bin/sh\necho 'listening on eth0, link-type EN10MB'\n"
                + "/usr/bin/head -c 120000 /dev/zero | /usr/bin/tr '\\0' x | /usr/bin/fold -w 100\n"
                + "echo; echo 'tcpdump: pcap_loop: The interface disappeared'; exit 1\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (int i = 0; i < 10; i++) {
      try (Tap tap =
          Tap.start(new Programs(List.of(folder)), program, Catalogue.capture("eth0", "in"))) {
        while (tap.isRunning()) {
          Thread.onSpinWait();
        }
        Ran last = tap.cut();
        assertThat(last).isNotNull();
        assertThat(last.exit()).isEqualTo(1);
        assertThat(last.output()).endsWith("tcpdump: pcap_loop: The interface disappeared\n");
      }
    }
  }
}
