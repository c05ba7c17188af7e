package io.wgwhy.cli;

import io.wgwhy.connectors.kafka.Backup;
import io.wgwhy.connectors.kafka.BackupWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wgwhy backup}: what stands on topics and cannot be had again, in a file. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Write findings, rules, dead letters and the engine's memory into a file.",
    description = {
      "",
      "Takes all topics wgwhy.TENANT.* but the facts, and the memory of the engine, as they are when"
          + " it begins. The engine may go on; of one that is busy the last second may be in one topic"
          + " and not yet in another, so for a backup that is exact stop it. It holds no passwords and"
          + " no rights: make tenants again with wgwhy tenant create.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy backup wgwhy.backup",
      "  wgwhy backup --facts --properties admin.properties /var/backups/wgwhy-$(date +%%F).backup",
      "  wgwhy restore wgwhy.backup --bootstrap-server new:9092",
      "  zcat wgwhy.backup | head -n 1                  it is lines of JSON",
      "",
      "Exit codes: 0 written, 2 bad usage or cannot write, 3 cannot reach Kafka."
    })
final class BackupCommand implements Callable<Integer> {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Parameters(
      paramLabel = "FILE",
      description = "Where to write it; it is replaced if it is there.")
  private Path file = Path.of("wgwhy.backup");

  @Option(names = "--facts", description = "The facts too: those of seven days, which may be much.")
  private boolean facts;

  @Option(
      paramLabel = "NAME",
      names = "--name",
      defaultValue = "wgwhy-engine",
      description = "The engine whose memory it is. Default: ${DEFAULT-VALUE}.")
  private String name = "wgwhy-engine";

  private final Stdio stdio;

  BackupCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() {
    if (Files.isDirectory(file)) {
      throw new CannotGoOn(Exit.UNUSABLE, file + " is a folder: name a file in it");
    }
    Path folder = Folder.demand(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    BackupWriter writer = new BackupWriter(kafka.reach(), name, facts);
    try {
      // Whole or not at all, and for its owner: findings tell much of a network.
      Path part =
          Files.createTempFile(
              folder,
              "." + file.getFileName(),
              ".part",
              PosixFilePermissions.asFileAttribute(OWNER));
      Backup.Size size;
      try (OutputStream out = Files.newOutputStream(part)) {
        size = writer.write(out);
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(part);
        throw e;
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      stdio.tell(
          "%,d records of %d topics, %,d KB, are in %s"
              .formatted(size.records(), size.topics(), (Files.size(file) + 1023) / 1024, file));
      return Exit.NOTHING_WRONG;
    } catch (IOException e) {
      throw new CannotGoOn(Exit.UNUSABLE, "cannot write to " + file);
    }
  }
}
