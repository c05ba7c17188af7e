package io.wgwhy.cli;

import io.wgwhy.cli.publish.Candidate;
import io.wgwhy.cli.publish.Shadow;
import io.wgwhy.cli.report.JsonText;
import io.wgwhy.cli.report.ShadowText;
import io.wgwhy.connectors.kafka.FactReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wgwhy rules shadow}: a pack on live traffic, and nobody is alerted. */
@Command(
    name = "shadow",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Try a pack on live traffic without alerting: say what it would say otherwise.",
    description = {
      "",
      "Reads the facts topics beside the engines, which do not notice, and judges them twice: by"
          + " the rules that are published, and with the pack. Tells what the pack would open,"
          + " would not say, or would say otherwise, as it comes and goes; ends with the sum by"
          + " tenant. Writes nothing to Kafka.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy rules shadow acme                          until stopped",
      "  wgwhy rules shadow acme --tenant acme --for 1h --json",
      "",
      "Exit codes: 0 nothing differed, 1 something did, 2 the pack is refused, 3 cannot reach"
          + " Kafka."
    })
final class RulesShadowCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Mixin private final TriedPack pack = new TriedPack();

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      defaultValue = "15m",
      description =
          "Begin with what was seen since then: rules look at trends. Default: ${DEFAULT-VALUE}.")
  private String warmUp = "15m";

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "End after it. Default: when stopped.")
  private @Nullable String length;

  @Option(names = "--json", description = "Print a JSON object for each event, one for the end.")
  private boolean json;

  private final Stdio stdio;

  RulesShadowCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  private record End(String pack, long facts, Map<String, Map<String, Integer>> tenants) {}

  @Override
  public Integer call() {
    pack.check();
    Duration past = TrialOptions.span("--warm-up", warmUp);
    Duration limit = length == null ? null : TrialOptions.span("--for", length);
    Map<String, Object> client = kafka.reach();
    Candidate tried = pack.besidePublished(client, stdio);
    try (Stopping stopping = new Stopping();
        FactReader reader =
            new FactReader(client, pack.whose(), Instant.now().minus(past), stdio::tell)) {
      long end = limit == null ? Long.MAX_VALUE : System.currentTimeMillis() + limit.toMillis();
      Shadow shadow = new Shadow(tried.before(), tried.now(), reader);
      shadow.run(
          () -> stopping.isAsked() || System.currentTimeMillis() > end,
          () -> stdio.tell(shadow.facts() + " facts of the last " + warmUp + " known, looking on"),
          it -> print(json ? oneLine(it) : ShadowText.event(it, stdio.look())));
      End sum = new End(tried.pack().pack(), shadow.facts(), shadow.counts());
      print(
          json
              ? oneLine(sum)
              : ShadowText.sum(sum.pack(), sum.facts(), sum.tenants(), stdio.look()));
      return shadow.counts().isEmpty() ? Exit.NOTHING_WRONG : Exit.FINDINGS;
    }
  }

  private String oneLine(Object it) {
    return JsonText.line(it, stdio.look());
  }

  private void print(String text) {
    stdio.out().print(text);
    stdio.out().flush();
  }
}
