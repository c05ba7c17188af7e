package io.wgwhy.engine.session;

import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.finding.Finding.Evidence;
import io.wgwhy.facts.tunnel.Addressing;
import io.wgwhy.facts.tunnel.BlindSpot;
import io.wgwhy.facts.tunnel.Clue;
import io.wgwhy.facts.tunnel.DataPath;
import io.wgwhy.facts.tunnel.End;
import io.wgwhy.facts.tunnel.EndpointCheck;
import io.wgwhy.facts.tunnel.FailedTarget;
import io.wgwhy.facts.tunnel.FilterVerdict;
import io.wgwhy.facts.tunnel.Forwarding;
import io.wgwhy.facts.tunnel.HandshakePath;
import io.wgwhy.facts.tunnel.KeyHolders;
import io.wgwhy.facts.tunnel.Leg;
import io.wgwhy.facts.tunnel.LogSays;
import io.wgwhy.facts.tunnel.OverLimit;
import io.wgwhy.facts.tunnel.PortOwner;
import io.wgwhy.facts.tunnel.Reach;
import io.wgwhy.facts.tunnel.Role;
import io.wgwhy.facts.tunnel.Silence;
import io.wgwhy.facts.tunnel.SourceCheck;
import io.wgwhy.facts.tunnel.Translation;
import io.wgwhy.facts.tunnel.Trend;
import io.wgwhy.facts.tunnel.Tunnel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says of a matched fact or judgement what it shows, a clause for each end that it speaks of. */
final class Says {
  /** How evidence names that a host is not heard any more. */
  static final String SILENCE = "silence";

  private final Scene scene;
  private final List<Evidence> said = new ArrayList<>();

  private Says(Scene scene) {
    this.scene = scene;
  }

  static List<Evidence> of(Scene scene, Object matched) {
    Says says = new Says(scene);
    says.say(matched);
    return says.said;
  }

  private void say(Object matched) {
    RiskSays risk = RiskSays.of(scene, matched);
    if (risk != null) {
      add(risk.host(), risk.fact(), risk.says());
      return;
    }
    String a = scene.a().host();
    String b = scene.b().host();
    if (matched instanceof Trend it) {
      add(it.role() == Role.INITIATOR ? a : b, "trend", Clauses.trend(it));
    } else if (matched instanceof HandshakePath it) {
      path(a, b, it);
    } else if (matched instanceof FilterVerdict it) {
      add(it.host(), "filter-verdict", Clauses.filter(it));
    } else if (matched instanceof EndpointCheck it && it.address() != null) {
      add(
          a,
          "endpoint-check",
          "sends to " + scene.endpoint() + (it.device() == null ? "" : " by " + it.device()));
      add(
          b,
          "endpoint-check",
          it.listenPort() == null ? null : "listens on UDP port " + it.listenPort());
    } else if (matched instanceof BlindSpot it) {
      add(it.host(), "blind-spot", Sights.says(it));
    } else if (matched instanceof OverLimit it) {
      add(it.host(), "over-limit", "new facts of it were refused: its tenant is at its limit");
    } else if (matched instanceof Silence it) {
      add(it.host(), SILENCE, "said nothing more, though it meant to", it.since());
    } else if (matched instanceof Addressing it) {
      add(
          a,
          "addressing",
          it.address() == null ? null : "has " + it.address() + " inside the tunnel");
      add(b, "addressing", Clauses.addressing(it));
    } else if (matched instanceof Forwarding it) {
      add(b, "forwarding", Clauses.forwarding(it));
    } else if (matched instanceof DataPath it) {
      add(
          b,
          "data-path",
          it.forwardedRaw().passed().yes()
              ? Clauses.count(it.forwardedRaw()) + " packets left with a tunnel address as source"
              : null);
      add(
          b,
          "data-path",
          it.returned().passed().yes()
              ? Clauses.count(it.returned()) + " data messages left for the initiator"
              : null);
      add(a, "data-path", it.returnedArrived().passed().no() ? "no data message arrived" : null);
    } else if (matched instanceof FailedTarget it) {
      add(
          a,
          "failed-target",
          it.target()
              + " does not answer; it is routed to "
              + (it.device() == null ? "an unknown device" : it.device()));
    } else if (matched instanceof Reach it) {
      add(a, "reach", Clauses.reach(it));
    } else if (matched instanceof PortOwner it) {
      add(
          it.role() == Role.INITIATOR ? a : b,
          "port-owner",
          "UDP port "
              + it.port()
              + (it.taken().no()
                  ? " belongs to nobody"
                  : " belongs to " + (it.process() == null ? "the kernel" : it.process())));
    } else if (matched instanceof SourceCheck it) {
      add(
          it.role() == Role.INITIATOR ? a : b,
          "source-check",
          it.drops().yes() ? "rp_filter drops packets (TcpExtIPReversePathFilter grows)" : null);
    } else if (matched instanceof KeyHolders it) {
      add(
          it.initiatorKeyElsewhere().isEmpty() ? null : it.initiatorKeyElsewhere(),
          "key-holders",
          it.initiatorKeyElsewhere().isEmpty()
              ? null
              : "has the same key pair as " + scene.a().name());
      add(
          b,
          "key-holders",
          it.twoSources().yes()
              ? "gets one peer's data from two addresses at the same time"
              : null);
      add(
          a,
          "key-holders",
          it.presharedKeysEqual().no() ? "its preshared key differs from the other end's" : null);
    } else if (matched instanceof Translation it) {
      add(
          b,
          "translation",
          it.initiatorBehindNat().yes()
              ? "sees the initiator under "
                  + scene.b().endpoint()
                  + ", not under an address of its own: there is NAT"
              : null);
    } else if (matched instanceof LogSays it) {
      add(
          it.role() == Role.INITIATOR ? a : b,
          "log",
          it.count() + " log lines mean " + Clauses.word(it.meaning()));
    } else if (matched instanceof BringUp it) {
      add(
          it.host(),
          it.identity(),
          "wg-quick up "
              + it.iface()
              + (it.succeeded().unknown() ? " has not come to an end" : " failed")
              + (it.failure() == null ? "" : ": " + Clauses.word(it.failure())),
          it.at());
    } else if (matched instanceof WgConfig it) {
      add(
          it.host(),
          it.identity(),
          "the configuration of " + it.iface() + " has " + it.problems().size() + " faulty lines",
          it.at());
    } else if (matched instanceof Clue it) {
      add(it.host(), "clue", it.says());
    } else if (matched instanceof Tunnel it) {
      tunnel(it);
    } else if (matched instanceof Fact it) {
      add(it.host(), it.identity(), "was seen", it.at());
    }
  }

  private void path(@Nullable String a, @Nullable String b, HandshakePath it) {
    leg(a, it.sent(), "initiations sent by WireGuard");
    leg(a, it.left(), "initiations left the network interface");
    leg(b, it.arrived(), "initiations reached the network interface");
    if (it.arrivedElsewhere().passed().yes()) {
      leg(b, it.arrivedElsewhere(), "initiations reached it for port " + it.elsewherePort());
    }
    leg(b, it.delivered(), "initiations delivered by UDP");
    leg(b, it.accepted(), "initiations accepted");
    if (it.accepted().passed().yes()) {
      leg(b, it.answered(), "responses sent by WireGuard");
      leg(b, it.answerLeft(), "responses left the network interface");
      leg(a, it.answerArrived(), "responses reached the network interface");
      leg(a, it.answerDelivered(), "responses delivered by UDP");
    }
    if (it.icmp() != null) {
      add(a, "handshake-path", "got ICMP " + Clauses.word(it.icmp()) + " from " + it.icmpSource());
    }
  }

  private void leg(@Nullable String host, Leg leg, String what) {
    if (!leg.passed().unknown()) {
      add(
          host,
          "handshake-path",
          leg.passed().no() ? "no " + what : Clauses.count(leg) + " " + what);
    }
  }

  private void tunnel(Tunnel it) {
    end(it.initiator());
    end(it.responder());
    if (it.initiatorKnowsResponder().no()) {
      add(it.initiator().host(), "tunnel", "its peer's public key is " + it.initiator().peerKey());
      add(it.responder().host(), "tunnel", "its public key is " + it.responder().publicKey());
    }
    if (it.responderKnowsInitiator().no()) {
      add(it.initiator().host(), "tunnel", "its public key is " + it.initiator().publicKey());
      add(it.responder().host(), "tunnel", "has no peer with that public key");
    }
  }

  private void end(End end) {
    if (end.present().no()) {
      add(end.host(), "tunnel", "there is no interface " + end.iface());
    } else if (end.up().no()) {
      add(end.host(), "tunnel", end.iface() + " is down");
    }
  }

  private void add(@Nullable String host, String fact, @Nullable String says) {
    add(host, fact, says, scene.memory().host(host).lastWord());
  }

  private void add(@Nullable String host, String fact, @Nullable String says, long at) {
    if (says != null && !says.isEmpty()) {
      said.add(new Evidence(host, at == 0 ? null : Instant.ofEpochMilli(at), fact, says));
    }
  }
}
