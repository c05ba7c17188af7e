package io.wgwhy.cli;

import io.wgwhy.cli.report.DeadLetterText;
import io.wgwhy.connectors.kafka.DeadLetter;
import io.wgwhy.connectors.kafka.DeadLetters;
import io.wgwhy.facts.Tenant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wgwhy dead-letters list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "List dead letters, the newest last.",
    footer = {
      "",
      "Examples:",
      "  wgwhy dead-letters list --last 5",
      "  wgwhy dead-letters list --json | jq -r .refusal | sort | uniq -c",
      "",
      "Exit codes: " + DeadLettersCommand.EXIT + "."
    })
final class DeadLettersListCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "Only those of this tenant; may be repeated. Default: all that may be seen.")
  private List<String> tenants = List.of();

  @Option(
      names = "--refusal",
      paramLabel = "KIND",
      description = "Only those refused for this kind of reason, such as not-json.")
  private @Nullable String refusal;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many of each tenant, all of them counted. Default: ${DEFAULT-VALUE}.")
  private int last;

  @Option(names = "--json", description = "Print each, all of them, as one line of JSON.")
  private boolean json;

  private final Stdio stdio;

  DeadLettersListCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() {
    if (last < 1) {
      throw new CannotGoOn(Exit.UNUSABLE, "--last takes 1 or more");
    }
    long found = 0;
    try (DeadLetters letters = new DeadLetters(kafka.reach())) {
      for (Tenant tenant : DeadLettersCommand.tenants(letters, tenants)) {
        found += json ? printJson(letters, tenant) : print(letters, tenant);
      }
    }
    stdio.out().flush();
    return found == 0 ? Exit.NOTHING_WRONG : Exit.FINDINGS;
  }

  private long printJson(DeadLetters letters, Tenant tenant) {
    long[] found = {0};
    letters.read(
        tenant,
        it -> {
          if (isWanted(it)) {
            found[0]++;
            stdio.out().println(DeadLetterText.json(it, null));
          }
        });
    return found[0];
  }

  private long print(DeadLetters letters, Tenant tenant) {
    Deque<DeadLetter> newest = new ArrayDeque<>();
    Map<String, Long> counts = new TreeMap<>();
    letters.read(
        tenant,
        it -> {
          if (isWanted(it)) {
            counts.merge(DeadLetterText.kind(it), 1L, Long::sum);
            newest.add(it);
            if (newest.size() > last) {
              newest.removeFirst();
            }
          }
        });
    if (!newest.isEmpty()) {
      stdio.out().print(new DeadLetterText(stdio.look()).list(tenant, List.copyOf(newest), counts));
    }
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private boolean isWanted(DeadLetter letter) {
    return refusal == null || refusal.equals(letter.refusal());
  }
}
