package io.wgwhy.cli.matrix;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.RecordingReader;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.engine.session.Consultation;
import io.wgwhy.facts.Observation;
import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is found in each recording, from each vantage point, beside what was really broken.
 *
 * @param rows by the recordings' names
 */
public record Matrix(List<Row> rows) {
  private static final String ENDING = ".jsonl";

  /** Compares preshared keys within one recording; what it is does not matter. */
  private static final int KEY_BYTES = 32;

  /** From where the tunnel is seen. */
  enum Vantage {
    BOTH_ENDS("both ends"),
    INITIATOR("the initiator alone"),
    RESPONDER("the responder alone");

    private final String words;

    Vantage(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** One recording. */
  record Row(String recording, Truth truth, Map<Vantage, View> views) {
    View view(Vantage vantage) {
      View view = views.get(vantage);
      if (view == null) {
        throw new IllegalStateException(recording + " was not seen from " + vantage);
      }
      return view;
    }
  }

  /**
   * Judges all recordings in a folder that have their truth beside them.
   *
   * @param initiator the name of the host that sends initiations
   * @param responder the name of the other
   * @throws IOException when a file cannot be read
   */
  public static Matrix of(Path folder, String initiator, String responder, RuleBook rules)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(it -> it.toString().endsWith(ENDING)).sorted().toList();
    }
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      name = name.substring(0, name.length() - ENDING.length());
      Path truth = file.resolveSibling(name + ".truth.json");
      if (Files.exists(truth)) {
        List<Observation> seen = read(file);
        Map<Vantage, View> views = new EnumMap<>(Vantage.class);
        views.put(Vantage.BOTH_ENDS, view(seen, any -> true, rules));
        views.put(Vantage.INITIATOR, view(seen, it -> it.host().equals(initiator), rules));
        views.put(Vantage.RESPONDER, view(seen, it -> it.host().equals(responder), rules));
        rows.add(new Row(name, Truth.read(truth), views));
      }
    }
    return new Matrix(List.copyOf(rows));
  }

  private static List<Observation> read(Path file) throws IOException {
    List<Observation> seen = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      RecordingReader.read(in, seen::add, unread -> {});
    }
    return seen;
  }

  private static View view(List<Observation> all, Predicate<Observation> seen, RuleBook rules) {
    Parsers parsers = new Parsers(Secrets.withTenantKey(new byte[KEY_BYTES]));
    try (Consultation consultation = new Consultation("default", "default", rules)) {
      all.stream()
          .filter(seen)
          .flatMap(it -> parsers.parse(it).facts().stream())
          .forEach(consultation::accept);
      return new View(consultation.findings());
    }
  }

  /** Whether all is as it should be. */
  public boolean isRight() {
    return rows.stream().allMatch(it -> isSound(it) && isNamed(it));
  }

  /**
   * Nothing confirmed is wrong, both ends name the cause first, of a healthy tunnel nothing is
   * said.
   */
  static boolean isSound(Row row) {
    boolean nothingWrong =
        row.views().values().stream().allMatch(it -> it.wronglyConfirmed(row.truth()).isEmpty());
    return nothingWrong
        && (row.truth().broken()
            ? row.view(Vantage.BOTH_ENDS).place(row.truth()) == 1
            : row.views().values().stream().allMatch(View::silent));
  }

  /** Each end alone has the cause among the first three. */
  static boolean isNamed(Row row) {
    return !row.truth().broken()
        || row.views().values().stream().allMatch(it -> isAmongFirst(it, row.truth()));
  }

  private static boolean isAmongFirst(View view, Truth truth) {
    int place = view.place(truth);
    return place > 0 && place <= View.READ;
  }
}
