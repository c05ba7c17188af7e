package io.wgwhy.engine.session;

import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import io.wgwhy.facts.finding.Subject;
import io.wgwhy.facts.tunnel.End;
import io.wgwhy.facts.tunnel.HandshakePath;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.facts.tunnel.Tunnel;
import io.wgwhy.rules.Cause;
import io.wgwhy.rules.Justification;
import io.wgwhy.rules.RuleBook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is said about a tunnel: rules give the reasons, pages the remedy, facts the values.
 */
final class FindingWriter {
  private final String tenant;
  private final String network;
  private final RuleBook rules;
  private final FindingIds ids;

  FindingWriter(String tenant, String network, RuleBook rules) {
    this.tenant = tenant;
    this.network = network;
    this.rules = rules;
    this.ids = new FindingIds(tenant, network);
  }

  String tenant() {
    return tenant;
  }

  String network() {
    return network;
  }

  /** A cause's place in the diagnostic order. */
  int place(String cause) {
    Cause known = rules.cause(cause);
    return known == null ? Integer.MAX_VALUE : known.place();
  }

  List<Finding> write(Scene scene, List<Symptom.Kind> symptoms, List<Justification> reasons) {
    List<Finding> all = new ArrayList<>();
    if (!symptoms.isEmpty()) {
      Walk walk = new Walk(rules.causes(), symptoms, reasons);
      walk.roots().forEach(it -> all.add(write(scene, symptoms, walk, it)));
    }
    Walk.risks(rules.causes(), symptoms, reasons).forEach(it -> all.add(warning(scene, it)));
    return all;
  }

  /** Nothing is broken by it yet. */
  private Finding warning(Scene scene, Walk.Step risk) {
    Map<String, @Nullable Object> values = Values.of(scene);
    Map<String, @Nullable Object> own = Values.with(values, risk.reason());
    return finding(
        scene,
        risk,
        Severity.WARNING,
        Finding.NO_SYMPTOM,
        new Words(risk.cause().riskTitle(own), risk.cause().riskRemedy(own)),
        new Reasons(List.of(), Checklist.of(List.of(risk), values), List.of(), null));
  }

  private Finding write(Scene scene, List<Symptom.Kind> symptoms, Walk walk, Walk.Step root) {
    Map<String, @Nullable Object> values = Values.of(scene);
    Map<String, @Nullable Object> own = Values.with(values, root.reason());
    List<Walk.Step> alternatives = walk.alternatives(root);
    Confidence confidence = Walk.confidence(root);
    return finding(
        scene,
        root,
        severity(root, confidence, scene),
        symptom(root.cause(), symptoms).word(),
        new Words(root.cause().title(own), root.cause().remedy(own)),
        new Reasons(
            Waypoints.of(scene, HandshakePaths.of(scene)),
            Checklist.of(walk.steps(), values),
            alternatives.stream()
                .map(it -> new Finding.Alternative(it.cause().id(), Walk.confidence(it)))
                .toList(),
            confidence == Confidence.CONFIRMED
                ? null
                : Checklist.next(root, alternatives, values)));
  }

  /** What the page of a cause says. */
  private record Words(String title, Finding.Remedy remedy) {}

  /** What makes one cause likelier than another. */
  private record Reasons(
      List<Finding.Waypoint> path,
      List<Finding.Check> checklist,
      List<Finding.Alternative> alternatives,
      Finding.@Nullable NextObservation next) {}

  private Finding finding(
      Scene scene,
      Walk.Step step,
      Severity severity,
      String symptom,
      Words words,
      Reasons reasons) {
    Tunnel tunnel = scene.tunnel();
    Instant now = Instant.ofEpochMilli(scene.clock());
    return new Finding(
        ids.of(step.cause().id(), tunnel, FaultPlace.of(step.cause(), tunnel, step.reason())),
        tenant,
        network,
        Finding.State.OPEN,
        step.cause().id(),
        words.title(),
        Walk.confidence(step),
        severity,
        subject(tunnel),
        symptom,
        affected(step),
        evidence(scene, step),
        reasons.path(),
        reasons.checklist(),
        reasons.alternatives(),
        reasons.next(),
        words.remedy(),
        reference(step),
        now,
        now,
        null);
  }

  /**
   * That an end which nobody sees is not heard may mean that it is switched off: a fault it is only
   * when something points to one.
   */
  private static Severity severity(Walk.Step root, Confidence confidence, Scene scene) {
    HandshakePath path = HandshakePaths.of(scene);
    boolean maybeAway =
        confidence == Confidence.POSSIBLE
            && scene.a().host() == null
            && !path.arrived().passed().yes()
            && !path.arrivedElsewhere().passed().yes()
            && !path.accepted().passed().yes();
    return maybeAway ? Severity.WARNING : root.cause().severity();
  }

  private static int affected(Walk.Step step) {
    return step.reason() == null ? 1 : Sights.affected(step.reason().facts());
  }

  /** Whether the rules that say it are those that said it. */
  boolean isOfThisBook(Finding finding) {
    Finding.RuleReference now = rules.reference(finding.rule().name());
    String version = now == null ? rules.version() : now.version();
    return version.equals(finding.rule().version());
  }

  private static Symptom.Kind symptom(Cause cause, List<Symptom.Kind> symptoms) {
    return symptoms.stream().filter(cause.explains()::contains).findFirst().orElse(symptoms.get(0));
  }

  private Finding.RuleReference reference(Walk.Step root) {
    Finding.RuleReference known =
        root.reason() == null ? null : rules.reference(root.reason().rule());
    return known != null
        ? known
        : new Finding.RuleReference(root.cause().pack(), rules.version(), "diagnostic order");
  }

  /** The facts that matched, each with what it shows. */
  private static List<Finding.Evidence> evidence(Scene scene, Walk.Step root) {
    List<Finding.Evidence> all = new ArrayList<>();
    if (root.reason() != null) {
      root.reason().facts().forEach(it -> all.addAll(Says.of(scene, it)));
    }
    Tunnel tunnel = scene.tunnel();
    if (scene.pair().bothSeen()
        && tunnel.initiatorKnowsResponder().unknown()
        && tunnel.responderKnowsInitiator().unknown()) {
      all.add(weakly(scene));
    }
    return all.stream().distinct().toList();
  }

  /** Keys were blotted out, or not shown: what joins the ends is less than a key. */
  private static Finding.Evidence weakly(Scene scene) {
    String says =
        "taken for the other end of "
            + scene.b().name()
            + "'s tunnel without comparing keys, as they are not shown: weak evidence";
    return new Finding.Evidence(
        scene.a().host(), Instant.ofEpochMilli(scene.clock()), "tunnel", says);
  }

  Subject subject(Tunnel tunnel) {
    return new Subject(
        new Subject.TunnelSubject(
            subject(tunnel.initiator()),
            Pairing.isOfHost(tunnel) ? null : subject(tunnel.responder())));
  }

  private static Subject.EndSubject subject(End end) {
    return new Subject.EndSubject(end.host(), end.iface(), end.publicKey());
  }

  /** The ids that a finding of a cause about a tunnel may have. */
  Set<String> ids(String cause, Tunnel tunnel) {
    return ids.candidates(cause, rules.cause(cause), tunnel);
  }
}
