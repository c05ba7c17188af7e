package io.wgwhy.cli;

import io.wgwhy.cli.publish.Candidate;
import io.wgwhy.cli.publish.Refused;
import io.wgwhy.cli.publish.Shadow;
import io.wgwhy.cli.report.JsonText;
import io.wgwhy.cli.report.ShadowText;
import io.wgwhy.connectors.kafka.FactReader;
import io.wgwhy.connectors.kafka.RuleShelf;
import io.wgwhy.facts.Tenant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  @Parameters(paramLabel = "PACK", description = "The pack's folder.")
  private Path pack = Path.of(".");

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "This tenant's facts, and the pack as its own. Default: all.")
  private @Nullable String tenant;

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
    if (!Files.isDirectory(pack)) {
      throw new CannotGoOn(Exit.UNUSABLE, "no such folder: " + pack);
    }
    Duration past = TrialOptions.span("--warm-up", warmUp);
    Duration limit = length == null ? null : TrialOptions.span("--for", length);
    Set<Tenant> whose = tenant == null ? Set.of() : Set.of(TenantName.of(tenant));
    Map<String, Object> client = kafka.reach();
    Candidate tried;
    try {
      tried =
          Candidate.tried(pack, TrialOptions.owner(tenant), new RuleShelf(client).read().heads());
    } catch (Refused refused) {
      throw PublishOptions.refusal(refused, stdio);
    }
    try (Stopping stopping = new Stopping();
        FactReader reader = new FactReader(client, whose, Instant.now().minus(past))) {
      long end = limit == null ? Long.MAX_VALUE : System.currentTimeMillis() + limit.toMillis();
      Shadow shadow = new Shadow(tried.before(), tried.now(), reader);
      shadow.run(
          () -> stopping.isAsked() || System.currentTimeMillis() > end,
          () -> tell(shadow.facts() + " facts of the last " + warmUp + " known, looking on"),
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

  private void tell(String says) {
    stdio.err().println("wgwhy: " + says);
    stdio.err().flush();
  }
}
