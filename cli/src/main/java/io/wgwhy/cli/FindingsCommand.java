package io.wgwhy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.wgwhy.cli.report.FindingLine;
import io.wgwhy.connectors.kafka.FindingReader;
import io.wgwhy.connectors.kafka.FindingReader.Published;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wgwhy findings}: what the engine found, for people or as JSON lines. */
@Command(
    name = "findings",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Follow findings as they open, change and are resolved.",
    description = {"", "Shows what is open, then goes on until stopped.", ""},
    footer = {
      "",
      "Examples:",
      "  wgwhy findings",
      "  wgwhy findings --tenant acme --json | jq -r .title",
      "  wgwhy findings --once || echo something is wrong",
      "",
      "Exit codes: " + Exit.HELP + "."
    })
final class FindingsCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private static final Duration WAIT = Duration.ofMillis(200);

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "Only those of this tenant; may be repeated. Default: all that may be seen.")
  private List<String> tenants = List.of();

  @Option(names = "--json", description = "Print each finding as one line of JSON.")
  private boolean json;

  @Option(names = "--once", description = "Print what is open now, and end with 1 if anything is.")
  private boolean once;

  private final Stdio stdio;

  FindingsCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() {
    Set<Tenant> only = tenants.stream().map(TenantName::of).collect(Collectors.toUnmodifiableSet());
    FindingLine lines = new FindingLine(stdio.look());
    try (FindingReader reader = new FindingReader(kafka.reach(), only)) {
      List<Published> open = open(reader);
      open.forEach(it -> print(it, lines));
      if (once) {
        return open.isEmpty() ? Exit.NOTHING_WRONG : Exit.FINDINGS;
      }
      // A reader that closes its end, as head does, ends this too.
      while (!stdio.out().checkError() && !Thread.currentThread().isInterrupted()) {
        reader.poll(WAIT).forEach(it -> print(it, lines));
      }
      return Exit.NOTHING_WRONG;
    }
  }

  /** The last that was said of each, as far as it still holds: the oldest first. */
  private static List<Published> open(FindingReader reader) {
    Map<String, Published> last = new LinkedHashMap<>();
    do {
      reader.poll(WAIT).forEach(it -> last.put(it.tenant() + " " + it.finding().id(), it));
    } while (!reader.isCaughtUp());
    return last.values().stream()
        .filter(it -> it.finding().state() == Finding.State.OPEN)
        .sorted(Comparator.comparing(it -> it.finding().openedAt()))
        .toList();
  }

  private void print(Published published, FindingLine lines) {
    Finding finding = published.finding();
    String line = json ? write(finding) : lines.of(published.tenant().name(), finding);
    if (line != null) {
      stdio.out().println(line);
    }
  }

  private static String write(Finding finding) {
    try {
      return JSON.writeValueAsString(finding);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a finding cannot be written as JSON", e);
    }
  }
}
