package io.wgwhy.rules;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much the rules of packs may compare in one run: time, and memory for what matched in part,
 * grow with it, and unlike those it is the same on every machine and in every replay. The classes
 * of packs call {@link #burn} wherever they are called themselves ({@link Metering}); those of the
 * built-in pack do not.
 */
public final class Fuel {
  /**
   * A pack of a hundred rules with ten conditions each needs a thousand for a tunnel, if none fails
   * early.
   */
  private static final long FOR_A_TUNNEL = 2_000;

  /** For what is no tunnel's; a few ms. */
  private static final long FOR_THE_REST = 100_000;

  private static final ThreadLocal<@Nullable Fuel> RUN = new ThreadLocal<>();

  private final long most;
  private final Map<String, long[]> burnt = new HashMap<>();
  private String last = "";
  private long[] ofLast = new long[1];

  private Fuel(long most) {
    this.most = most;
  }

  /** A pack took more than it may: the session is not to be used again. */
  public static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String pack;

    Spent(String pack, long most) {
      super("the rules of the pack " + pack + " compare too much: more than " + most + " in a run");
      this.pack = pack;
    }

    /** The pack's name. */
    public String pack() {
      return pack;
    }

    /** What is behind a failure; null when that is something else. */
    public static @Nullable Spent in(Throwable failure) {
      for (Throwable it = failure; it != null; it = it.getCause()) {
        if (it instanceof Spent spent) {
          return spent;
        }
      }
      return null;
    }
  }

  /** Called by the classes of packs. */
  public static void burn(String pack) {
    Fuel run = RUN.get();
    if (run != null) {
      run.take(pack);
    }
  }

  /**
   * Runs rules, each pack with its share.
   *
   * @param tunnels how many have changed since the last run
   * @throws Spent when a pack needs more; Drools may have wrapped it
   */
  static void limited(int tunnels, Runnable rules) {
    RUN.set(new Fuel(FOR_THE_REST + FOR_A_TUNNEL * tunnels));
    try {
      rules.run();
    } finally {
      RUN.remove();
    }
  }

  @SuppressWarnings("ReferenceEquality") // One text for each pack: its class files hold it.
  private void take(String pack) {
    if (pack != last) {
      last = pack;
      ofLast = burnt.computeIfAbsent(pack, any -> new long[1]);
    }
    if (++ofLast[0] > most) {
      throw new Spent(pack, most);
    }
  }
}
