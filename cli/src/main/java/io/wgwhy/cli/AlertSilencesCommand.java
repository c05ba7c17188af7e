package io.wgwhy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.wgwhy.cli.report.JsonText;
import io.wgwhy.cli.report.Table;
import io.wgwhy.connectors.sink.dispatch.Silence;
import io.wgwhy.connectors.sink.dispatch.Silences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wgwhy alert silences}: what nobody is told of now. */
@Command(
    name = "silences",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "List the silences of now.",
    footer = {
      "",
      "Examples:",
      "  wgwhy alert silences",
      "  wgwhy alert silences --all --json",
      "",
      "Exit codes: 0 listed, 2 bad usage or settings."
    })
final class AlertSilencesCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final AlertOptions alert = new AlertOptions();

  @Option(names = "--all", description = "Those that are over too.")
  private boolean all;

  @Option(names = "--json", description = "Print one line of JSON for each.")
  private boolean json;

  private final Stdio stdio;

  AlertSilencesCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() {
    Silences silences = new Silences(alert.silences());
    silences.refresh();
    Instant now = Instant.now();
    List<Silence> shown =
        silences.all().stream().filter(it -> all || isNow(it.until(), now)).toList();
    if (json) {
      shown.forEach(it -> stdio.out().println(write(it)));
    } else if (shown.isEmpty()) {
      stdio.tell("there are no silences");
    } else {
      print(shown, now);
    }
    return Exit.NOTHING_WRONG;
  }

  private static boolean isNow(@Nullable Instant until, Instant now) {
    return until == null || until.isAfter(now);
  }

  private void print(List<Silence> shown, Instant now) {
    Table table = new Table(stdio.look(), List.of("id", "of", "from", "until", "because"));
    for (Silence it : shown) {
      table.row(
          isNow(it.until(), now),
          List.of(
              it.id(),
              of(it),
              it.from().toString(),
              it.until() == null ? "resolved" : it.until().toString(),
              it.because() == null ? "" : it.because()));
    }
    stdio.out().print(table.print());
  }

  private static String of(Silence it) {
    List<String> parts = new ArrayList<>();
    add(parts, "tenant", it.tenant());
    add(parts, "network", it.network());
    add(parts, "host", it.host());
    add(parts, "cause", it.cause());
    add(parts, "finding", it.finding());
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, String name, @Nullable String value) {
    if (value != null) {
      parts.add(name + " " + value);
    }
  }

  private static String write(Silence silence) {
    try {
      return JsonText.harmless(JSON.writeValueAsString(silence));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a silence cannot be written as JSON", e);
    }
  }
}
