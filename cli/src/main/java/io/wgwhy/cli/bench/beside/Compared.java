package io.wgwhy.cli.bench.beside;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What came of a {@link BesideRun}. */
public record Compared(
    int gateways,
    int tunnels,
    long idle,
    int watched,
    double factsPerSecond,
    Cost prometheus,
    Cost engine,
    List<Said> prometheusSaid,
    List<Said> engineSaid,
    int cores) {

  /**
   * What watching the fleet cost.
   *
   * @param cpuSecondsPerHour while nothing was wrong
   * @param megabytes resident at the end of that
   * @param peakMegabytes over all
   */
  public record Cost(double cpuSecondsPerHour, long megabytes, long peakMegabytes) {
    static Cost of(Usage before, Usage after, Usage end, double seconds) {
      double cpu = after.cpuSeconds() - before.cpuSeconds();
      return new Cost(Math.round(cpu / seconds * 3_600), after.megabytes(), end.peakMegabytes());
    }

    private String print() {
      return String.format(
          Locale.ROOT,
          "%,.0f CPU seconds an hour, %,d MB (%,d at most)",
          cpuSecondsPerHour,
          megabytes,
          peakMegabytes);
    }
  }

  /**
   * What one kind of alert, or one cause, said of one incident.
   *
   * @param what the alert's name, or the cause
   * @param of the incident; of no incident when it is a false alarm
   * @param count how many alerts or findings
   * @param firstAfter seconds from the fault until the first was found to hold; null before it
   * @param toldAfter seconds until a person had it
   */
  public record Said(
      String of, String what, int count, @Nullable Double firstAfter, @Nullable Double toldAfter) {

    private String print() {
      return String.format(
          Locale.ROOT,
          "  %-28s %-32s %4d   %s",
          of,
          what,
          count,
          firstAfter == null
              ? "before any fault"
              : "first after %.1f s, told after %.1f s".formatted(firstAfter, toldAfter));
    }
  }

  static Compared of(
      BesideRun.Load load,
      Fleet fleet,
      double factsPerSecond,
      Cost prometheus,
      Cost engine,
      Instant fault,
      List<FirstSeen> alerts,
      List<FirstSeen> findings) {
    return new Compared(
        load.gateways(),
        fleet.tunnels(),
        fleet.idle(),
        fleet.stations.size(),
        Math.round(factsPerSecond),
        prometheus,
        engine,
        said(alerts, fault),
        said(findings, fault),
        Runtime.getRuntime().availableProcessors());
  }

  private static List<Said> said(List<FirstSeen> tellings, Instant fault) {
    Map<String, List<FirstSeen>> groups =
        tellings.stream()
            .collect(
                Collectors.groupingBy(
                    it -> incident(it, fault) + "\t" + it.what(),
                    TreeMap::new,
                    Collectors.toList()));
    return groups.entrySet().stream().map(it -> said(it.getKey(), it.getValue(), fault)).toList();
  }

  private static Said said(String group, List<FirstSeen> tellings, Instant fault) {
    Instant decided = tellings.stream().map(FirstSeen::decided).min(Instant::compareTo).get();
    Instant told = tellings.stream().map(FirstSeen::told).min(Instant::compareTo).get();
    boolean before = decided.isBefore(fault);
    String[] parts = group.split("\t", 2);
    return new Said(
        parts[0],
        parts[1],
        tellings.size(),
        before ? null : seconds(fault, decided),
        before ? null : seconds(fault, told));
  }

  private static double seconds(Instant from, Instant to) {
    return Math.round(Duration.between(from, to).toMillis() / 100.0) / 10.0;
  }

  /** Whom it is about tells which incident: each is of another gateway. */
  private static String incident(FirstSeen it, Instant fault) {
    String number = it.host().replaceFirst("^[a-z]+-", "").replaceFirst("-.*", "");
    return it.decided().isBefore(fault)
        ? "false alarm"
        : switch (number) {
          case "0" -> "gateway's interface down";
          case "1" -> "gateway dead";
          case "2" -> "one tunnel cut";
          default -> "false alarm";
        };
  }

  /** For people. */
  public String print() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            """
            fleet        %,d tunnels of %,d gateways, %,d of them idle; %,d hosts watched; %,.0f facts/s
            machine      %d cores
            Prometheus   %s
            wgwhy        %s
            """,
            tunnels,
            gateways,
            idle,
            watched,
            factsPerSecond,
            cores,
            prometheus.print(),
            engine.print()));
    text.append("Prometheus said\n");
    prometheusSaid.forEach(it -> text.append(it.print()).append('\n'));
    text.append("wgwhy said\n");
    engineSaid.forEach(it -> text.append(it.print()).append('\n'));
    return text.toString();
  }
}
