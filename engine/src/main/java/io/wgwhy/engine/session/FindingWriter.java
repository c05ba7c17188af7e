package io.wgwhy.engine.session;

import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Subject;
import io.wgwhy.facts.tunnel.End;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.facts.tunnel.Tunnel;
import io.wgwhy.rules.Cause;
import io.wgwhy.rules.Justification;
import io.wgwhy.rules.RuleBook;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is said about a tunnel: rules give the reasons, pages the remedy, facts the values.
 */
final class FindingWriter {
  /** Bytes of the hash that make an id: 2^64 findings before two are likely to meet. */
  private static final int ID_BYTES = 16;

  private final String tenant;
  private final String network;
  private final RuleBook rules;

  FindingWriter(String tenant, String network, RuleBook rules) {
    this.tenant = tenant;
    this.network = network;
    this.rules = rules;
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
    if (symptoms.isEmpty()) {
      return List.of();
    }
    Walk walk = new Walk(rules.causes(), symptoms, reasons);
    return walk.roots().stream().map(it -> write(scene, symptoms, walk, it)).toList();
  }

  private Finding write(Scene scene, List<Symptom.Kind> symptoms, Walk walk, Walk.Step root) {
    Map<String, @Nullable Object> values = Values.of(scene);
    Map<String, @Nullable Object> own = Values.with(values, root.reason());
    List<Walk.Step> alternatives = walk.alternatives(root);
    Confidence confidence = Walk.confidence(root);
    Instant now = Instant.ofEpochMilli(scene.clock());
    return new Finding(
        id(
            root.cause().id(),
            scene.tunnel(),
            FaultPlace.of(root.cause(), scene.tunnel(), root.reason())),
        tenant,
        network,
        Finding.State.OPEN,
        root.cause().id(),
        root.cause().title(own),
        confidence,
        root.cause().severity(),
        subject(scene.tunnel()),
        symptom(root.cause(), symptoms).word(),
        1,
        evidence(scene, root),
        Waypoints.of(scene, HandshakePaths.of(scene)),
        checklist(walk, values),
        alternatives.stream()
            .map(it -> new Finding.Alternative(it.cause().id(), Walk.confidence(it)))
            .toList(),
        confidence == Confidence.CONFIRMED ? null : look(root, alternatives, values),
        root.cause().remedy(own),
        reference(root),
        now,
        now,
        null);
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
    return all.stream().distinct().toList();
  }

  static List<Finding.Check> checklist(Walk walk, Map<String, @Nullable Object> values) {
    List<Finding.Check> checks = new ArrayList<>();
    for (Walk.Step step : walk.steps()) {
      String because =
          step.reason() == null
              ? "nothing that was seen decides it"
              : step.reason().says(Values.with(values, step.reason()));
      checks.add(new Finding.Check(checks.size() + 1, step.cause().id(), step.verdict(), because));
    }
    return checks;
  }

  /** The first candidate's observation, and every candidate that the same command decides. */
  private static Finding.@Nullable NextObservation look(
      Walk.Step root, List<Walk.Step> alternatives, Map<String, @Nullable Object> values) {
    List<Walk.Step> candidates = new ArrayList<>(List.of(root));
    candidates.addAll(alternatives);
    Finding.NextObservation first = null;
    Set<String> decides = new LinkedHashSet<>();
    for (Walk.Step candidate : candidates) {
      Finding.NextObservation look =
          candidate.cause().look(Values.with(values, candidate.reason()));
      if (look != null && first == null) {
        first = look;
      }
      if (look != null && first != null && look.run().equals(first.run())) {
        decides.add(candidate.cause().id());
      }
    }
    return first == null
        ? null
        : new Finding.NextObservation(first.on(), first.run(), List.copyOf(decides));
  }

  Subject subject(Tunnel tunnel) {
    return new Subject(
        new Subject.TunnelSubject(subject(tunnel.initiator()), subject(tunnel.responder())));
  }

  private static Subject.EndSubject subject(End end) {
    return new Subject.EndSubject(end.host(), end.iface(), end.publicKey());
  }

  /** The ids that a finding of a cause about a tunnel may have. */
  Set<String> ids(String cause, Tunnel tunnel) {
    Set<String> ids = new LinkedHashSet<>();
    ids.add(id(cause, tunnel, null));
    Cause known = rules.cause(cause);
    if (known != null) {
      FaultPlace.candidates(known, tunnel).forEach(it -> ids.add(id(cause, tunnel, it)));
    }
    return ids;
  }

  /** The id of a finding: the same whenever the same is found. */
  private String id(String cause, Tunnel tunnel, @Nullable FaultPlace place) {
    String where = place == null ? tunnel.id() : place.host() + "\n" + place.iface();
    String identity = String.join("\n", tenant, network, cause, where);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException("SHA-256 is missing", everyJdkHasIt);
    }
  }

  /** The same finding with other times. */
  static Finding opened(Finding finding, Instant openedAt, Instant updatedAt) {
    return new Finding(
        finding.id(),
        finding.tenant(),
        finding.network(),
        finding.state(),
        finding.cause(),
        finding.title(),
        finding.confidence(),
        finding.severity(),
        finding.subject(),
        finding.symptom(),
        finding.affected(),
        finding.evidence(),
        finding.path(),
        finding.checklist(),
        finding.alternatives(),
        finding.nextObservation(),
        finding.remedy(),
        finding.rule(),
        openedAt,
        updatedAt,
        finding.resolvedAt());
  }

  /** The same finding of several tunnels. */
  static Finding affecting(Finding finding, int affected, Subject subject) {
    return new Finding(
        finding.id(),
        finding.tenant(),
        finding.network(),
        finding.state(),
        finding.cause(),
        finding.title(),
        finding.confidence(),
        finding.severity(),
        subject,
        finding.symptom(),
        affected,
        finding.evidence(),
        finding.path(),
        finding.checklist(),
        finding.alternatives(),
        finding.nextObservation(),
        finding.remedy(),
        finding.rule(),
        finding.openedAt(),
        finding.updatedAt(),
        finding.resolvedAt());
  }
}
