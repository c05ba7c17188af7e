package io.wgwhy.cli.diagnose;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Moments that belong to one network, from one file or several. */
final class Track {
  /** Recordings of one incident that are started by hand, end by end, are hardly further apart. */
  private static final long SAME_TIME_MILLIS = 300_000;

  private final String name;
  private final List<Moment> moments = new ArrayList<>();
  private final Set<String> hosts = new HashSet<>();
  private long begin = Long.MAX_VALUE;
  private long end = Long.MIN_VALUE;
  private int files = 1;

  /**
   * @param name of the file that it begins with
   */
  Track(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void add(Moment moment) {
    moments.add(moment);
    hosts.add(moment.host());
    begin = Math.min(begin, moment.at());
    end = Math.max(end, moment.at());
  }

  /** When the last of it was observed, ms since the epoch. */
  long end() {
    return end;
  }

  boolean isEmpty() {
    return moments.isEmpty();
  }

  /** Whether it looks like another end's view of the same incident: other hosts, the same time. */
  boolean completes(Track other) {
    return Collections.disjoint(hosts, other.hosts)
        && begin <= other.end + SAME_TIME_MILLIS
        && other.begin <= end + SAME_TIME_MILLIS;
  }

  void join(Track other) {
    other.moments.forEach(this::add);
    files += other.files;
  }

  /** In order of arrival; several files in order of time. */
  List<Moment> moments() {
    if (files == 1) {
      return moments;
    }
    return moments.stream().sorted(Comparator.comparingLong(Moment::at)).toList();
  }
}
