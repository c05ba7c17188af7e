package io.wgwhy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.cli.alert.AlertSettings;
import io.wgwhy.cli.alert.SampleDelivery;
import io.wgwhy.cli.report.Table;
import io.wgwhy.connectors.sink.BadSetting;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wgwhy alert test}: whether alerts would arrive. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Tell receivers of a sample finding, and that it is over; see whether it arrives.",
    footer = {
      "",
      "Examples:",
      "  wgwhy alert test --config alert.yaml",
      "  wgwhy alert test --config alert.yaml --receiver chat",
      "",
      "Exit codes: 0 all took it, 1 some did not, 2 bad usage or settings."
    })
final class AlertTestCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final AlertOptions alert = new AlertOptions();

  @Option(
      names = "--receiver",
      paramLabel = "NAME",
      description = "Only this one; may be repeated.")
  private List<String> names = List.of();

  @Option(names = "--json", description = "Print one line of JSON for each.")
  private boolean json;

  private final Stdio stdio;

  AlertTestCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() throws InterruptedException {
    AlertSettings settings = alert.read();
    List<AlertSettings.Receiver> wanted =
        settings.receivers().stream()
            .filter(it -> names.isEmpty() || names.contains(it.name()))
            .toList();
    for (String name : names) {
      if (wanted.stream().noneMatch(it -> it.name().equals(name))) {
        throw new CannotGoOn(Exit.UNUSABLE, "there is no receiver of the name " + name);
      }
    }
    List<SampleDelivery> trials;
    try {
      trials = SampleDelivery.of(wanted, settings.links());
    } catch (BadSetting e) {
      throw new CannotGoOn(Exit.UNUSABLE, String.valueOf(e.getMessage()));
    }
    print(trials);
    return trials.stream().allMatch(SampleDelivery::good) ? Exit.NOTHING_WRONG : Exit.FINDINGS;
  }

  private void print(List<SampleDelivery> trials) {
    if (json) {
      trials.forEach(it -> stdio.out().println(write(it)));
      return;
    }
    Table table = new Table(stdio.look(), List.of("receiver", "goes to", "outcome"));
    for (SampleDelivery trial : trials) {
      String outcome = trial.good() ? "opened and resolved: taken" : trial.says();
      table.row(trial.good(), List.of(trial.receiver(), trial.destination(), outcome));
    }
    stdio.out().print(table.print());
  }

  private static String write(SampleDelivery trial) {
    try {
      return JSON.writeValueAsString(trial);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an outcome cannot be written as JSON", e);
    }
  }
}
