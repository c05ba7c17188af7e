package io.wgwhy.rules;

import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import io.wgwhy.facts.tunnel.Symptom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One cause of the diagnostic order, and what is said to people about it.
 *
 * @param id its folder's name; the same in rules, findings and cases
 * @param pack the rule pack that it comes from
 * @param band the folder of causes that are looked at together: {@code 2-udp-path}
 * @param place its place in the diagnostic order of the whole book, from 1
 * @param at where the fault lies: what is at one end is one finding for all tunnels that end there
 * @param explains the symptoms that it can bring about
 * @param page its remedy page, templates unfilled
 * @param neverConfirmed whether an overlay wants it to be no more than likely
 * @param disabled why an overlay switched it off; null when none did
 */
public record Cause(
    String id,
    String pack,
    String band,
    int place,
    Severity severity,
    At at,
    Set<Symptom.Kind> explains,
    Page page,
    boolean neverConfirmed,
    @Nullable String disabled) {

  /** Where a fault lies. */
  public enum At {
    /** In what two ends agree on, or between them. */
    TUNNEL,
    INITIATOR,
    RESPONDER,
    /** At whichever host the facts show it. */
    HOST
  }

  /** One sentence for people. */
  public String title(Map<String, ?> values) {
    return Template.sentence(page.title(), values);
  }

  /** What to do, with the real values; a value that is not known stands as {@code <PORT>}. */
  public Finding.Remedy remedy(Map<String, ?> values) {
    return page.remedy(page.summary(), values);
  }

  /** Whether it is worth a warning while it has brought about no symptom yet. */
  public boolean isRisk() {
    return page.risk() != null;
  }

  /** One sentence for people, while it is no more than a risk. */
  public String riskTitle(Map<String, ?> values) {
    Page.Risk risk = page.risk();
    return Template.sentence(risk == null ? page.title() : risk.title(), values);
  }

  /** What to do, while it is no more than a risk. */
  public Finding.Remedy riskRemedy(Map<String, ?> values) {
    Page.Risk risk = page.risk();
    return page.remedy(risk == null ? page.summary() : risk.summary(), values);
  }

  /** The observation that would decide this cause; null when its page names none. */
  public Finding.@Nullable NextObservation look(Map<String, ?> values) {
    Page.Look look = page.look();
    return look == null
        ? null
        : new Finding.NextObservation(
            Template.host(look.on(), values), Template.command(look.run(), values), List.of(id));
  }
}
