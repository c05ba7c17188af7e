package io.wgwhy.cli.report;

import io.wgwhy.cli.report.Look.Ink;
import io.wgwhy.cli.report.Look.Sign;
import io.wgwhy.facts.finding.Explanation;
import io.wgwhy.facts.finding.Explanation.Actual;
import io.wgwhy.facts.finding.Explanation.Check;
import io.wgwhy.facts.finding.Explanation.Condition;
import io.wgwhy.facts.finding.Explanation.Rule;
import io.wgwhy.facts.finding.Explanation.State;
import io.wgwhy.facts.finding.Finding.NextObservation;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Why a cause is, or is not, what is wrong: each of its rules, and at what it holds or fails. */
final class WhyText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Explanation explanation;
  private final Page page;
  private final Look look;

  /** What nobody has looked at, by the command that shows it. */
  private final Map<NextObservation, Set<String>> looks = new LinkedHashMap<>();

  private WhyText(Explanation explanation, Page page) {
    this.explanation = explanation;
    this.page = page;
    this.look = page.look();
  }

  /** With all its rules. */
  static void write(Explanation explanation, Page page) {
    page.gap();
    WhyText text = new WhyText(explanation, page);
    text.verdict();
    text.rules();
    ChecklistText.write("Before it in the diagnostic order", explanation.earlier(), page);
    text.looks();
  }

  /** The verdict alone. */
  static void brief(Explanation explanation, Page page) {
    page.gap();
    new WhyText(explanation, page).verdict();
  }

  private void verdict() {
    page.text(sign() + " ", Ink.BOLD, Ink.BOLD, explanation.cause() + ": " + word());
    String symptoms =
        explanation.symptoms().isEmpty()
            ? "nothing is wrong"
            : String.join(", ", explanation.symptoms()).replace('-', ' ');
    String between = " " + look.sign(Sign.BETWEEN) + " ";
    page.text(2, Ink.FAINT, Ends.of(explanation.subject(), look) + between + symptoms);
    page.text(2, Ink.NONE, sentence(explanation.because()));
    if (explanation.found() != null && !explanation.found().equals(explanation.cause())) {
      page.text(2, Ink.NONE, "What is said to be wrong is " + explanation.found() + ".");
    }
  }

  private void rules() {
    for (Rule rule : explanation.rules()) {
      page.gap();
      rule(rule);
    }
  }

  private String sign() {
    return look.sign(
        explanation.verdict() == null
            ? Sign.NOT_CHECKED
            : switch (explanation.verdict()) {
              case RULED_OUT -> Sign.RULED_OUT;
              case CONFIRMED -> Sign.CONFIRMED;
              case POSSIBLE -> Sign.POSSIBLE;
              case NOT_CHECKED -> Sign.NOT_CHECKED;
            });
  }

  private String word() {
    return explanation.verdict() == null
        ? "not asked for"
        : explanation.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void rule(Rule rule) {
    boolean holds = rule.state() == State.HOLDS;
    String what =
        switch (rule.says()) {
          case CONFIRM -> holds ? "Confirmed: " : "Would be confirmed: ";
          case SUSPECT -> holds ? "Suspected: " : "Would be suspected: ";
          case RULE_OUT -> holds ? "Ruled out: " : "Would be ruled out: ";
        };
    String says = holds && rule.because() != null ? rule.because() : rule.name();
    page.text("  " + sign(rule.state()) + " ", ink(rule.state()), Ink.BOLD, what + says);
    page.text(4, Ink.FAINT, rule.at());
    rule.conditions().forEach(it -> condition(it, 4, holds));
  }

  /**
   * @param proves whether the whole rule holds, so that its facts are evidence
   */
  private void condition(Condition condition, int indent, boolean proves) {
    String label = " ".repeat(indent) + sign(condition.state()) + " ";
    if (condition.kind() == null) {
      page.text(label, ink(condition.state()), Ink.NONE, condition.asks());
      condition.parts().forEach(it -> condition(it, indent + 4, proves));
      return;
    }
    boolean negated = condition.asks().equals("there is no");
    boolean nothing = condition.checks().stream().allMatch(it -> it.actual().isEmpty());
    String says = (negated ? "not: " : "") + condition.about() + " (" + condition.kind() + ")";
    String wanted =
        condition.checks().stream().map(Check::wanted).collect(Collectors.joining(", "));
    page.text(
        label,
        ink(condition.state()),
        Ink.NONE,
        nothing && !condition.checks().isEmpty()
            ? says + (negated ? ": there is none with " : ": nothing with ") + wanted
            : says);
    if (condition.look() != null) {
      looks.computeIfAbsent(condition.look(), any -> new TreeSet<>()).add(condition.about() + "");
    }
    if (!nothing && !(negated && condition.state() == State.HOLDS)) {
      condition.checks().stream().filter(it -> !saysWhich(it)).forEach(it -> check(it, indent + 4));
    }
    condition.seen().stream()
        .filter(it -> proves && !negated)
        .forEach(
            it ->
                page.text(
                    " ".repeat(indent + 4),
                    Ink.NONE,
                    Ink.FAINT,
                    (it.host() == null ? "" : it.host() + " ")
                        + (it.observedAt() == null ? "" : TIME.format(it.observedAt()) + " ")
                        + it.says()));
  }

  /** Whether it only says which fact is meant: {@code tunnel == $id}. */
  private static boolean saysWhich(Check check) {
    return check.state() == State.HOLDS && check.wanted().matches("\\w+ == \\$\\w+");
  }

  private void check(Check check, int indent) {
    String label = " ".repeat(indent) + sign(check.state()) + " ";
    String actual =
        check.actual().stream()
            .filter(it -> it.is() != null)
            .map(this::actual)
            .collect(Collectors.joining("; "));
    String wanted = check.state() == State.HOLDS ? "" : "; wanted: " + check.wanted();
    page.text(
        label, ink(check.state()), Ink.NONE, actual.isEmpty() ? check.wanted() : actual + wanted);
  }

  private String actual(Actual actual) {
    NextObservation look = actual.look();
    if (look != null && actual.is() != null) {
      looks.computeIfAbsent(look, any -> new TreeSet<>()).add(actual.is());
    }
    String value = actual.value() == null ? "not known" : actual.value();
    return actual.is() + ": " + (value.matches("YES|NO") ? value.toLowerCase(Locale.ROOT) : value);
  }

  private void looks() {
    if (looks.isEmpty()) {
      return;
    }
    page.heading("What nobody has looked at yet");
    looks.forEach(
        (look, what) -> {
          String on = look.on() == null ? "" : "on " + look.on() + ": ";
          page.text(4, Ink.NONE, on + String.join("; ", what));
          page.command(look.run());
        });
  }

  private String sign(State state) {
    return look.sign(
        switch (state) {
          case HOLDS -> Sign.FINE;
          case FAILS -> Sign.FAULT;
          case NOT_KNOWN -> Sign.POSSIBLE;
          case NOT_REACHED -> Sign.NOT_CHECKED;
        });
  }

  private static Ink ink(State state) {
    return switch (state) {
      case HOLDS -> Ink.GOOD;
      case FAILS -> Ink.BAD;
      case NOT_KNOWN -> Ink.DOUBT;
      case NOT_REACHED -> Ink.FAINT;
    };
  }

  private static String sentence(String clause) {
    String text = clause.strip();
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
  }
}
