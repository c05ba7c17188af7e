package io.wgwhy.engine.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The sessions that are kept ready: a bounded cache, the longest unused leave first. */
final class Sessions {

  private final Map<NetworkKey, LiveSession> ready = new LinkedHashMap<>(16, 0.75f, true);
  private final int most;
  private final Function<NetworkKey, LiveSession> opening;
  private final Consumer<LiveSession> leaving;
  private final IntConsumer figure;

  /** The one that was asked for last: mostly the next fact is of the same network. */
  private @Nullable LiveSession recent;

  /**
   * @param leaving called with a session before it is closed for want of space
   * @param figure is told how many more are ready, or fewer
   */
  Sessions(
      int most,
      Function<NetworkKey, LiveSession> opening,
      Consumer<LiveSession> leaving,
      IntConsumer figure) {
    this.most = most;
    this.opening = opening;
    this.leaving = leaving;
    this.figure = figure;
  }

  LiveSession of(NetworkKey network) {
    LiveSession session = ifReady(network);
    if (session == null) {
      makeRoom();
      session = opening.apply(network);
      ready.put(network, session);
      figure.accept(1);
    }
    return session;
  }

  /** Closes a session that can no longer be trusted. */
  void drop(NetworkKey network) {
    recent = null;
    LiveSession dropped = ready.remove(network);
    if (dropped != null) {
      dropped.close();
      figure.accept(-1);
    }
  }

  List<LiveSession> withNews() {
    var found = new ArrayList<LiveSession>();
    for (LiveSession session : ready.values()) {
      if (session.hasNews()) {
        found.add(session);
      }
    }
    return found;
  }

  /** One that is ready; null when it is not. */
  @Nullable LiveSession ifReady(NetworkKey network) {
    if (recent == null || !recent.network().equals(network)) {
      recent = ready.get(network);
    }
    return recent;
  }

  boolean isReady(NetworkKey network) {
    return ready.containsKey(network);
  }

  /** Whether another one can be had without taking one away that has something to tell. */
  boolean hasRoom() {
    return ready.size() < most || first(LiveSession::isSettled) != null;
  }

  /** Whether another one can be had without taking one away that has something to conclude. */
  boolean canHaveAnother() {
    return ready.size() < most || first(it -> !it.hasNews()) != null;
  }

  /** All that are ready. */
  List<LiveSession> all() {
    return List.copyOf(ready.values());
  }

  void close() {
    ready.values().forEach(LiveSession::close);
    figure.accept(-ready.size());
    recent = null;
    ready.clear();
  }

  private void makeRoom() {
    if (ready.size() < most) {
      return;
    }
    // One with something to tell would tell it only once its network is heard of again; one with a
    // moment under way would have to end it early: only if all have.
    LiveSession leaver = first(LiveSession::isSettled);
    if (leaver == null) {
      leaver = first(it -> !it.hasNews());
    }
    if (leaver == null) {
      leaver = ready.values().iterator().next();
    }
    leaving.accept(leaver);
    drop(leaver.network());
  }

  private @Nullable LiveSession first(Predicate<LiveSession> wanted) {
    for (LiveSession session : ready.values()) {
      if (wanted.test(session)) {
        return session;
      }
    }
    return null;
  }
}
