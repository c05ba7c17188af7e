package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.net.URLEncoder;
import java.util.Locale;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What leaves the engine, and to which topic. The topic travels with it: when findings are
 * concluded, the record that Streams is at is another tenant's, or none.
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes pass through; nobody compares them.
record Outgoing(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {

  /**
   * A dead letter's value is left out above this: compressed, a record may be small on the facts
   * topic, and too large for any other once unpacked. It can still be read where it came from.
   */
  static final int MAX_DEAD_LETTER_BYTES = 1024 * 1024;

  /** A reason is to be read by people. */
  private static final int MAX_REASON_CHARACTERS = 500;

  static Outgoing finding(NetworkKey network, Finding finding, byte[] json) {
    var headers = new RecordHeaders();
    add(headers, "ce_specversion", "1.0");
    // From the content: a replay tells the same event, not another one.
    add(headers, "ce_id", UUID.nameUUIDFromBytes(json).toString());
    add(
        headers,
        "ce_source",
        "/wgwhy/" + network.tenant() + "/" + URLEncoder.encode(network.network(), UTF_8));
    add(headers, "ce_type", "io.wgwhy.finding." + finding.state().name().toLowerCase(Locale.ROOT));
    add(headers, "ce_time", finding.updatedAt().toString());
    add(headers, "content-type", "application/json");
    return new Outgoing(network.tenant().findings(), finding.id().getBytes(UTF_8), json, headers);
  }

  static Outgoing deadLetter(Tenant tenant, Source source, Refused refused) {
    var headers = new RecordHeaders();
    add(headers, "reason", shortened(refused.reason()));
    add(headers, "refusal", refused.refusal().code());
    add(headers, "topic", source.topic());
    add(headers, "partition", String.valueOf(source.partition()));
    add(headers, "offset", String.valueOf(source.offset()));
    boolean fits = source.size() <= MAX_DEAD_LETTER_BYTES;
    if (!fits) {
      add(headers, "left-out", source.size() + " bytes");
    }
    return new Outgoing(
        tenant.deadLetters(), fits ? source.key() : null, fits ? source.value() : null, headers);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }

  private static String shortened(String reason) {
    return reason.length() <= MAX_REASON_CHARACTERS
        ? reason
        : reason.substring(0, MAX_REASON_CHARACTERS) + "…";
  }
}
