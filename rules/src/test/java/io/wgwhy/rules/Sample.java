package io.wgwhy.rules;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.tunnel.End;
import io.wgwhy.facts.tunnel.FilterVerdict;
import io.wgwhy.facts.tunnel.HandshakePath;
import io.wgwhy.facts.tunnel.Leg;
import io.wgwhy.facts.tunnel.Role;
import io.wgwhy.facts.tunnel.Trend;
import io.wgwhy.facts.tunnel.Tunnel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The sample pack, and facts for it: a tunnel from cli to srv. */
final class Sample {
  static final Path PACK = Path.of("src/test/resources/packs/sample");
  static final String BLOCKED = "2-path/port-is-blocked/port-is-blocked";

  private static CompiledPack compiled;
  private static RuleBook book;

  private Sample() {}

  /** Compiled once for all tests. */
  static synchronized CompiledPack compiled() {
    if (compiled == null) {
      compiled = RuleBook.compiled(PACK);
    }
    return compiled;
  }

  static synchronized RuleBook book() {
    if (book == null) {
      book = RuleBook.with(compiled(), List.of());
    }
    return book;
  }

  /** A copy of the sample pack, to spoil. */
  static Path copy(Path to) {
    return copy(PACK, to);
  }

  static Path copy(Path pack, Path to) {
    try (Stream<Path> files = Files.walk(pack)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(pack.relativize(file).toString()));
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes a text in a file. */
  static void edit(Path file, String from, String to) {
    try {
      String text = Files.readString(file);
      if (!text.contains(from)) {
        throw new AssertionError(file + " holds no " + from);
      }
      Files.writeString(file, text.replace(from, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Tunnel tunnel(String id, Answer up) {
    return new Tunnel(id, end("cli", up), end("srv", Answer.YES), Answer.YES, Answer.YES);
  }

  static Trend asksInVain(String id) {
    return new Trend(
        id,
        Role.INITIATOR,
        Trend.Condition.ASKS_IN_VAIN,
        Answer.NO,
        null,
        Answer.UNKNOWN,
        null,
        25_000,
        740,
        0,
        0,
        Answer.UNKNOWN,
        Answer.UNKNOWN,
        null,
        Answer.UNKNOWN,
        25_000,
        5);
  }

  static HandshakePath path(String id, long arrived, Answer delivered) {
    return new HandshakePath(
        id,
        Leg.counted(5),
        Leg.counted(5),
        Leg.counted(arrived),
        Leg.UNKNOWN,
        null,
        Leg.of(delivered),
        Answer.UNKNOWN,
        Leg.UNKNOWN,
        Leg.UNKNOWN,
        Leg.UNKNOWN,
        Leg.UNKNOWN,
        Leg.UNKNOWN,
        null,
        null,
        Answer.UNKNOWN,
        Answer.UNKNOWN,
        Leg.UNKNOWN,
        Answer.UNKNOWN);
  }

  static FilterVerdict drops(String id, String by, String tool) {
    return new FilterVerdict(
        id,
        "srv",
        FilterVerdict.Way.INITIATION_IN,
        Answer.NO,
        Answer.NO,
        by,
        Answer.UNKNOWN,
        Answer.UNKNOWN,
        tool);
  }

  static Map<String, Object> values() {
    Tunnel tunnel = tunnel("t1", Answer.YES);
    return Map.of("initiator", tunnel.initiator(), "responder", tunnel.responder());
  }

  private static End end(String host, Answer up) {
    return new End(
        host,
        "wg0",
        null,
        null,
        Answer.YES,
        up,
        51820,
        null,
        null,
        Answer.UNKNOWN,
        null,
        null,
        PresharedKey.UNKNOWN,
        List.of(),
        List.of(),
        null,
        null);
  }
}
