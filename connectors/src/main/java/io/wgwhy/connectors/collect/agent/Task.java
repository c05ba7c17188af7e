package io.wgwhy.connectors.collect.agent;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * An entry of the catalogue: what is run, and when.
 *
 * @param name for logs
 * @param every how often it is run
 * @param on what makes it run at once
 * @param commands what to run, given what is on this host; none when there is nothing to ask
 * @param together whether they are run all at once: they wait, and do nothing
 */
record Task(
    String name,
    Duration every,
    Set<Change> on,
    Function<Surroundings, List<Command>> commands,
    boolean together) {

  /** One whose commands are run one after the other. */
  Task(
      String name, Duration every, Set<Change> on, Function<Surroundings, List<Command>> commands) {
    this(name, every, on, commands, /* together= */ false);
  }

  /** What may change on a host between two looks. */
  enum Change {
    LINKS,
    ROUTES,
    FILTERS,
    /** The configurations name other endpoints. */
    NAMES
  }
}
