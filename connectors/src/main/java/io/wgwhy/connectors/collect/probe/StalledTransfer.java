package io.wgwhy.connectors.collect.probe;

import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code iperf3} (iperf3(1)) whose connection is made, and then nothing passes: interval after
 * interval of nothing, as where large packets are lost.
 *
 * <pre>
 * Connecting to host 10.8.0.1, port 5201
 * [  5]   0.00-1.00   sec  79.1 KBytes   648 Kbits/sec    2   1.33 KBytes
 * [  5]   1.00-2.00   sec  0.00 Bytes  0.00 bits/sec    1   1.33 KBytes
 * </pre>
 */
final class StalledTransfer {
  /** One interval of nothing may be a pause. */
  private static final int ENOUGH = 2;

  private static final Pattern HOST = Pattern.compile("(?m)^Connecting to host ([^\\s,]{1,64}),");
  private static final Pattern INTERVAL =
      Pattern.compile("(?m)^\\[ *\\d+]\\s+[\\d.]+-[\\d.]+\\s+sec\\s+([\\d.]+) [KMGT]?Bytes\\b.*$");

  private StalledTransfer() {}

  /** Whether the text is one of those that end with nothing. */
  static boolean isIn(String text) {
    return HOST.matcher(text).find() && lastAreEmpty(text);
  }

  private static boolean lastAreEmpty(String text) {
    List<String> amounts = new ArrayList<>();
    Matcher interval = INTERVAL.matcher(text);
    while (interval.find()) {
      if (!interval.group().matches(".*(?:sender|receiver)\\s*")) {
        amounts.add(interval.group(1));
      }
    }
    int size = amounts.size();
    return size > ENOUGH
        && amounts.subList(size - ENOUGH, size).stream().allMatch(it -> it.matches("0(?:\\.0+)?"));
  }

  static void read(Observation observation, Reading reading) {
    Matcher host = HOST.matcher(observation.output());
    reading.add(of(observation, host.find() ? Word.of(host.group(1)) : null));
  }

  /**
   * A transfer whose connection is made, and then nothing passes.
   *
   * @param target where to; null when unknown
   */
  static Probe of(Observation observation, @Nullable String target) {
    return new Probe(
        observation.host(),
        observation.atMillis(),
        Probe.Type.HTTP,
        target,
        null,
        false,
        null,
        null,
        Answer.NO,
        Probe.Problem.STALLED,
        null,
        null);
  }
}
