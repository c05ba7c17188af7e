package io.wgwhy.cli.report;

import io.wgwhy.cli.report.Look.Ink;
import io.wgwhy.cli.report.Way.Joint;
import io.wgwhy.cli.report.Way.Leg;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Subject.TunnelSubject;
import java.util.Set;

/**
 * Draws where the packets stop: the initiator on the left, the responder on the right, the
 * initiation going there, the response coming back.
 *
 * <pre>
 *               ┌ cli wg0 ─────────────┐             ┌ srv wg0 ─────────────────────────────────┐
 *   initiation  │ sent 148 ─▶ left 148 │ ──────────▶ │ arrived 148 ─✗ delivered 0    accepted ? │
 *   response    │ delivered ? arrived ?│             │ left ?                        answered ? │
 *               └──────────────────────┘             └──────────────────────────────────────────┘
 * </pre>
 */
final class PathPicture {
  /** Symptoms of which the handshake's way says something, even where nobody saw it stop. */
  private static final Set<String> NO_HANDSHAKE =
      Set.of("no-handshake", "works-then-dies", "unstable");

  private static final String MARGIN = "  ";
  private static final String FORTH = "initiation  ";
  private static final String BACK = "response    ";
  private static final int SHORTEST_JOINT = 4;
  private static final int LONGEST_JOINT = 6;
  private static final int SHORTEST_NET = 6;
  private static final int GOOD_NET = 12;
  private static final int LONGEST_NET = 20;

  private final Look look;
  private final Strokes strokes;
  private final Way way;
  private final String initiator;
  private final String responder;

  private PathPicture(Finding finding, Way way, Look look) {
    this.look = look;
    this.strokes = Strokes.of(look);
    this.way = way;
    this.initiator = Ends.name(finding.subject().tunnel().initiator(), look);
    this.responder = Ends.name(finding.subject().tunnel().responder(), look);
  }

  /** The picture and a sentence; nothing when the handshake is not the trouble. */
  static void draw(Finding finding, Page page) {
    Way way = Way.of(finding.path());
    TunnelSubject tunnel = finding.subject().tunnel();
    String stops =
        way.stops(
            Ends.host(tunnel.initiator(), page.look()), Ends.host(tunnel.responder(), page.look()));
    if (stops == null && (!way.known() || !NO_HANDSHAKE.contains(finding.symptom()))) {
      return;
    }
    page.gap();
    new PathPicture(finding, way, page.look()).draw(page);
    if (stops != null) {
      page.text("  ", Ink.NONE, Ink.NONE, stops);
    }
  }

  private void draw(Page page) {
    int sockets = widest(0, 8);
    int nic = widest(1, 7);
    int farNic = widest(2, 6);
    int farSocket = Wrap.length(way.leg(3).label());
    int wireguard = widest(4, 5);
    int turn = turns() ? 3 : 0;
    int labels = sockets + nic + farNic + farSocket + wireguard;
    // Four edges with a blank inside, three joints within the hosts, the net between them.
    int frame = MARGIN.length() + FORTH.length() + 8 + turn;
    int room = page.look().width() - frame - labels;
    if (room < 3 * SHORTEST_JOINT + SHORTEST_NET) {
      list(page);
      return;
    }
    int joint = Math.max(SHORTEST_JOINT, Math.min(LONGEST_JOINT, (room - GOOD_NET) / 3));
    int net = Math.min(LONGEST_NET, room - 3 * joint);
    int near = sockets + joint + nic;
    int far = farNic + joint + farSocket + joint + wireguard + turn;
    String edge = strokes.edge();

    page.line(
        MARGIN
            + " ".repeat(FORTH.length())
            + top(initiator, near)
            + " ".repeat(net)
            + top(responder, far));
    page.line(
        MARGIN
            + look.paint(Ink.FAINT, FORTH)
            + edge
            + " "
            + cell(0, sockets)
            + forth(1, joint)
            + cell(1, nic)
            + " "
            + edge
            + forth(2, net)
            + edge
            + " "
            + cell(2, farNic)
            + forth(3, joint)
            + cell(3, farSocket)
            + forth(4, joint)
            + cell(4, wireguard)
            + turn(true)
            + " "
            + edge);
    page.line(
        MARGIN
            + look.paint(Ink.FAINT, BACK)
            + edge
            + " "
            + cell(8, sockets)
            + back(8, joint)
            + cell(7, nic)
            + " "
            + edge
            + back(7, net)
            + edge
            + " "
            + cell(6, farNic)
            + back(6, joint + farSocket + joint)
            + cell(5, wireguard)
            + turn(false)
            + " "
            + edge);
    page.line(MARGIN + " ".repeat(FORTH.length()) + bottom(near) + " ".repeat(net) + bottom(far));
  }

  /** The same, one place a line, where the terminal is too narrow for the picture. */
  private void list(Page page) {
    int widest = way.legs().stream().mapToInt(it -> Wrap.length(it.label())).max().orElse(0);
    for (int at = 0; at < way.legs().size(); at++) {
      Leg leg = way.leg(at);
      boolean far = at >= 2 && at <= 6;
      String sign =
          switch (leg.joint()) {
            case STOP -> strokes.stop();
            case PASS -> strokes.down();
            case DARK, LOST -> "?";
            case NONE -> " ";
          };
      String padding = " ".repeat(widest + 2 - Wrap.length(leg.label()));
      String what = at < 5 ? FORTH : BACK;
      page.line(
          MARGIN
              + look.paint(Ink.FAINT, at == 0 || at == 5 ? what : " ".repeat(what.length()))
              + look.paint(ink(leg), sign + " " + leg.label())
              + look.paint(Ink.FAINT, padding + (far ? responder : initiator)));
    }
  }

  private int widest(int one, int other) {
    return Math.max(Wrap.length(way.leg(one).label()), Wrap.length(way.leg(other).label()));
  }

  private String cell(int at, int width) {
    Leg leg = way.leg(at);
    return look.paint(ink(leg), leg.label()) + " ".repeat(width - Wrap.length(leg.label()));
  }

  private static Ink ink(Leg leg) {
    return leg.joint() == Joint.STOP || leg.joint() == Joint.LOST
        ? Ink.BAD
        : leg.known() && leg.joint() == Joint.PASS ? Ink.GOOD : Ink.FAINT;
  }

  private String forth(int at, int length) {
    String body = strokes.body(way.leg(at).joint(), length - 3);
    return " " + look.paint(joint(at), body + head(at, strokes.right())) + " ";
  }

  private String back(int at, int length) {
    String body = strokes.body(way.leg(at).joint(), length - 3);
    return " " + look.paint(joint(at), head(at, strokes.left()) + body) + " ";
  }

  private String head(int at, String arrow) {
    return switch (way.leg(at).joint()) {
      case PASS -> arrow;
      case STOP -> strokes.stop();
      case DARK, LOST -> "?";
      case NONE -> " ";
    };
  }

  private Ink joint(int at) {
    return switch (way.leg(at).joint()) {
      case PASS -> Ink.GOOD;
      case STOP -> Ink.BAD;
      default -> Ink.FAINT;
    };
  }

  private boolean turns() {
    return way.leg(5).joint() == Joint.PASS || way.leg(5).joint() == Joint.STOP;
  }

  /** Where the initiation becomes the response. */
  private String turn(boolean above) {
    if (!turns()) {
      return "";
    }
    boolean stopped = !above && way.leg(5).joint() == Joint.STOP;
    String flat = stopped ? strokes.stop() : strokes.flat();
    return " " + look.paint(joint(5), flat + (above ? strokes.bendDown() : strokes.bendUp()));
  }

  private String top(String name, int width) {
    String shown = Wrap.cut(name, width, look.sign(Look.Sign.CUT));
    return strokes.corner(0)
        + " "
        + look.paint(Ink.BOLD, shown)
        + " "
        + strokes.line(width - Wrap.length(shown))
        + strokes.corner(1);
  }

  private String bottom(int width) {
    return strokes.corner(2) + strokes.line(width + 2) + strokes.corner(3);
  }
}
