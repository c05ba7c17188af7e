package io.wgwhy.cli;

import io.wgwhy.cli.alert.Until;
import io.wgwhy.connectors.sink.BadSetting;
import io.wgwhy.connectors.sink.dispatch.Silence;
import io.wgwhy.connectors.sink.dispatch.Silences;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wgwhy alert silence}: nobody is told of some findings for a while. */
@Command(
    name = "silence",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Tell nobody of some findings for a while; or end such a silence.",
    description = {
      "",
      "Findings open and resolve as ever. What is still true when the silence ends is told then."
          + " Several of the options together narrow it down.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy alert silence --host srv --until 14:00 --because maintenance",
      "  wgwhy alert silence --tenant acme --cause mtu-too-large --until 7d",
      "  wgwhy alert silence --finding 5d41402a   until it is resolved: findings --acknowledge",
      "  wgwhy alert silence --end 0b1f",
      "",
      "Exit codes: 0 done, 2 bad usage or settings."
    })
final class AlertSilenceCommand implements Callable<Integer> {
  /** As many characters as reports show; fewer would silence findings that nobody meant. */
  private static final int SHORTEST_FINDING = 8;

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final AlertOptions alert = new AlertOptions();

  @Option(names = "--tenant", paramLabel = "NAME", description = "Findings of this tenant.")
  private @Nullable String tenant;

  @Option(names = "--network", paramLabel = "NAME", description = "Findings of this network.")
  private @Nullable String network;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "Findings about tunnels that end on this host.")
  private @Nullable String host;

  @Option(names = "--cause", paramLabel = "CAUSE", description = "Findings of this cause.")
  private @Nullable String cause;

  @Option(
      names = "--finding",
      paramLabel = "ID",
      description = "One finding; without --until, until it is resolved.")
  private @Nullable String finding;

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      description = "14:00 by this host's clock, 2h from now, or 2026-11-22T14:00:00Z.")
  private @Nullable String until;

  @Option(names = "--because", paramLabel = "TEXT", description = "Why, for others.")
  private @Nullable String because;

  @Option(names = "--end", paramLabel = "ID", description = "End the silence of this id now.")
  private @Nullable String end;

  private final Stdio stdio;

  AlertSilenceCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() {
    Path file = alert.silences();
    try {
      Silence silence = end == null ? begun() : ended(file, end);
      NewSilence.write(file, silence, stdio);
      return Exit.NOTHING_WRONG;
    } catch (BadSetting e) {
      throw new CannotGoOn(Exit.UNUSABLE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CannotGoOn(Exit.UNUSABLE, "cannot write to " + file);
    }
  }

  private Silence begun() {
    if (finding != null && finding.length() < SHORTEST_FINDING) {
      throw new CannotGoOn(
          Exit.UNUSABLE,
          "--finding " + finding + " may be many: give its first 8 characters, or more");
    }
    ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
    String id = NewSilence.id();
    Instant moment = until == null ? null : Until.of(until, now);
    return new Silence(id, tenant, network, host, cause, finding, now.toInstant(), moment, because);
  }

  private static Silence ended(Path file, String id) {
    Silences all = new Silences(file);
    all.refresh();
    Instant now = Instant.now();
    Silence it =
        all.all().stream()
            .filter(one -> one.id().equals(id))
            .filter(one -> one.until() == null || one.until().isAfter(now))
            .findFirst()
            .orElseThrow(
                () -> new CannotGoOn(Exit.UNUSABLE, "there is no such silence now: " + id));
    return new Silence(
        id,
        it.tenant(),
        it.network(),
        it.host(),
        it.cause(),
        it.finding(),
        it.from(),
        now,
        it.because());
  }
}
