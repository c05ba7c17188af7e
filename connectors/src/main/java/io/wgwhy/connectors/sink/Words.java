package io.wgwhy.connectors.sink;

import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Finding.Evidence;
import io.wgwhy.facts.finding.Finding.NextObservation;
import io.wgwhy.facts.finding.Finding.Remedy;
import io.wgwhy.facts.finding.Finding.Step;
import io.wgwhy.facts.finding.Finding.Verification;
import io.wgwhy.facts.finding.Subject.EndSubject;
import io.wgwhy.facts.finding.Subject.TunnelSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A finding in words, for all whose readers have no terminal before them. */
public final class Words {
  /** What convinces; all of it is in the finding. */
  private static final int MOST_EVIDENCE = 5;

  /** Characters of a key that are enough to recognise it among those that one knows. */
  private static final int KEY_BEGINS = 8;

  private Words() {}

  /** What is said, in one line: the verdict and how sure it is. */
  public static String headline(Notice notice) {
    Finding finding = notice.finding();
    String title = title(finding);
    return notice.isOpen()
        ? title + " (" + finding.confidence().name().toLowerCase(Locale.ROOT) + ")"
        : "Over now: " + title;
  }

  /** Without a full stop at its end, and without control characters. */
  public static String title(Finding finding) {
    String title = line(finding.title());
    return title.endsWith(".") ? title.substring(0, title.length() - 1) : title;
  }

  /** The two ends: {@code cli wg0 → srv wg0}. */
  public static String ends(Finding finding) {
    TunnelSubject tunnel = finding.subject().tunnel();
    String initiator = end(tunnel.initiator());
    return tunnel.responder() == null ? initiator : initiator + " → " + end(tunnel.responder());
  }

  /** What is wrong: {@code no handshake}. */
  public static String symptom(Finding finding) {
    String says = finding.isFault() ? finding.symptom().replace('-', ' ') : "nothing is broken yet";
    return finding.affected() > 1 ? says + ", " + finding.affected() + " tunnels affected" : says;
  }

  /** What it rests on, a line each. */
  public static List<String> evidence(Finding finding) {
    return finding.evidence().stream().limit(MOST_EVIDENCE).map(Words::evidence).toList();
  }

  private static String evidence(Evidence evidence) {
    return (evidence.host() == null ? "" : line(evidence.host()) + ": ") + line(evidence.says());
  }

  /** Something to do. {@code run} is a command as it is, of several lines perhaps. */
  public record Action(String says, @Nullable String run) {}

  /** What to do: the steps, how to see that it helped, what to look at to be sure. */
  public static List<Action> remedy(Finding finding) {
    Remedy remedy = finding.remedy();
    List<Action> actions = new ArrayList<>();
    if (!remedy.summary().isBlank()) {
      actions.add(new Action(line(remedy.summary()), null));
    }
    for (Step step : remedy.steps()) {
      String why = step.why().isBlank() ? "" : ": " + line(step.why());
      actions.add(new Action(on(step.on()) + why, step.run()));
    }
    Verification verify = remedy.verify();
    if (verify != null) {
      String expect = verify.expect().isBlank() ? "" : "; expect: " + line(verify.expect());
      actions.add(new Action("Verify, " + lower(on(verify.on())) + expect, verify.run()));
    }
    NextObservation next = finding.nextObservation();
    if (next != null) {
      actions.add(new Action("To be sure, look " + lower(on(next.on())), next.run()));
    }
    return actions;
  }

  /** All of it as plain text, for mails and annotations. */
  public static String remedyText(Finding finding) {
    return remedy(finding).stream()
        .map(it -> it.run() == null ? it.says() : it.says() + "\n" + indented(it.run()))
        .collect(Collectors.joining("\n"));
  }

  private static String indented(String command) {
    return command.lines().map(it -> "  " + it).collect(Collectors.joining("\n"));
  }

  /** One line, whatever a host put into it. */
  public static String line(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }

  private static String on(@Nullable String host) {
    return host == null ? "On the host concerned" : "On " + line(host);
  }

  private static String lower(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  private static String end(@Nullable EndSubject end) {
    if (end == null || (end.host() == null && end.publicKey() == null)) {
      return "the other end";
    }
    if (end.host() == null) {
      String key = line(String.valueOf(end.publicKey()));
      return "peer " + key.substring(0, Math.min(KEY_BEGINS, key.length())) + "…";
    }
    return line(end.iface() == null ? end.host() : end.host() + " " + end.iface());
  }

  /** The hosts that it is about, the one to be repaired first. */
  public static List<String> hosts(Finding finding) {
    TunnelSubject tunnel = finding.subject().tunnel();
    List<String> hosts = new ArrayList<>();
    finding.remedy().steps().forEach(it -> add(hosts, it.on()));
    add(hosts, tunnel.responder() == null ? null : tunnel.responder().host());
    add(hosts, tunnel.initiator().host());
    return hosts;
  }

  private static void add(List<String> hosts, @Nullable String host) {
    if (host != null && !hosts.contains(host)) {
      hosts.add(host);
    }
  }
}
