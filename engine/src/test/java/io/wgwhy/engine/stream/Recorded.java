package io.wgwhy.engine.stream;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.RecordingReader;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Fact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The facts of a recording of a real tunnel, in order of arrival. */
record Recorded(String name, List<Fact> facts) {
  private static final Path FOLDER = Path.of("..", "recordings");
  private static final Parsers PARSERS = new Parsers(Secrets.withTenantKey(new byte[32]));

  static Stream<Recorded> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(it -> it.getFileName().toString())
          .filter(it -> it.endsWith(".jsonl"))
          .map(it -> it.substring(0, it.length() - ".jsonl".length()))
          .sorted()
          .toList()
          .stream()
          .map(Recorded::named);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Recorded named(String name) {
    var facts = new ArrayList<Fact>();
    try (var in = Files.newInputStream(FOLDER.resolve(name + ".jsonl"))) {
      RecordingReader.read(in, it -> facts.addAll(PARSERS.parse(it).facts()), unread -> {});
      return new Recorded(name, List.copyOf(facts));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
