package io.wgwhy.cli.trial;

import io.wgwhy.lab.Fault;

/**
 * How long things may take.
 *
 * @param find seconds from the break to the finding, where the protocol does not need more
 * @param toClear seconds from the repair until nothing is open
 * @param patience how many times as long one waits, to see by how much a limit is missed
 */
public record Limits(double find, double toClear, double patience) {
  double toFind(Fault fault) {
    return Math.max(find, fault.slowest());
  }
}
