package io.wgwhy.facts.tunnel;

/**
 * What a rule says of one cause for one tunnel. Rules insert it logically: it holds as long as the
 * rule does.
 *
 * @param verb how sure the rule is
 * @param cause the cause's id
 * @param tunnel the tunnel's id
 */
public record Conclusion(Verb verb, String cause, String tunnel) {

  /** The three things that a rule can say of a cause. */
  public enum Verb {
    /** The evidence leaves no other cause. */
    CONFIRM,
    /** Something points to it. */
    SUSPECT,
    /** It is not the cause. */
    RULE_OUT
  }

  /** The evidence leaves no other cause. */
  public static Conclusion confirm(String cause, String tunnel) {
    return new Conclusion(Verb.CONFIRM, cause, tunnel);
  }

  /** Something points to it; others are not excluded. */
  public static Conclusion suspect(String cause, String tunnel) {
    return new Conclusion(Verb.SUSPECT, cause, tunnel);
  }

  /** It is not the cause, or not any more. */
  public static Conclusion ruleOut(String cause, String tunnel) {
    return new Conclusion(Verb.RULE_OUT, cause, tunnel);
  }
}
