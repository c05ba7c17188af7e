package io.wgwhy.engine.stream;

import io.wgwhy.facts.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What has come and is not judged yet. A session judges the facts of one moment together, so a
 * moment that may not be over is left waiting.
 */
final class Moment {
  /**
   * It ends here, though more of it may come: what waits is one record of a changelog, and stands
   * in our store. A gateway's with 5,000 peers.
   */
  private static final long MOST_BYTES = 2 << 20;

  private List<Arrival> arrivals = new ArrayList<>();
  private long bytes;
  private boolean moreIsSaid;
  private int quietTicks;

  void add(Arrival arrival) {
    quietTicks = 0;
    arrivals.add(arrival);
    bytes += arrival.source().size();
    moreIsSaid = arrival.continues();
  }

  boolean isEmpty() {
    return arrivals.isEmpty();
  }

  boolean isTooLarge() {
    return bytes > MOST_BYTES;
  }

  /** In the order in which they came. */
  List<Arrival> arrivals() {
    return arrivals;
  }

  void forEach(Consumer<Arrival> each) {
    arrivals.forEach(each);
  }

  /** Whether with this fact the moment is over that was waiting. */
  boolean endsWith(Fact next) {
    if (arrivals.isEmpty()) {
      return false;
    }
    Fact last = last().fact();
    return last.at() != next.at() || !last.host().equals(next.host());
  }

  /**
   * Whether its publisher said of the one before it that there is more, and does not say so of it:
   * no need to wait for another moment to know that this one is over.
   */
  boolean isCompletedBy(Arrival arrival) {
    return moreIsSaid && !arrival.continues() && !isEmpty() && !endsWith(arrival.fact());
  }

  /**
   * Called at a steady pace.
   *
   * @param patience for how many calls to wait for the rest of a moment that is said to continue
   * @return whether nothing more is to be expected of it
   */
  boolean isQuiet(int patience) {
    boolean continues = !isEmpty() && last().continues();
    return quietTicks++ >= (continues ? patience : 1);
  }

  /** It is not remembered of these whether their publisher says such things. */
  void forgetWhatWasSaid() {
    moreIsSaid = false;
  }

  /** The first have been judged. */
  void isOverFor(int judged) {
    replace(arrivals.subList(judged, arrivals.size()));
  }

  void replace(List<Arrival> others) {
    arrivals = new ArrayList<>(others);
    bytes = arrivals.stream().mapToLong(it -> it.source().size()).sum();
  }

  private Arrival last() {
    return arrivals.get(arrivals.size() - 1);
  }
}
