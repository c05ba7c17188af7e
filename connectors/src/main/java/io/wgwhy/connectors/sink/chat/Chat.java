package io.wgwhy.connectors.sink.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.connectors.sink.Delivery;
import io.wgwhy.connectors.sink.HttpPost;
import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Sink;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Posts each notice as a message of its own, with the remedy in it. */
final class Chat implements Sink {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpPost post;
  private final @Nullable String channel;

  Chat(HttpPost post, @Nullable String channel) {
    this.post = post;
    this.channel = channel;
  }

  @Override
  public Delivery deliver(List<Notice> notices) throws InterruptedException {
    try {
      byte[] body = JSON.writeValueAsBytes(Message.of(notices.get(0), channel));
      return post.post("", body, Map.of("Content-Type", "application/json"));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A message cannot be written as JSON", e);
    }
  }
}
