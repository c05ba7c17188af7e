package io.wgwhy.lab;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One way to break a tunnel; or a healthy tunnel that is easily taken for a broken one.
 *
 * @param name what it is called, in the lab and as recording
 * @param causes the causes of the rule book that are right answers, the best first; empty when
 *     nothing is broken
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

  public Fault {
    causes = Collections.unmodifiableSet(causes);
    demands = List.copyOf(demands);
  }

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
        new LinkedHashSet<>(List.of(causes)),
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

  /** Makes what is special about the tunnel while it is healthy. */
  void stageIn(Lab lab) {
    stage.make(lab);
    lab.apply();
    lab.settle();
  }

  /**
   * Breaks it. What is broken before a tunnel comes up is broken with the tunnel down, as after a
   * reboot: otherwise filters go on to accept what belongs to a flow that they know, and ends go on
   * with a session that they have.
   */
  void breakIn(Lab lab) {
    if (breaksAt == 0) {
      lab.down();
    }
    change.make(lab);
    lab.forgetFlows();
    lab.apply();
  }

  /** Takes back what was broken, and nothing else. */
  void healIn(Lab lab) {
    change.undo(lab);
    lab.apply();
    lab.revive();
  }

  /** Takes back what was special; the topology's own tunnel is left. */
  void unstageIn(Lab lab) {
    stage.undo(lab);
    lab.unsettle();
    lab.apply();
    lab.forgetMarks();
  }

  /** The first of its causes. Throws when nothing is broken. */
  String cause() {
    return causes.iterator().next();
  }

  /** Seconds from the break before which it cannot be known; 0 when it can at once. */
  public double slowest() {
    return Slow.of(name).seconds();
  }

  /** Why it is slow; empty when it is not. */
  public String slowBecause() {
    return Slow.of(name).why();
  }

  /** Whether there is something to be found. */
  public boolean broken() {
    return !causes.isEmpty();
  }
}
