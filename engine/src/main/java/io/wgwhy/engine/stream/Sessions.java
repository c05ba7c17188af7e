package io.wgwhy.engine.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** The sessions that are kept ready: a bounded cache, the longest unused leave first. */
final class Sessions {

  private final Map<NetworkKey, LiveSession> ready = new LinkedHashMap<>(16, 0.75f, true);
  private final int most;
  private final Function<NetworkKey, LiveSession> opening;
  private final Consumer<LiveSession> leaving;
  private final IntConsumer figure;

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
    LiveSession session = ready.get(network);
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

  /** All that are ready. */
  List<LiveSession> all() {
    return List.copyOf(ready.values());
  }

  void close() {
    ready.values().forEach(LiveSession::close);
    figure.accept(-ready.size());
    ready.clear();
  }

  private void makeRoom() {
    if (ready.size() < most) {
      return;
    }
    LiveSession leaver = null;
    for (LiveSession session : ready.values()) {
      // One with a moment under way would have to end it early: only if all have.
      if (!session.hasNews()) {
        leaver = session;
        break;
      }
    }
    if (leaver == null) {
      leaver = ready.values().iterator().next();
      leaving.accept(leaver);
    }
    drop(leaver.network());
  }
}
