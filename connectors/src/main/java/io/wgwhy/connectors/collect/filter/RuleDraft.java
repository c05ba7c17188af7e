package io.wgwhy.connectors.collect.filter;

import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Field;
import io.wgwhy.facts.Ruleset.Match;
import io.wgwhy.facts.Ruleset.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A filter rule while it is read. */
public final class RuleDraft {
  /** A rule over a longer list (countries, blocked hosts) is told as not understood. */
  public static final int MOST_VALUES = 256;

  /** No kernel takes so many; whoever sends them wants each to be compared with all others. */
  private static final int MOST_MATCHES = 64;

  private static final Match MORE = new Match(Field.OTHER, false, List.of("more"));

  private final List<Match> matches = new ArrayList<>();
  private @Nullable Action action;
  private @Nullable String target;
  private @Nullable Long packets;
  private boolean strange;

  RuleDraft copy() {
    RuleDraft copy = new RuleDraft();
    copy.matches.addAll(matches);
    copy.action = action;
    copy.target = target;
    copy.packets = packets;
    copy.strange = strange;
    return copy;
  }

  /**
   * Values that are null, too many or none that may be passed on make it a match that was not
   * understood: one that nobody can compare with must not count as another one.
   */
  public void match(Field field, boolean inverted, @Nullable List<String> values) {
    if (values == null
        || values.size() > MOST_VALUES
        || values.stream().anyMatch(it -> Word.of(it).equals(Word.HIDDEN))) {
      other(field.name().toLowerCase(Locale.ROOT));
      return;
    }
    add(new Match(field, inverted, List.copyOf(values)));
  }

  private void add(Match match) {
    Match told = matches.size() < MOST_MATCHES ? match : MORE;
    if (!matches.contains(told)) {
      matches.add(told);
    }
  }

  /** A match that was not understood; {@code what} is a word of ours or the tool's own for it. */
  public void other(String what) {
    add(new Match(Field.OTHER, false, List.of(Word.of(what))));
  }

  /** A statement that was not understood: it may match, and it may be the verdict. */
  public void strange(String what) {
    other(what);
    strange = true;
  }

  /**
   * What befalls a packet that all matches hold for; {@code itsTarget}: the chain of a jump, else
   * null.
   */
  public void verdict(Action verdict, @Nullable String itsTarget) {
    action = verdict;
    target = itsTarget;
  }

  void packets(@Nullable Long counted) {
    packets = counted;
  }

  /** Whether a verdict or something that may be one was read. */
  boolean decided() {
    return action != null || strange;
  }

  /** The rule as far as it was read: without a verdict it lets a packet go on to the next. */
  public Rule rule() {
    Action last = action != null ? action : strange ? Action.UNKNOWN : Action.CONTINUE;
    return new Rule(List.copyOf(matches), last, target, packets);
  }
}
