package io.wgwhy.cli;

import ch.qos.logback.classic.Level;
import io.wgwhy.cli.alert.AlertSettings;
import io.wgwhy.cli.alert.Tellers;
import io.wgwhy.connectors.sink.BadSetting;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wgwhy alert}: tells people and programs of findings. */
@Command(
    name = "alert",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Tell Alertmanager, chats, mail, syslog and programs of findings, until stopped.",
    description = {
      "",
      "Each receiver is told when a finding opens, when something of weight changes, and when it is"
          + " over; how far it came is remembered by Kafka. What does not arrive is tried again until"
          + " it does. No receiver waits for another.",
      ""
    },
    footer = {
      "",
      "Settings (docs/alerts.md has all):",
      "  silences: /var/lib/wgwhy/silences.jsonl",
      "  receivers:",
      "    - alertmanager: {url: 'http://localhost:9093'}",
      "    - name: acme-chat",
      "      tenants: [acme]",
      "      severity: major",
      "      chat: {url: {file: /etc/wgwhy/acme-chat.url}}",
      "",
      "Examples:",
      "  wgwhy alert --config alert.yaml",
      "  wgwhy alert test --config alert.yaml      tell each receiver of a sample finding",
      "  wgwhy alert silence --host srv --until 14:00 --because maintenance",
      "",
      "Exit codes: 0 stopped, 2 bad usage or settings, 3 cannot reach Kafka."
    })
final class AlertCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final AlertOptions alert = new AlertOptions();

  private final Stdio stdio;

  AlertCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  static CommandLine tree(Stdio stdio) {
    return new CommandLine(new AlertCommand(stdio))
        .addSubcommand(new AlertTestCommand(stdio))
        .addSubcommand(new AlertSilenceCommand(stdio))
        .addSubcommand(new AlertSilencesCommand(stdio));
  }

  @Override
  public Integer call() throws InterruptedException {
    AlertSettings settings = alert.read();
    Verbosity.log(Verbosity.isVerbose() ? Level.DEBUG : Level.WARN);
    try (Stopping stopping = new Stopping()) {
      Map<String, Object> client = kafka.reach();
      try (Tellers tellers = Tellers.start(client, settings)) {
        settings
            .receivers()
            .forEach(it -> stdio.tell("telling " + it.name() + ": " + it.sink().destination()));
        if (!stopping.awaitWhile(() -> !tellers.isBroken())) {
          throw new CannotGoOn(Exit.UNUSABLE, "a receiver has stopped, see the log");
        }
        stdio.tell("stopping ...");
      } catch (BadSetting e) {
        throw new CannotGoOn(Exit.UNUSABLE, String.valueOf(e.getMessage()));
      }
    }
    return Exit.NOTHING_WRONG;
  }
}
