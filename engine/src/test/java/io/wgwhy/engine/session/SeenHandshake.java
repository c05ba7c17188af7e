package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.capture;
import static io.wgwhy.engine.session.Lab.facts;
import static io.wgwhy.engine.session.Lab.flow;
import static io.wgwhy.engine.session.Lab.onServer;

import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.tunnel.HandshakePath;
import java.util.ArrayList;
import java.util.List;

/** What both ends show of a handshake: the messages that captures see, and how far it gets. */
final class SeenHandshake {
  static final String CLIENT = "192.0.2.2:40000";

  private SeenHandshake() {}

  static HandshakePath path(Object... seen) {
    return HandshakePaths.of(Lab.scene(seen));
  }

  /** A capture every 5 s from 5 to 60 s, with the same flows in each. */
  static List<Fact> captures(String host, Direction direction, Capture.Flow... flows) {
    List<Fact> all = new ArrayList<>();
    for (int s = 5; s <= 60; s += 5) {
      all.add(capture(host, s, direction, flows));
    }
    return all;
  }

  static Capture.Flow initiation(Direction direction) {
    return flow(direction, MessageType.INITIATION, CLIENT, Lab.SERVER, 1);
  }

  static Capture.Flow response(Direction direction) {
    return flow(direction, MessageType.RESPONSE, Lab.SERVER, CLIENT, 1);
  }

  static List<Fact> silentServer() {
    return facts(onServer().at(0).never(), onServer().at(60).never());
  }
}
