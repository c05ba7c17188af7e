package io.wgwhy.connectors.sink.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.wgwhy.connectors.sink.BadSetting;
import io.wgwhy.connectors.sink.Delivery;
import io.wgwhy.connectors.sink.HttpPost;
import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Secret;
import io.wgwhy.connectors.sink.Sink;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Posts each notice as a CloudEvent (1.0, structured mode). Type and source are those of the
 * records on the topics; {@code event} says what happened. A receiver that has seen an id passes it
 * over.
 */
final class Webhook implements Sink {
  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private final HttpPost post;
  private final @Nullable Signature signature;
  private final Clock clock;

  Webhook(HttpPost post, @Nullable Signature signature, Clock clock) {
    this.post = post;
    this.signature = signature;
    this.clock = clock;
  }

  @Override
  public Delivery deliver(List<Notice> notices) throws InterruptedException {
    Notice notice = notices.get(0);
    byte[] body = json(notice);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/cloudevents+json; charset=utf-8");
    long seconds = clock.instant().getEpochSecond();
    headers.put("webhook-id", notice.id());
    headers.put("webhook-timestamp", String.valueOf(seconds));
    if (signature != null) {
      try {
        headers.put("webhook-signature", signature.of(notice.id(), seconds, body));
      } catch (Secret.Unreadable | BadSetting e) {
        return Delivery.again(Delivery.Reason.SETTING, String.valueOf(e.getMessage()));
      }
    }
    return post.post("", body, headers);
  }

  private static byte[] json(Notice notice) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("specversion", "1.0");
    event.put("id", notice.id());
    String network = URLEncoder.encode(notice.finding().network(), UTF_8);
    event.put("source", "/wgwhy/" + notice.tenant() + "/" + network);
    String state = notice.finding().state().name().toLowerCase(Locale.ROOT);
    event.put("type", "io.wgwhy.finding." + state);
    event.put("subject", notice.finding().id());
    event.put("time", notice.finding().updatedAt().toString());
    event.put("datacontenttype", "application/json");
    event.put("event", notice.event().text());
    event.put("tenant", notice.tenant().name());
    if (notice.link() != null) {
      event.put("link", notice.link());
    }
    event.put("data", notice.finding());
    try {
      return JSON.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A finding cannot be written as JSON", e);
    }
  }
}
