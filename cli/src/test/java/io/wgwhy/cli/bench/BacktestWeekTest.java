package io.wgwhy.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.cli.report.BacktestText;
import io.wgwhy.cli.report.Look;
import io.wgwhy.cli.workbench.Backtest;
import io.wgwhy.cli.workbench.Comparison;
import io.wgwhy.facts.Tenant;
import io.wgwhy.rules.CompiledPack;
import io.wgwhy.rules.RuleBook;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A network of a hundred tunnels as it is: of each hundred one breaks and recovers. */
class BacktestWeekTest {
  /** A week by hand, with {@code -Dhours=168}: it prints how fast it went. */
  private static final double HOURS = Double.parseDouble(System.getProperty("hours", "0.4"));

  private static final long FROM = 1_795_000_000_000L;

  @Test
  void what_an_overlay_switches_off_is_gone_and_the_rest_is_the_same() {
    RuleBook builtIn = RuleBook.builtIn();
    Fleet fleet = fleet();
    String cause;
    try (Comparison same = new Comparison(any -> builtIn, any -> builtIn)) {
      play(fleet(), same, 0.3);
      assertThat(same.rows()).allMatch(it -> it.differences().isEmpty());
      cause = same.said().get(0).cause();
    }
    CompiledPack pack =
        CompiledPack.compile(
            "acme", Map.of("overlay.yaml", cause + ": {disable: true, reason: so}\n"));
    RuleBook without = builtIn.and(List.of(pack));
    var cpu = ManagementFactory.getThreadMXBean();
    long begin = cpu.getCurrentThreadCpuTime();
    try (Comparison comparison = new Comparison(any -> builtIn, any -> without)) {
      play(fleet, comparison, HOURS);
      double seconds = (cpu.getCurrentThreadCpuTime() - begin) / 1e9;
      var outcome =
          new Backtest.Outcome(
              "acme",
              comparison.rows(),
              Map.of(),
              comparison.seconds(),
              comparison.facts(),
              seconds);
      System.out.print(BacktestText.of(outcome, 3, Look.PLAIN));
      assertThat(outcome.differences()).isPositive();
      assertThat(outcome.rows().get(0).differences())
          .anyMatch(it -> it.before() != null && it.before().cause().equals(cause));
    }
  }

  private static Fleet fleet() {
    return new Fleet(new Fleet.Shape(1, 100, 1, 5, 2, 0, 0, 1), List.of(new Tenant("acme")), FROM);
  }

  private static void play(Fleet fleet, Comparison comparison, double hours) {
    for (int i = 0; i < hours * 720; i++) {
      fleet.sample(
          (tenant, network, facts) ->
              facts.forEach(it -> comparison.accept(tenant.name(), network, it)));
    }
    comparison.conclude();
  }
}
