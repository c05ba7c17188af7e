package io.wgwhy.lab;

import static io.wgwhy.lab.Topology.CLI;
import static io.wgwhy.lab.Topology.SRV;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Somebody wants something of the tunnel: a command that is run at a moment.
 *
 * @param at seconds after the tunnel was brought up
 * @param says the command line as a person types it
 */
record Demand(double at, String host, String says, List<String> command) {
  /** Packets of one ping when a long one is told in pieces. */
  private static final int PIECE = 4;

  private static final String FORMAT =
      "http=%{http_code} bytes=%{size_download} time=%{time_total} remote=%{remote_ip}"
          + " err=%{errormsg}\\n";

  /** A command without quotes. */
  static Demand of(double at, String host, String command) {
    return new Demand(at, host, command, List.of(command.split(" ")));
  }

  static Demand ping(double at, String host, String target, int count) {
    return of(at, host, "ping -n -D -W 1 -i 1 -c " + count + " " + target);
  }

  /** Fetches a page; shows it, or only what became of it. */
  static Demand fetch(double at, String url, boolean show, int seconds) {
    List<String> command = new ArrayList<>(List.of("curl", "-sS"));
    if (!show) {
      command.addAll(List.of("-o", "/dev/null"));
    }
    command.addAll(List.of("-w", FORMAT, "--max-time", String.valueOf(seconds), url));
    String says =
        "curl -sS "
            + (show ? "" : "-o /dev/null")
            + " -w '"
            + FORMAT
            + "' --max-time "
            + seconds
            + " "
            + url;
    return new Demand(at, CLI, says, command);
  }

  /** Traffic all the time, and a look at all that a tunnel is for. */
  static List<Demand> everything(int seconds) {
    return List.of(
        ping(0.9, CLI, "10.66.66.1", seconds),
        ping(2.9, CLI, "203.0.113.10", 2),
        fetch(6.9, "http://192.0.2.80/", true, 6),
        ping(13.9, CLI, "192.0.2.80", 2),
        large(17.9, 1392),
        large(18.9, 1372),
        large(19.9, 1252),
        fetch(23.9, "http://192.0.2.80/big", false, 8),
        of(32.9, CLI, "dig +time=2 +tries=1 +short @10.66.66.1 web.lab.test"),
        ping(36.9, SRV, "10.66.66.2", 3));
  }

  /** A ping that may not be fragmented; its packet has 28 bytes more. */
  static Demand large(double at, int bytes) {
    return of(at, CLI, "ping -n -D -W 1 -i 1 -c 1 -M do -s " + bytes + " 10.66.66.1");
  }

  /** A working tunnel, at some moment broken, traffic before and after. */
  static List<Demand> beforeAndAfter(double broken, int seconds) {
    return List.of(
        ping(0.8, CLI, "10.66.66.1", (int) broken - 3),
        ping(broken + 0.8, CLI, "10.66.66.1", seconds - (int) broken - 8));
  }

  /** The same so many seconds sooner. */
  Demand sooner(double seconds) {
    return new Demand(at - seconds, host, says, command);
  }

  /** A long ping says nothing until its end: the same in pieces of some seconds. */
  List<Demand> inPieces() {
    // Of a shell -c says something else.
    int count = command.get(0).equals("ping") ? command.indexOf("-c") + 1 : 0;
    int packets = count > 0 ? Integer.parseInt(command.get(count)) : 0;
    List<Demand> pieces = new ArrayList<>();
    for (int sent = 0; sent < packets; sent += PIECE) {
      List<String> piece = new ArrayList<>(command);
      piece.set(count, String.valueOf(Math.min(PIECE, packets - sent)));
      pieces.add(new Demand(at + sent, host, String.join(" ", piece), List.copyOf(piece)));
    }
    return pieces.isEmpty() ? List.of(this) : pieces;
  }

  static List<Demand> join(List<Demand> some, Demand... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }
}
