package io.wgwhy.lab;

import java.util.List;
import java.util.Set;

/**
 * One way to break a tunnel; or a healthy tunnel that is easily taken for a broken one.
 *
 * @param name what it is called, in the lab and as recording
 * @param causes the causes of the rule book that are right answers; empty when nothing is broken
 * @param what what is done, in one line
 * @param truth what it means, and what each end alone can tell
 * @param topology where it happens
 * @param stage what is special about the tunnel while it is healthy
 * @param change how it is broken, and how healed
 * @param breaksAt seconds after the tunnel came up; 0 when it is broken from the start
 * @param healsAt seconds after the tunnel came up; 0 when it stays broken
 * @param seconds how long a recording takes
 * @param demands who wants what of the tunnel meanwhile
 */
public record Fault(
    String name,
    Set<String> causes,
    String what,
    Told truth,
    Topology topology,
    Change stage,
    Change change,
    double breaksAt,
    double healsAt,
    int seconds,
    List<Demand> demands) {

  /** A minute of everything. */
  private static final int MINUTE = 60;

  /** Broken in the middle: so many seconds of health, and a longer recording. */
  private static final double HEALTH = 9;

  private static final int LONGER = 75;

  /**
   * What a finding is judged by.
   *
   * @param explanation why the tunnel behaves as it does
   * @param client whether the client's side alone can find it, and by what
   * @param server the same of the server
   * @param also the right answers to a second fault beside this one; empty when there is only one
   */
  record Told(String explanation, String client, String server, String note, Set<String> also) {
    static final Told NOTHING = new Told("", "", "", "", Set.of());
  }

  static Fault named(String name, String... causes) {
    return new Fault(
        name,
        Set.of(causes),
        "",
        Told.NOTHING,
        Topology.homeOffice(),
        Change.NONE,
        Change.NONE,
        0,
        0,
        MINUTE,
        Demand.everything(MINUTE - 8));
  }

  Fault what(String line) {
    return new Fault(
        name, causes, line, truth, topology, stage, change, breaksAt, healsAt, seconds, demands);
  }

  Fault told(String explanation, String client, String server) {
    return told(explanation, client, server, "");
  }

  Fault told(String explanation, String client, String server, String note) {
    Told told = new Told(explanation, client, server, note, truth.also());
    return new Fault(
        name, causes, what, told, topology, stage, change, breaksAt, healsAt, seconds, demands);
  }

  /** There is a second fault beside this one: its right answers. */
  Fault also(String... second) {
    Told told =
        new Told(truth.explanation(), truth.client(), truth.server(), truth.note(), Set.of(second));
    return new Fault(
        name, causes, what, told, topology, stage, change, breaksAt, healsAt, seconds, demands);
  }

  Fault in(Topology other) {
    return new Fault(
        name, causes, what, truth, other, stage, change, breaksAt, healsAt, seconds, demands);
  }

  Fault stage(Change healthy) {
    return new Fault(
        name, causes, what, truth, topology, healthy, change, breaksAt, healsAt, seconds, demands);
  }

  /** Broken before the tunnel comes up. */
  Fault by(Change broken) {
    return new Fault(name, causes, what, truth, topology, stage, broken, 0, 0, seconds, demands);
  }

  /** Broken while the tunnel works. */
  Fault midway(Change broken) {
    return new Fault(
        name,
        causes,
        what,
        truth,
        topology,
        stage,
        broken,
        HEALTH,
        0,
        LONGER,
        Demand.beforeAndAfter(HEALTH, LONGER));
  }

  /** Broken while the tunnel works, at this moment. */
  Fault midway(double at, Change broken) {
    return new Fault(name, causes, what, truth, topology, stage, broken, at, 0, seconds, demands);
  }

  /** Healed again while somebody looks. */
  Fault healing(double at) {
    return new Fault(
        name, causes, what, truth, topology, stage, change, breaksAt, at, seconds, demands);
  }

  Fault lasting(int longer, List<Demand> wanted) {
    return new Fault(
        name, causes, what, truth, topology, stage, change, breaksAt, healsAt, longer, wanted);
  }

  /** Whether there is something to be found. */
  public boolean broken() {
    return !causes.isEmpty();
  }
}
