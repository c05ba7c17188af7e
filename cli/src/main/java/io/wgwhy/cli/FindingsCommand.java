package io.wgwhy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.wgwhy.cli.report.FindingFilter;
import io.wgwhy.cli.report.FindingLine;
import io.wgwhy.cli.report.FindingRows;
import io.wgwhy.cli.report.HistoryText;
import io.wgwhy.cli.report.JsonText;
import io.wgwhy.connectors.kafka.FindingReader;
import io.wgwhy.connectors.kafka.FindingReader.Published;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
      "  wgwhy findings --tenant acme --json | jq -r .title",
      "  wgwhy findings --once || echo something is wrong",
      "",
      "Exit codes: " + Exit.HELP + "."
    })
final class FindingsCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private static final Duration WAIT = Duration.ofMillis(200);

  /** How many ids are shown to choose from. */
  private static final int SOME = 10;

  /** Cursor to the upper left corner; clear from there on (ECMA-48). */
  private static final String ANEW = "\u001b[H\u001b[J";

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final FindingOptions wanted = new FindingOptions();

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
        names = "--history",
        paramLabel = "ID",
        description = "Print all that is known of one finding (its id may be shortened), and end.")
    private @Nullable String history;
  }

  @Option(names = "--once", description = "Print what is open now, and end with 1 if anything is.")
  private boolean once;

  private final Stdio stdio;

  FindingsCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() {
    FindingFilter filter = wanted.filter();
    try (FindingReader reader = new FindingReader(kafka.reach(), wanted.tenants(), stdio::tell)) {
      if (shape.history != null) {
        return history(reader, shape.history);
      }
      Map<String, Published> last = new LinkedHashMap<>();
      readAll(reader).forEach(it -> note(last, it));
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
    while (!stdio.out().checkError() && !Thread.currentThread().isInterrupted()) {
      if (news) {
        stdio.out().print(ANEW + table(chosen(last.values(), filter)));
        stdio.out().flush();
        if (once) {
          return;
        }
      }
      List<Published> read = reader.poll(WAIT);
      read.forEach(it -> note(last, it));
      news = !read.isEmpty();
    }
  }

  private int history(FindingReader reader, String id) {
    Map<String, List<HistoryText.Version>> found = new LinkedHashMap<>();
    for (Published it : readAll(reader)) {
      if (it.finding().id().startsWith(id)) {
        found
            .computeIfAbsent(it.tenant().name() + "/" + it.finding().id(), key -> new ArrayList<>())
            .add(new HistoryText.Version(it.at(), it.finding()));
      }
    }
    if (found.size() != 1) {
      throw new CannotGoOn(
          Exit.UNUSABLE,
          found.isEmpty()
              ? "no finding has an id that begins with " + id
              : "several findings have ids that begin with " + id + ": " + some(found.keySet()));
    }
    List<HistoryText.Version> versions = found.values().iterator().next();
    stdio.out().print(HistoryText.of(versions, stdio.look()));
    Finding last = versions.get(versions.size() - 1).finding();
    return last.state() == Finding.State.OPEN ? Exit.FINDINGS : Exit.NOTHING_WRONG;
  }

  private static String some(Collection<String> names) {
    String first = names.stream().limit(SOME).collect(Collectors.joining(", "));
    return names.size() <= SOME ? first : first + ", and " + (names.size() - SOME) + " more";
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
    List<FindingRows.Row> rows =
        shown.stream().map(it -> new FindingRows.Row(it.tenant().name(), it.finding())).toList();
    return FindingRows.table(rows, stdio.look());
  }

  private void print(Published published, FindingLine lines) {
    String tenant = published.tenant().name();
    Finding finding = published.finding();
    String line =
        shape.json
            ? write(finding)
            : shape.csv ? FindingRows.csv(tenant, finding) : lines.of(tenant, finding);
    if (line != null) {
      stdio.out().println(line);
    }
  }

  private static String write(Finding finding) {
    try {
      return JsonText.harmless(JSON.writeValueAsString(finding));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a finding cannot be written as JSON", e);
    }
  }
}
