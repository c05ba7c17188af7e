package io.wgwhy.connectors.sink.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.wgwhy.connectors.sink.Address;
import io.wgwhy.connectors.sink.BadSetting;
import io.wgwhy.connectors.sink.HttpPost;
import io.wgwhy.connectors.sink.Secret;
import io.wgwhy.connectors.sink.Sink;
import io.wgwhy.connectors.sink.SinkSettings;
import io.wgwhy.connectors.sink.Span;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A channel of Slack or Mattermost.
 *
 * @param url the incoming webhook: whoever knows it can write there, so it stands in a file or in
 *     the environment
 * @param channel another channel than the webhook's own; null for its own
 * @param ca certificates of whom to trust; null for the system's
 * @param timeout null for 10 s
 */
public record ChatSettings(
    @JsonProperty(required = true) Secret url,
    @Nullable String channel,
    @Nullable Path ca,
    @Nullable Span timeout)
    implements SinkSettings {

  @Override
  public Sink open() {
    try {
      url.reveal();
    } catch (Secret.Unreadable e) {
      throw new BadSetting(String.valueOf(e.getMessage()));
    }
    HttpPost.Access access = new HttpPost.Access(null, null, null, ca, timeout);
    return new Chat(new HttpPost(Address.of(url), access), channel);
  }

  @Override
  public String destination() {
    return "chat at " + Address.of(url).server();
  }
}
