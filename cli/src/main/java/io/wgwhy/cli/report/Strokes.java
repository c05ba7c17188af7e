package io.wgwhy.cli.report;

import io.wgwhy.cli.report.Way.Joint;

/** What lines are drawn with. */
record Strokes(
    String corners,
    String flat,
    String dotted,
    String edge,
    String right,
    String left,
    String down,
    String stop,
    String bendDown,
    String bendUp) {
  private static final Strokes UNICODE =
      new Strokes("┌┐└┘", "─", "┄", "│", "▶", "◀", "↓", "✗", "╮", "╯");
  private static final Strokes ASCII =
      new Strokes("++++", "-", ".", "|", ">", "<", "|", "x", ".", "'");

  static Strokes of(Look look) {
    return look.unicode() ? UNICODE : ASCII;
  }

  /** 0 and 1 above, 2 and 3 below. */
  String corner(int which) {
    return corners.substring(which, which + 1);
  }

  String line(int length) {
    return flat.repeat(Math.max(0, length));
  }

  /** A joint without its head. */
  String body(Joint joint, int length) {
    String stroke =
        switch (joint) {
          case PASS, STOP -> flat;
          case DARK, LOST -> dotted;
          case NONE -> " ";
        };
    return stroke.repeat(Math.max(0, length));
  }
}
