package io.wgwhy.cli.publish;

import io.wgwhy.rules.RuleProblem;
import java.util.List;

/** A pack cannot be published; nothing was. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<RuleProblem> problems;

  Refused(String says, List<RuleProblem> problems) {
    super(says);
    this.problems = List.copyOf(problems);
  }

  /** In files; empty when it is about something else. */
  public List<RuleProblem> problems() {
    return problems;
  }
}
