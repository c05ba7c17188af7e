package io.wgwhy.connectors.sink.alertmanager;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.wgwhy.connectors.sink.Address;
import io.wgwhy.connectors.sink.BadSetting;
import io.wgwhy.connectors.sink.HttpPost;
import io.wgwhy.connectors.sink.Secret;
import io.wgwhy.connectors.sink.Sink;
import io.wgwhy.connectors.sink.SinkSettings;
import io.wgwhy.connectors.sink.Span;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An Alertmanager, or several that are one cluster's: then one receiver for each, as Prometheus
 * does it.
 *
 * @param url where it is, as in its {@code --web.external-url}
 * @param token for {@code Authorization: Bearer}; null for none
 * @param user for basic authentication; null for none
 * @param password the user's; null for none
 * @param ca certificates of whom to trust; null for the system's
 * @param timeout null for 10 s
 * @param repeat how often it is told what is still true; null for 1 min, as Prometheus does
 */
public record AlertmanagerSettings(
    @JsonProperty(required = true) Address url,
    @Nullable Secret token,
    @Nullable String user,
    @Nullable Secret password,
    @Nullable Path ca,
    @Nullable Span timeout,
    @Nullable Span repeat)
    implements SinkSettings {

  private static final Duration USUAL_REPEAT = Duration.ofMinutes(1);

  @Override
  public Sink open() {
    Duration interval = repeat == null ? USUAL_REPEAT : repeat.length();
    if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new BadSetting("repeat is 1s at least");
    }
    HttpPost post = new HttpPost(url, new HttpPost.Access(token, user, password, ca, timeout));
    return new Alertmanager(post, interval, Clock.systemUTC());
  }

  @Override
  public String destination() {
    return "Alertmanager at " + url.server();
  }
}
