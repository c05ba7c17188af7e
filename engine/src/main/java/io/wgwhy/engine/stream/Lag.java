package io.wgwhy.engine.stream;

import io.wgwhy.facts.Tenant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** How many records of facts topics wait, as Kafka's consumers count them. */
final class Lag {
  private static final String RECORDS = "records-lag";

  private Lag() {}

  static Map<Tenant, Long> of(Map<MetricName, ? extends Metric> metrics) {
    var waiting = new HashMap<Tenant, Long>();
    metrics.forEach(
        (name, metric) -> {
          String topic = name.tags().get("topic");
          if (name.name().equals(RECORDS)
              && topic != null
              && metric.metricValue() instanceof Double lag
              && lag >= 0) {
            // Kafka before 4 wrote dots of topics as underscores here.
            Tenant.ofFactsTopic(topic)
                .ifPresent(it -> waiting.merge(it, lag.longValue(), Long::sum));
          }
        });
    return waiting;
  }
}
