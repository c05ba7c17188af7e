package io.wgwhy.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What root runs, kills and deletes lies where nobody else could have put it. */
class FolderTest {
  @TempDir Path folder;

  @Test
  void one_that_is_not_there_is_made_for_its_owner_alone() throws Exception {
    Path made = Folder.ownersOnly(folder.resolve("labs"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
    assertThat(Folder.ownersOnly(made)).isEqualTo(made);
  }

  @Test
  void one_that_others_may_write_to_is_refused() throws Exception {
    Path open = Folder.ownersOnly(folder.resolve("labs"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> Folder.ownersOnly(open))
        .isInstanceOf(LabException.class)
        .hasMessageContaining("remove it");
  }

  @Test
  void a_link_to_another_folder_is_refused() throws Exception {
    Path elsewhere = Folder.ownersOnly(folder.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(folder.resolve("labs"), elsewhere);
    assertThatThrownBy(() -> Folder.ownersOnly(link)).isInstanceOf(LabException.class);
  }

  @Test
  void a_service_is_not_mistaken_for_another_process_of_its_id() {
    ProcessHandle self = ProcessHandle.current();
    Service us = Service.of(self);
    assertThat(us.running()).contains(self);

    long earlier = Instant.now().minusSeconds(86_400).toEpochMilli();
    assertThat(new Service(self.pid(), earlier).running()).isEmpty();
    assertThat(new Service(self.pid(), null).running()).isEmpty();
  }
}
