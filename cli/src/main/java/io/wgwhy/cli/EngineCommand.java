package io.wgwhy.cli;

import io.wgwhy.cli.publish.PublishedRules;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.stream.EmbeddedBroker;
import io.wgwhy.engine.stream.Engine;
import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wgwhy engine}: diagnoses streams of facts until it is stopped. */
@Command(
    name = "engine",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Diagnose the facts of all tenants as they come in, until stopped.",
    description = {
      "",
      "Reads the topics wgwhy.TENANT.facts, writes wgwhy.TENANT.findings. Engines with one name"
          + " share the work; killed and started again, an engine goes on where it was.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy engine --embedded                      its own broker, data in ./.wgwhy",
      "  wgwhy engine --bootstrap-server kafka:9092   a cluster that is there",
      "  wgwhy engine --embedded --metrics-port 9464  figures for Prometheus, health, readiness",
      "",
      "Exit codes: 0 stopped, 2 bad usage, or it cannot go on, 3 cannot reach Kafka."
    })
final class EngineCommand implements Callable<Integer> {
  /** Between what a network of one tunnel takes, 12 KB, and one of a hundred, some 650 KB. */
  private static final int SESSION_BYTES = 64 * 1024;

  /** To rebuild one takes some 20 ms: fewer would be rebuilt again and again. */
  private static final int LEAST_SESSIONS = 500;

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Mixin private final Watching watching = new Watching();

  @Option(
      names = "--embedded",
      description =
          "Start a broker of its own, for this machine only, without passwords"
              + " unless --secure.")
  private boolean embedded;

  @Option(
      names = "--secure",
      description =
          "The embedded broker asks for passwords and keeps tenants apart; the administrator's are"
              + " in admin.properties in the data folder.")
  private boolean secure;

  @Option(
      paramLabel = "PORT",
      names = "--port",
      defaultValue = "9092",
      description = "The embedded broker's port. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--data-folder",
      paramLabel = "FOLDER",
      defaultValue = ".wgwhy",
      description = "Where the embedded broker keeps its data. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of(".wgwhy");

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "Create the topics of this tenant if missing; may be repeated.")
  private List<String> tenants = List.of();

  @Option(
      paramLabel = "NAME",
      names = "--name",
      defaultValue = "wgwhy-engine",
      description = "Engines of one name share the work. Default: ${DEFAULT-VALUE}.")
  private String name = "wgwhy-engine";

  @Option(
      names = "--tenant-memory",
      paramLabel = "MIB",
      description =
          "How much is kept of one tenant; what is new beyond that is refused, and its people are"
              + " told. A busy tunnel takes some 1.2 KB. Default: an eighth of the heap.")
  private long tenantMemory;

  @Option(
      names = "--standbys",
      paramLabel = "COUNT",
      defaultValue = "1",
      description =
          "How many other engines of this name keep a copy of what one remembers, to take over at"
              + " once. Default: ${DEFAULT-VALUE}.")
  private int standbys;

  @Option(
      paramLabel = "COUNT",
      names = "--threads",
      description = "Default: one for each processor, 8 at most.")
  private int threads;

  private final Stdio stdio;

  EngineCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (embedded && kafka.isGiven()) {
      throw new CannotGoOn(
          Exit.UNUSABLE, "--embedded starts a broker: leave --bootstrap-server and --properties");
    }
    if (secure && !embedded) {
      throw new CannotGoOn(
          Exit.UNUSABLE, "--secure is about the broker of --embedded; others are secured already");
    }
    if (port < 1 || port > 65_535) {
      throw new CannotGoOn(Exit.UNUSABLE, "--port takes 1 to 65535");
    }
    if (tenantMemory < 0 || standbys < 0) {
      throw new CannotGoOn(
          Exit.UNUSABLE, "--tenant-memory and --standbys take numbers that are not negative");
    }
    List<Tenant> wanted = tenants.stream().map(TenantName::of).toList();
    KafkaOptions.quiet();
    try (Stopping stopping = new Stopping()) {
      if (embedded) {
        try (EmbeddedBroker broker = broker()) {
          if (secure) {
            stdio.tell(
                "the administrator's login: --properties " + EmbeddedBroker.adminFile(data()));
          }
          run(broker.client(), engineFolder(), wanted, stopping);
        }
      } else {
        Map<String, Object> client = kafka.reach();
        try (TemporaryFolder locks = locks()) {
          run(client, locks.path(), wanted, stopping);
        }
      }
    }
    return Exit.NOTHING_WRONG;
  }

  private EmbeddedBroker broker() {
    if (!secure && Files.exists(EmbeddedBroker.adminFile(data()))) {
      throw new CannotGoOn(
          Exit.UNUSABLE,
          "the data in " + folder + " is that of a secured broker: say --secure, too");
    }
    try {
      Files.createDirectories(data());
      return secure
          ? EmbeddedBroker.startSecured(data(), port)
          : EmbeddedBroker.start(data(), port);
    } catch (EmbeddedBroker.PortTaken e) {
      throw new CannotGoOn(Exit.UNUSABLE, e.getMessage() + ": choose another with --port");
    } catch (IOException e) {
      throw new CannotGoOn(
          Exit.UNUSABLE, "cannot write to " + folder + ": choose another with --data-folder");
    }
  }

  private Path data() {
    return folder.resolve("broker");
  }

  /**
   * @param locks where Streams keeps its lock; nothing of value
   */
  private void run(Map<String, Object> client, Path locks, List<Tenant> wanted, Stopping stopping)
      throws InterruptedException {
    try (Topics topics = new Topics(client);
        Watching watched = watching) {
      Figures figures = watched.begin();
      wanted.forEach(topics::create);
      int count = threads > 0 ? threads : usualThreads();
      Engine.Size size = new Engine.Size(name, locks, count, sessions(heap()), tenantBytes());
      Map<String, Object> reach = new HashMap<>(client);
      reach.put("num.standby.replicas", standbys);
      try (PublishedRules rules = PublishedRules.follow(client, figures);
          Engine engine = Engine.start(reach, rules, topics::createOutputs, size, figures)) {
        watched.watch(engine);
        while (!engine.isRunning() && engine.isAlive() && !stopping.isAsked()) {
          Thread.sleep(50);
        }
        if (engine.isAlive()) {
          announce(client, watched);
        }
        if (!stopping.awaitWhile(engine::isAlive)) {
          // Whoever started it starts it again: systemd, a container's restart.
          throw new CannotGoOn(
              Exit.UNUSABLE, "the engine cannot go on (" + engine.state() + "), see the log");
        }
        stdio.tell("stopping ...");
      }
    }
  }

  private void announce(Map<String, Object> client, Watching watched) {
    stdio.out().println(client.get("bootstrap.servers"));
    stdio.out().flush();
    if (watched.address() != null) {
      stdio.tell("figures at " + watched.address());
    }
    String more = secure ? " --properties FILE" : where(client);
    stdio.tell("diagnosing; see them with: wgwhy findings" + more);
  }

  private static String where(Map<String, Object> client) {
    String server = String.valueOf(client.get("bootstrap.servers"));
    return server.equals(KafkaOptions.DEFAULT) ? "" : " --bootstrap-server " + server;
  }

  /** How many each partition keeps ready: as many as a heap of so many bytes has room for. */
  static int sessions(long heap) {
    long fit = heap / Topics.PARTITIONS / SESSION_BYTES;
    return Math.max(LEAST_SESSIONS, Math.toIntExact(Math.min(fit, Integer.MAX_VALUE)));
  }

  private long tenantBytes() {
    return tenantMemory > 0 ? tenantMemory << 20 : heap() / 8;
  }

  private static long heap() {
    return Runtime.getRuntime().maxMemory();
  }

  private static int usualThreads() {
    return Math.min(Topics.PARTITIONS, Runtime.getRuntime().availableProcessors());
  }

  private Path engineFolder() {
    try {
      return Files.createDirectories(folder.resolve("engine"));
    } catch (IOException e) {
      throw new CannotGoOn(
          Exit.UNUSABLE, "cannot write to " + folder + ": choose another with --data-folder");
    }
  }

  private static TemporaryFolder locks() {
    try {
      return TemporaryFolder.create("wgwhy-engine");
    } catch (IOException e) {
      throw new CannotGoOn(
          Exit.UNUSABLE,
          "cannot write to the folder for temporary files, "
              + System.getProperty("java.io.tmpdir")
              + ": choose another with WGWHY_JAVA_OPTS=-Djava.io.tmpdir=FOLDER");
    }
  }
}
