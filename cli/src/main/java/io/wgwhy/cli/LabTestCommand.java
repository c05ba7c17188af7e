package io.wgwhy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.cli.trial.Limits;
import io.wgwhy.cli.trial.Trial;
import io.wgwhy.cli.trial.TrialOutcome;
import io.wgwhy.cli.trial.TrialRun;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.engine.stream.EmbeddedBroker;
import io.wgwhy.engine.stream.Engine;
import io.wgwhy.engine.stream.Opening;
import io.wgwhy.lab.Fault;
import io.wgwhy.lab.Faults;
import io.wgwhy.lab.LabException;
import io.wgwhy.lab.Leftovers;
import io.wgwhy.lab.OwnFolder;
import io.wgwhy.lab.Requirements;
import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wgwhy lab test}: the whole way, on real tunnels. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Break real tunnels, see each fault found and, once taken back, cleared.",
    description = {
      "",
      "The whole system on this machine: labs, a collector on each end of their tunnels, a broker,"
          + " an engine. Each fault is made while everything works; then what was found, after how"
          + " many seconds, whether it was cleared after the repair, and what else was reported.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  sudo wgwhy lab test                                one fault of each cause",
      "  sudo wgwhy lab test psk-client-only ip-forward-off",
      "  sudo wgwhy lab test --all --lanes 4 --json",
      "",
      "Exit codes: 0 all found and cleared in time and nothing else reported, 1 not so,"
          + " 2 cannot have a lab here."
    })
final class LabTestCommand implements Callable<Integer> {
  private static final int SESSIONS = 50;
  private static final int THREADS = 2;

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Parameters(
      paramLabel = "FAULT",
      description = "The faults' names. None means one of each cause.")
  private List<String> names = List.of();

  @Option(names = "--all", description = "The whole catalogue.")
  private boolean all;

  @Option(
      names = "--lanes",
      paramLabel = "N",
      description = "Labs side by side. Default: ${DEFAULT-VALUE}.")
  private int lanes = 2;

  @Option(
      names = "--found-within",
      paramLabel = "SECONDS",
      description = "Limit from the break to the finding. Default: ${DEFAULT-VALUE}.")
  private double find = 30;

  @Option(
      names = "--cleared-within",
      paramLabel = "SECONDS",
      description = "Limit from the repair until nothing is open. Default: ${DEFAULT-VALUE}.")
  private double clear = 30;

  @Option(
      names = "--at-most",
      paramLabel = "MINUTES",
      description = "Begin no trial after that; what was not tried is said. Default: no limit.")
  private double minutes = Double.POSITIVE_INFINITY;

  @Option(
      names = "--keep",
      paramLabel = "FOLDER",
      description = {
        "Keep recordings there of what collectors and people saw, for diagnose,",
        "and beside them what was found (*-findings.jsonl)."
      })
  private @Nullable Path keep;

  @Option(names = "--json", description = "Print the outcome as JSON, and nothing else.")
  private boolean json;

  private final Stdio stdio;

  LabTestCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    KafkaOptions.quiet();
    if (keep != null) {
      Files.createDirectories(keep);
    }
    List<Fault> faults;
    try {
      Requirements.check();
      Leftovers.sweep();
      faults = faults();
    } catch (LabException e) {
      throw new CannotGoOn(Exit.UNUSABLE, String.valueOf(e.getMessage()));
    }
    TrialOutcome outcome = run(faults);
    stdio.out().print(json ? write(outcome) : "\n" + outcome.print(stdio.look()));
    stdio.out().flush();
    return outcome.good() ? Exit.NOTHING_WRONG : Exit.FINDINGS;
  }

  private List<Fault> faults() {
    if (!names.isEmpty()) {
      return names.stream().map(Faults::named).toList();
    }
    return all ? Faults.all() : Faults.oneOfEachCause();
  }

  private TrialOutcome run(List<Fault> faults) throws IOException, InterruptedException {
    stdio.tell("starting a broker, an engine and " + lanes + " labs with collectors ...");
    try (OwnFolder folder = OwnFolder.create();
        EmbeddedBroker broker = EmbeddedBroker.start(folder.path().resolve("broker"))) {
      Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
      TrialRun run =
          new TrialRun(client, new Limits(find, clear, 2), minutes * 60, keep, this::told);
      run.createTenant();
      RuleBook rules = RuleBook.builtIn();
      Opening opening = (tenant, network) -> new NetworkSession(tenant, network, rules);
      Engine.Size size =
          new Engine.Size("wgwhy-test", folder.path().resolve("engine"), THREADS, SESSIONS);
      try (Topics topics = new Topics(client);
          Engine engine = Engine.start(client, opening, topics::createOutputs, size)) {
        while (!engine.isRunning()) {
          Thread.sleep(50);
        }
        return run.all(faults, lanes);
      }
    }
  }

  private void told(Trial trial) {
    stdio.tell(TrialOutcome.line(trial));
  }

  private static String write(TrialOutcome outcome) {
    try {
      return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(outcome) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the outcome cannot be written as JSON", e);
    }
  }
}
