package io.wgwhy.lab;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Something done to a lab, and how to take it back. */
interface Change {
  void make(Lab lab);

  void undo(Lab lab);

  /** Nothing. */
  Change NONE = of(lab -> {}, lab -> {});

  static Change of(Consumer<Lab> make, Consumer<Lab> undo) {
    return new Change() {
      @Override
      public void make(Lab lab) {
        make.accept(lab);
      }

      @Override
      public void undo(Lab lab) {
        undo.accept(lab);
      }
    };
  }

  /** This, then the next; undone the other way round. */
  default Change and(Change next) {
    return of(
        lab -> {
          make(lab);
          next.make(lab);
        },
        lab -> {
          next.undo(lab);
          undo(lab);
        });
  }

  /** Another configuration file on a host. */
  static Change conf(String host, UnaryOperator<Conf> change) {
    return of(lab -> lab.conf(host, change), lab -> lab.heal(host));
  }

  /** Another line in the only (or first) peer of a configuration file. */
  static Change peer(String host, String key, String value) {
    return conf(host, it -> it.peer(0, peer -> peer.set(key, value)));
  }

  /** The same peer without that line. */
  static Change peerWithout(String host, String key) {
    return conf(host, it -> it.peer(0, peer -> peer.remove(key)));
  }

  /** A table of nftables rules. */
  static Change nft(String host, String table, String rules) {
    return of(
        lab -> lab.host(host).nft("table " + table + " {\n" + rules + "\n}\n"),
        lab -> lab.host(host).run("nft delete table " + table).orFail());
  }

  static Change sysctl(String host, String key, String broken, String right) {
    return of(lab -> lab.host(host).sysctl(key, broken), lab -> lab.host(host).sysctl(key, right));
  }

  /** Commands, and those that take them back. */
  static Change commands(String host, List<String> make, List<String> undo) {
    return of(
        lab -> make.forEach(it -> lab.host(host).run(it).orFail()),
        lab -> undo.forEach(it -> lab.host(host).run(it).orFail()));
  }

  static Change command(String host, String make, String undo) {
    return commands(host, List.of(make), List.of(undo));
  }
}
