package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Observation;
import io.wgwhy.rules.RuleBook;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What cannot be (counters below zero, a handshake to come, two interfaces with one name) is not
 * known, and breaks nothing: nothing wrong is confirmed of it, and the healthy stay silent.
 */
class ImpossibleTest {
  private static final RuleBook RULES = RuleBook.builtIn();

  /** Every so manieth recording is spoilt, another one each time; all with {@code -Dspoilt=1}. */
  private static final int SPOILT = Integer.getInteger("spoilt", 5);

  /** Columns of a peer's line in {@code wg show all dump} (wg(8)). */
  private static final int ENDPOINT = 3;

  private static final int HANDSHAKE = 5;
  private static final int RECEIVED = 6;
  private static final int SENT = 7;
  private static final int KEEPALIVE = 8;

  /** One thing that cannot be, as it would stand in a dump. */
  enum Impossible {
    NEGATIVE_COUNTERS(it -> with(with(it, RECEIVED, "-" + it[RECEIVED]), SENT, "-148")),
    COUNTERS_BEYOND_NUMBERS(it -> with(it, RECEIVED, "99999999999999999999999")),
    COUNTERS_THAT_ARE_NO_NUMBERS(it -> with(with(it, RECEIVED, "NaN"), SENT, "many")),
    COUNTERS_THAT_GO_BACK(it -> with(it, RECEIVED, "1")),
    HANDSHAKE_TO_COME(it -> with(it, HANDSHAKE, later(it[HANDSHAKE]))),
    HANDSHAKE_BEFORE_ALL_TIME(it -> with(it, HANDSHAKE, "-5")),
    NO_SUCH_PORT(it -> with(it, ENDPOINT, "203.0.113.10:99999")),
    NO_SUCH_ADDRESS(it -> with(it, ENDPOINT, "999.1.1.1:51820")),
    NO_SUCH_KEEPALIVE(it -> with(it, KEEPALIVE, "999999")),
    TWO_INTERFACES_WITH_ONE_NAME(it -> it);

    private final UnaryOperator<String[]> change;

    Impossible(UnaryOperator<String[]> change) {
      this.change = change;
    }

    private static String later(String handshake) {
      return handshake.equals("0") ? "0" : Long.toString(Long.parseLong(handshake) + 100_000);
    }

    private static String[] with(String[] columns, int column, String value) {
      String[] changed = columns.clone();
      changed[column] = value;
      return changed;
    }

    String in(String dump) {
      String changed = dump.lines().map(this::line).collect(Collectors.joining("\n", "", "\n"));
      return this == TWO_INTERFACES_WITH_ONE_NAME
          ? changed + "wg0\t(hidden)\tUvImZaYMEtKJGF2VDuiBNgkWb2sRPReNbA/TkB/yOaE=\t51999\toff\n"
          : changed;
    }

    private String line(String line) {
      String[] columns = line.split("\t", -1);
      return columns.length == KEEPALIVE + 1 ? String.join("\t", change.apply(columns)) : line;
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_cannot_be_now_and_then_is_not_known(Impossible impossible) {
    Random random = new Random(impossible.ordinal());
    some(impossible.ordinal())
        .forEach(
            recording -> {
              List<Observation> seen = changed(recording, impossible, it -> random.nextInt(3) == 0);
              assertThat(Delivered.of(seen, RULES).confirmed())
                  .as("%s, %s", recording, impossible)
                  .isSubsetOf(recording.causes());
            });
  }

  @ParameterizedTest
  @EnumSource
  void what_cannot_be_on_one_host_is_not_known(Impossible impossible) {
    for (String host : List.of("cli", "srv")) {
      some(impossible.ordinal() + host.charAt(0))
          .forEach(
              recording -> {
                List<Observation> seen =
                    changed(recording, impossible, it -> it.host().equals(host));
                assertThat(Delivered.of(seen, RULES).confirmed())
                    .as("%s, %s on %s", recording, impossible, host)
                    .isSubsetOf(recording.causes());
              });
    }
  }

  private static List<Recorded> some(int nth) {
    List<Recorded> all = Recorded.all().toList();
    return IntStream.range(0, all.size())
        .filter(it -> it % SPOILT == nth % SPOILT)
        .mapToObj(all::get)
        .toList();
  }

  private static List<Observation> changed(
      Recorded recording, Impossible impossible, Predicate<Observation> which) {
    return recording.observations().stream()
        .map(
            it ->
                it.command().equals("wg show all dump") && which.test(it)
                    ? answer(it, impossible.in(it.output()))
                    : it)
        .toList();
  }

  private static Observation answer(Observation it, String output) {
    return new Observation(
        it.at(),
        it.host(),
        it.command(),
        it.exit(),
        output,
        it.receivedAt(),
        it.network(),
        it.tenant());
  }
}
