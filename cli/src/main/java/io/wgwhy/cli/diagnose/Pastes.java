package io.wgwhy.cli.diagnose;

import io.wgwhy.connectors.collect.Paste;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.WgPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Pasted outputs, all of one moment. Nobody knows when they were printed; it was not before the
 * newest handshake that they show.
 */
final class Pastes {
  /** What {@link Paste} calls a host that nothing names. */
  private static final String NAMELESS = "host";

  private final ObservationReader reader;
  private final List<Text> texts = new ArrayList<>();

  private record Text(Source source, String text) {}

  Pastes(ObservationReader reader) {
    this.reader = reader;
  }

  void add(Source source, String text) {
    texts.add(new Text(source, text));
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  /**
   * Reads them all.
   *
   * @param at when they are taken to be printed, ms since the epoch
   * @param isKnown whether that is more than a guess
   */
  Track read(long at, boolean isKnown, Consumer<UnreadInput> unread) {
    List<UnreadInput> notUnderstood = new ArrayList<>();
    Track track = read(at, notUnderstood::add);
    long early = isKnown ? 0 : secondsTooEarly(track);
    if (early > 0) {
      notUnderstood.clear();
      track = read(at + early * 1000, notUnderstood::add);
    }
    notUnderstood.forEach(unread);
    return track;
  }

  private Track read(long at, Consumer<UnreadInput> unread) {
    Track track = new Track(texts.isEmpty() ? NAMELESS : texts.get(0).source().stem());
    for (Text text : texts) {
      Source source = text.source();
      String host = source.host() == null ? "" : source.host();
      Paste.Pasted pasted = Paste.read(text.text(), host, at / 1000.0);
      pasted
          .unread()
          .forEach(
              it ->
                  unread.accept(
                      new UnreadInput(source.name(), it.line(), source.host(), null, it.reason())));
      for (Paste.Piece piece : pasted.pieces()) {
        Observation observation = named(piece.observation(), source);
        int[] told = new int[1];
        Moment moment =
            reader.read(
                source.name(),
                observation,
                piece.offset(),
                it -> {
                  told[0]++;
                  unread.accept(it);
                });
        if (!moment.facts().isEmpty()) {
          track.add(moment);
        } else if (told[0] == 0) {
          String reason = "a command, and nothing of its output";
          unread.accept(
              new UnreadInput(source.name(), piece.offset(), source.host(), null, reason));
        }
      }
    }
    return track;
  }

  /** By how much the newest handshake lies ahead. */
  private static long secondsTooEarly(Track track) {
    return track.moments().stream()
        .flatMap(it -> it.facts().stream())
        .filter(WgPeer.class::isInstance)
        .map(WgPeer.class::cast)
        .filter(it -> it.latestHandshake() != null && it.handshakeAge() != null)
        .mapToLong(it -> it.handshakeAge() == null ? 0 : -it.handshakeAge())
        .max()
        .orElse(0);
  }

  /** A text without a prompt is called after its file. */
  private static Observation named(Observation observation, Source source) {
    return source.host() != null || !observation.host().equals(NAMELESS)
        ? observation
        : new Observation(
            observation.at(),
            source.stem(),
            observation.command(),
            observation.exit(),
            observation.output(),
            observation.receivedAt(),
            observation.network(),
            observation.tenant());
  }
}
