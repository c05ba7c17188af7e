package io.wgwhy.connectors.sink.chat;

import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Words;
import io.wgwhy.connectors.sink.Words.Action;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as incoming webhooks take it. Attachments, not blocks: Mattermost knows those only.
 * Whatever a host has named itself, nobody is called and no link is made by it.
 */
final class Message {
  /** Slack cuts a message at 40,000 characters, Mattermost refuses more than 16,383. */
  private static final int MOST = 12_000;

  private Message() {}

  static Map<String, Object> of(Notice notice, @Nullable String channel) {
    Finding finding = notice.finding();
    Map<String, Object> attachment = new LinkedHashMap<>();
    String headline = plain(Words.headline(notice));
    attachment.put("fallback", headline);
    attachment.put("color", colour(notice));
    attachment.put("title", headline);
    if (notice.link() != null) {
      attachment.put("title_link", notice.link());
    }
    attachment.put("text", text(notice));
    attachment.put("mrkdwn_in", List.of("text"));
    attachment.put("footer", "wgwhy · " + finding.cause() + " · " + finding.id());
    Map<String, Object> message = new LinkedHashMap<>();
    if (channel != null) {
      message.put("channel", channel);
    }
    message.put("attachments", List.of(attachment));
    return message;
  }

  private static String colour(Notice notice) {
    if (!notice.isOpen()) {
      return "#2eb886";
    }
    return notice.finding().severity() == Severity.WARNING ? "#daa038" : "#a30200";
  }

  private static String text(Notice notice) {
    Finding finding = notice.finding();
    List<String> lines = new ArrayList<>();
    String name = notice.tenant() + "/" + finding.network();
    String severity = finding.severity().name().toLowerCase(Locale.ROOT);
    lines.add(
        plain(
            "%s · %s · %s · %s · %s"
                .formatted(
                    notice.event().text(),
                    severity,
                    name,
                    Words.ends(finding),
                    Words.symptom(finding))));
    if (notice.isOpen()) {
      Words.evidence(finding).forEach(it -> lines.add("• " + plain(it)));
      for (Action action : Words.remedy(finding)) {
        lines.add(plain(action.says()));
        if (action.run() != null) {
          lines.add("```\n" + command(action.run()) + "\n```");
        }
      }
    }
    return cut(String.join("\n", lines));
  }

  private static String cut(String text) {
    if (text.length() <= MOST) {
      return text;
    }
    String kept = text.substring(0, MOST);
    boolean inside = kept.split("```", -1).length % 2 == 0;
    return kept + (inside ? "\n```" : "") + "\n…";
  }

  /** Words, in which an at sign calls nobody (U+2060 joins without being seen). */
  private static String plain(String text) {
    return escaped(Words.line(text)).replace("@", "@\u2060").replace("`", "'");
  }

  /** A command stays as it is, to be copied; it cannot end its block. */
  private static String command(String run) {
    return escaped(run.strip()).replace("```", "` ` `");
  }

  /** The three characters that Slack asks to be escaped; both show them as they were. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
