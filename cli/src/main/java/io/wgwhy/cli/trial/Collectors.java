package io.wgwhy.cli.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.facts.Fact;
import io.wgwhy.lab.Trials;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code wgwhy collect}, one process on each end of a lab. The hosts of a lab cannot reach a broker
 * on this machine: what the collectors would send comes through pipes and is sent from here.
 */
final class Collectors {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Collectors() {}

  /**
   * Starts them; they end with the lab.
   *
   * @param keep where each keeps what it sees, {@code NETWORK-HOST.jsonl}; null for nowhere
   * @param sent takes their facts, in moments: what one host says at one time comes together
   */
  static void start(Trials lab, String network, @Nullable Path keep, Consumer<List<Fact>> sent) {
    for (String host : lab.ends()) {
      List<String> command = command(host);
      if (keep != null) {
        command.add("--record");
        command.add(keep.resolve(network + "-" + host + ".jsonl").toString());
      }
      BufferedReader printed = lab.start(host, command);
      Thread reader = new Thread(() -> read(printed, sent), "collector-" + host);
      reader.setDaemon(true);
      reader.start();
    }
  }

  private static List<String> command(String host) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx96m",
            "-cp",
            System.getProperty("java.class.path"),
            "io.wgwhy.cli.Main",
            "collect",
            "--dry-run",
            "--host",
            host));
  }

  private static void read(BufferedReader printed, Consumer<List<Fact>> sent) {
    List<Fact> moment = new ArrayList<>();
    try (BufferedReader lines = printed) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        moment.add(fact(line));
        if (!lines.ready()) {
          sent.accept(List.copyOf(moment));
          moment.clear();
        }
      }
    } catch (IOException ended) {
      // The lab is closed.
    }
  }

  private static Fact fact(String line) {
    try {
      return JSON.readValue(line, Fact.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a collector printed what is no fact: " + line, e);
    }
  }
}
