package io.wgwhy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.wgwhy.cli.report.FindingFilter;
import io.wgwhy.cli.report.FindingLine;
import io.wgwhy.cli.report.FindingRows;
import io.wgwhy.cli.report.HistoryText;
import io.wgwhy.cli.report.JsonText;
import io.wgwhy.cli.report.QuietText;
import io.wgwhy.connectors.kafka.FindingReader;
import io.wgwhy.connectors.kafka.FindingReader.Published;
import io.wgwhy.connectors.sink.dispatch.Silence;
import io.wgwhy.connectors.sink.dispatch.Silences;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wgwhy findings}: what the engine found, for people, spreadsheets and programs. */
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
      "  wgwhy findings --watch --severity major           a screen that stays up to date",
      "  wgwhy findings --once --table --host srv",
      "  wgwhy findings --once --state all --csv > findings.csv",
      "  wgwhy findings --history 5d41402a                 all that was said of one",
      "  wgwhy findings --acknowledge 5d41402a --because 'Ada is on it'",
      "  wgwhy findings --tenant acme --json | jq -r .title",
      "  wgwhy findings --once || echo something is wrong",
      "",
      "Exit codes: " + Exit.HELP + "."
    })
final class FindingsCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private static final Duration WAIT = Duration.ofMillis(200);

  /** How soon a screen shows that a silence has begun or ended. */
  private static final Duration ANYWAY = Duration.ofSeconds(1);

  /** Cursor to the upper left corner; clear from there on (ECMA-48). */
  private static final String ANEW = "\u001b[H\u001b[J";

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final FindingOptions wanted = new FindingOptions();
  @Mixin private final AlertOptions alert = new AlertOptions();

  @ArgGroup private final Shape shape = new Shape();

  /** How they are shown; a line each, unless told otherwise. */
  private static final class Shape {
    @Option(names = "--json", description = "Print each finding as one line of JSON.")
    private boolean json;

    @Option(names = "--csv", description = "Print each finding as one line of CSV, after a head.")
    private boolean csv;

    @Option(names = "--table", description = "Print a table of what is open now, and end.")
    private boolean table;

    @Option(names = "--watch", description = "Show a table that stays up to date, until stopped.")
    private boolean watch;

    @Option(
        names = "--acknowledge",
        paramLabel = "ID",
        description =
            "Somebody knows of this finding: until it is resolved, nobody is told of it by the"
                + " wgwhy alert that has these settings (--config).")
    private @Nullable String acknowledge;
  }

  @Option(
      names = "--history",
      paramLabel = "ID",
      description =
          "Print all that is known of one finding (its id may be shortened), and end; with --json a"
              + " line for each time that it was published.")
  private @Nullable String history;

  @Option(names = "--because", paramLabel = "TEXT", description = "With --acknowledge: for others.")
  private @Nullable String because;

  @Option(names = "--once", description = "Print what is open now, and end with 1 if anything is.")
  private boolean once;

  private final Stdio stdio;
  private Silences silences = new Silences(null);

  FindingsCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() {
    FindingFilter filter = wanted.filter();
    Set<Tenant> tenants = wanted.tenants();
    if (because != null && shape.acknowledge == null) {
      throw new CannotGoOn(Exit.UNUSABLE, "--because belongs to --acknowledge ID");
    }
    if (history != null && (shape.csv || shape.table || shape.watch || shape.acknowledge != null)) {
      throw new CannotGoOn(Exit.UNUSABLE, "--history ID stands alone, or with --json");
    }
    silences = alert.silencesToShow();
    try (FindingReader reader = new FindingReader(kafka.reach(), tenants, stdio::tell)) {
      if (history != null) {
        return history(OneFinding.named(history, readAll(reader)));
      }
      if (shape.acknowledge != null) {
        return acknowledge(shape.acknowledge, reader);
      }
      Map<String, Published> last = new LinkedHashMap<>();
      readAll(reader).forEach(it -> note(last, it));
      filter
          .unheardOf(last.values().stream().map(Published::finding).toList())
          .forEach(stdio::tell);
      List<Published> first = chosen(last.values(), filter);
      if (shape.table) {
        stdio.out().print(table(first));
      } else if (shape.watch) {
        watch(reader, last, filter);
        return Exit.NOTHING_WRONG;
      } else {
        follow(reader, first, filter);
      }
      return once || shape.table ? code(first) : Exit.NOTHING_WRONG;
    }
  }

  private static int code(List<Published> shown) {
    return shown.stream().anyMatch(it -> it.finding().state() == Finding.State.OPEN)
        ? Exit.FINDINGS
        : Exit.NOTHING_WRONG;
  }

  private void follow(FindingReader reader, List<Published> first, FindingFilter filter) {
    FindingLine lines = new FindingLine(stdio.look());
    if (shape.csv) {
      stdio.out().println(FindingRows.csvHead());
    }
    first.forEach(it -> print(it, lines));
    // A reader that closes its end, as head does, ends this too.
    while (!once && !stdio.out().checkError() && !Thread.currentThread().isInterrupted()) {
      reader.poll(WAIT).stream()
          .filter(it -> filter.takes(it.finding()))
          .forEach(it -> print(it, lines));
    }
  }

  private void watch(FindingReader reader, Map<String, Published> last, FindingFilter filter) {
    boolean news = true;
    long shownNanos = System.nanoTime();
    String shown = "";
    while (!stdio.out().checkError() && !Thread.currentThread().isInterrupted()) {
      if (news || System.nanoTime() - shownNanos >= ANYWAY.toNanos()) {
        String now = table(chosen(last.values(), filter));
        if (!now.equals(shown)) {
          stdio.out().print(ANEW + now);
          stdio.out().flush();
        }
        if (once) {
          return;
        }
        shown = now;
        shownNanos = System.nanoTime();
      }
      List<Published> read = reader.poll(WAIT);
      read.forEach(it -> note(last, it));
      news = !read.isEmpty();
    }
  }

  private int history(OneFinding one) {
    if (shape.json) {
      one.versions().forEach(it -> stdio.out().println(write(it)));
      return one.isOpen() ? Exit.FINDINGS : Exit.NOTHING_WRONG;
    }
    List<HistoryText.Version> versions =
        one.versions().stream().map(it -> new HistoryText.Version(it.at(), it.finding())).toList();
    stdio.out().print(HistoryText.of(versions, stdio.look()));
    silences.refresh();
    Optional<Silence> quiet = quiet(one.tenant(), one.last());
    if (quiet.isPresent()) {
      stdio.out().println("\n" + stdio.look().clean(QuietText.of(quiet)));
    }
    return one.isOpen() ? Exit.FINDINGS : Exit.NOTHING_WRONG;
  }

  private int acknowledge(String id, FindingReader reader) {
    Path file = alert.silences();
    OneFinding one = OneFinding.named(id, readAll(reader));
    Finding finding = one.last();
    if (!one.isOpen()) {
      throw new CannotGoOn(
          Exit.UNUSABLE,
          finding.id() + " is over since " + finding.resolvedAt() + ": nobody is told of it");
    }
    try {
      NewSilence.write(
          file,
          Silence.acknowledging(NewSilence.id(), one.tenant(), finding, Instant.now(), because),
          stdio);
    } catch (IOException e) {
      throw new CannotGoOn(Exit.UNUSABLE, "cannot write to " + file);
    }
    stdio.tell(
        "acknowledged until it is resolved: "
            + finding.title()
            + "; wgwhy alert silence --end takes it back");
    return Exit.NOTHING_WRONG;
  }

  /** What was published until now, as far as the topics hold it. */
  private List<Published> readAll(FindingReader reader) {
    List<Published> all = new ArrayList<>();
    do {
      all.addAll(reader.poll(WAIT));
    } while (!reader.isCaughtUp());
    checkTenants(reader.tenants());
    return all;
  }

  /** A name that was misspelt must not look like a tenant whose tunnels are well. */
  private void checkTenants(Set<Tenant> seen) {
    for (Tenant tenant : wanted.tenants()) {
      if (!seen.contains(tenant)) {
        throw new CannotGoOn(
            Exit.UNUSABLE,
            "there is no topic of findings of the tenant "
                + tenant.name()
                + ", or you may not see it: wgwhy tenant list shows the names");
      }
    }
    if (seen.isEmpty()) {
      stdio.tell("no tenant's findings are there, or you may not see them");
    }
  }

  private static void note(Map<String, Published> last, Published it) {
    last.put(it.tenant() + " " + it.finding().id(), it);
  }

  /** The last that was said of each: the oldest first. */
  private List<Published> chosen(Collection<Published> last, FindingFilter filter) {
    return last.stream()
        .filter(it -> filter.concerns(it.finding()))
        .filter(
            it ->
                it.finding().state() == Finding.State.OPEN
                    ? wanted.isOpenWanted()
                    : wanted.isOverWanted())
        .sorted(Comparator.comparing(it -> it.finding().openedAt()))
        .toList();
  }

  private String table(List<Published> shown) {
    silences.refresh();
    List<FindingRows.Row> rows =
        shown.stream().map(it -> row(it, quiet(it.tenant(), it.finding()))).toList();
    return FindingRows.table(rows, stdio.look());
  }

  private static FindingRows.Row row(Published it, Optional<Silence> quiet) {
    return new FindingRows.Row(it.tenant().name(), it.finding(), QuietText.of(quiet));
  }

  /** Why nobody is told of it, as far as this host knows. */
  private Optional<Silence> quiet(Tenant tenant, Finding finding) {
    return finding.state() == Finding.State.OPEN
        ? silences.of(tenant, finding, Instant.now())
        : Optional.empty();
  }

  private void print(Published published, FindingLine lines) {
    silences.refresh();
    Optional<Silence> quiet = quiet(published.tenant(), published.finding());
    String line =
        shape.json
            ? write(published.finding(), quiet)
            : shape.csv
                ? FindingRows.csv(row(published, quiet))
                : lines.of(published.tenant().name(), published.finding(), QuietText.of(quiet));
    if (line != null) {
      stdio.out().println(line);
    }
  }

  /** As it stood on the topic, and since when. */
  private static String write(Published version) {
    ObjectNode json = JSON.valueToTree(version.finding());
    return write(json.put("publishedAt", version.at().toString()));
  }

  /** As it stands on the topic, and beside it why nobody is told of it, if so. */
  private static String write(Finding finding, Optional<Silence> quiet) {
    ObjectNode json = JSON.valueToTree(finding);
    quiet.ifPresent(it -> json.set("quiet", JSON.valueToTree(it)));
    return write(json);
  }

  private static String write(ObjectNode json) {
    try {
      return JsonText.harmless(JSON.writeValueAsString(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a finding cannot be written as JSON", e);
    }
  }
}
