package io.wgwhy.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgwhy.facts.Tenant;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class WatchServerTest {
  private static final Tenant ACME = new Tenant("acme");

  private boolean alive = true;
  private boolean ready = true;
  private final WatchServer server =
      WatchServer.start(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          new Health() {
            @Override
            public String state() {
              return ready ? "running" : "rebalancing";
            }

            @Override
            public boolean isAlive() {
              return alive;
            }

            @Override
            public boolean isReady() {
              return ready;
            }
          });

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void of_a_tenant_that_is_gone_there_are_none() throws Exception {
    count();
    server.figures().lag(Map.of(ACME, 7L));
    server.figures().of(new Tenant("other")).received();
    assertThat(server.figures().forget(ACME)).isTrue();
    assertThat(server.figures().forget(ACME)).as("nothing is left").isFalse();
    String body = get("/metrics").body();
    assertThat(body).doesNotContain("acme").contains("tenant=\"other\"");
    server.figures().of(ACME).received();
    assertThat(get("/metrics").body()).contains("wgwhy_facts_received_total{tenant=\"acme\"} 1.0");
  }

  @Test
  void figures_have_the_names_that_dashboards_rely_on() throws Exception {
    count();
    var answer = get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(
            it -> {
              assertThat(it).startsWith("text/plain; version=0.0.4");
            });
    assertThat(answer.body())
        .contains(
            "wgwhy_facts_received_total{tenant=\"acme\"} 3.0",
            "wgwhy_facts_processed_total{tenant=\"acme\"} 2.0",
            "wgwhy_refusals_total{reason=\"not-json\",tenant=\"acme\"} 1.0",
            "wgwhy_findings_open{cause=\"wrong-port\",tenant=\"acme\"} 1.0",
            "wgwhy_findings_published_total{state=\"open\",tenant=\"acme\"} 1.0",
            "wgwhy_sessions 2.0",
            "wgwhy_restore_remaining 5.0",
            "wgwhy_restored_total 5.0",
            "wgwhy_lag{tenant=\"acme\"} 7.0",
            "wgwhy_rule_time_seconds_count 1",
            "wgwhy_session_rebuild_seconds_count 1",
            "wgwhy_fact_to_finding_seconds_bucket{le=\"0.05\"} 0",
            "wgwhy_fact_to_finding_seconds_bucket{le=\"0.25\"} 1",
            "jvm_memory_used_bytes",
            "process_uptime_seconds",
            "process_cpu_seconds_total");
  }

  @Test
  void what_is_no_longer_so_is_zero_and_stays_told() throws Exception {
    count();
    server.figures().of(ACME).open("wrong-port", -1);
    server.figures().lag(Map.of());
    assertThat(get("/metrics").body())
        .contains("wgwhy_findings_open{cause=\"wrong-port\",tenant=\"acme\"} 0.0")
        .contains("wgwhy_lag{tenant=\"acme\"} 0.0");
  }

  @Test
  void health_and_readiness_are_told_apart() throws Exception {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").body()).isEqualTo("running\n");
    ready = false;
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(get("/health/ready").body()).isEqualTo("rebalancing\n");
    alive = false;
    assertThat(get("/health/live").statusCode()).isEqualTo(503);
  }

  @Test
  void nothing_else_is_answered() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/metrics/x").statusCode()).isEqualTo(404);
    var post =
        HttpRequest.newBuilder(uri("/metrics"))
            .POST(BodyPublishers.ofString("x".repeat(9)))
            .build();
    assertThat(send(post).statusCode()).isEqualTo(405);
  }

  @Test
  void an_address_that_is_taken_is_told() {
    var taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    assertThatThrownBy(() -> WatchServer.start(taken, null))
        .isInstanceOf(UncheckedIOException.class);
  }

  /** Prometheus' own opinion, where Debian's package prometheus is installed. */
  @EnabledIf("hasPromtool")
  @Test
  void promtool_has_nothing_to_complain_of() throws Exception {
    count();
    Path metrics =
        Files.writeString(Files.createTempFile("wgwhy", ".prom"), get("/metrics").body());
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(metrics.toFile())
            .redirectErrorStream(true)
            .start();
    String says = new String(promtool.getInputStream().readAllBytes());
    assertThat(promtool.waitFor()).as(says).isZero();
    assertThat(says).isEmpty();
    Files.delete(metrics);
  }

  static boolean hasPromtool() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(it -> Files.isExecutable(Path.of(it, "promtool")));
  }

  private void count() {
    Figures figures = server.figures();
    TenantFigures acme = figures.of(ACME);
    acme.received();
    acme.received();
    acme.received();
    acme.processed(2);
    acme.refused("not-json");
    acme.open("wrong-port", 1);
    acme.published("open");
    figures.sessions(2);
    figures.toRestore(10);
    figures.restored(5);
    figures.judged(1_000_000);
    figures.rebuilt(2_000_000);
    figures.found(120);
    figures.lag(Map.of(ACME, 7L));
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + server.port() + path);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
