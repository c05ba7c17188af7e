package io.wgwhy.rules;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.Match;

/**
 * Lets the rules of a session fire until nothing is left to say. What a rule may say keeps it from
 * going in circles ({@link io.wgwhy.rules.language.RuleLanguage}); this is for what was overlooked.
 */
public final class Firing {
  /** Far more than a network of 10,000 broken tunnels needs at once, by all rules together. */
  private static final int MOST = 5_000_000;

  /** Once so many have fired, those that follow are counted, and the clock is looked at. */
  private static final int SUSPICIOUS = 500_000;

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private Firing() {}

  /** The rules do not come to rest: the session is not to be used again. */
  public static final class Restless extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String rule;

    Restless(String rule) {
      super("the rules do not come to rest, most of all \"" + rule + "\"");
      this.rule = rule;
    }

    /** The rule that fired most. */
    public String rule() {
      return rule;
    }
  }

  /**
   * Fires all that matches.
   *
   * @throws Restless when that does not end
   */
  public static void untilRest(KieSession session) {
    untilRest(session, SUSPICIOUS, MOST);
  }

  static void untilRest(KieSession session, int suspicious, int most) {
    if (session.fireAllRules(suspicious) < suspicious) {
      return;
    }
    Map<String, Integer> fired = new HashMap<>();
    long end = System.nanoTime() + LONGEST.toNanos();
    int count =
        session.fireAllRules(
            match -> {
              count(match, fired);
              if (System.nanoTime() > end) {
                throw new Restless(busiest(fired));
              }
              return true;
            },
            most - suspicious);
    if (count >= most - suspicious) {
      throw new Restless(busiest(fired));
    }
  }

  private static void count(Match match, Map<String, Integer> fired) {
    fired.merge(match.getRule().getName(), 1, Integer::sum);
  }

  private static String busiest(Map<String, Integer> fired) {
    return fired.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }
}
