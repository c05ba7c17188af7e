package io.wgwhy.connectors.sink.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.wgwhy.connectors.sink.Address;
import io.wgwhy.connectors.sink.HttpPost;
import io.wgwhy.connectors.sink.Secret;
import io.wgwhy.connectors.sink.Sink;
import io.wgwhy.connectors.sink.SinkSettings;
import io.wgwhy.connectors.sink.Span;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * A program that takes CloudEvents.
 *
 * @param url where they are posted
 * @param key what they are signed with, {@code whsec_} and base64, or any text; null for not at all
 * @param token for {@code Authorization: Bearer}; null for none
 * @param ca certificates of whom to trust; null for the system's
 * @param timeout null for 10 s
 */
public record WebhookSettings(
    @JsonProperty(required = true) Address url,
    @Nullable Secret key,
    @Nullable Secret token,
    @Nullable Path ca,
    @Nullable Span timeout)
    implements SinkSettings {

  @Override
  public Sink open() {
    HttpPost post = new HttpPost(url, new HttpPost.Access(token, null, null, ca, timeout));
    Signature signature = key == null ? null : new Signature(key);
    return new Webhook(post, signature, Clock.systemUTC());
  }

  @Override
  public String destination() {
    return "webhook at " + url.server();
  }
}
