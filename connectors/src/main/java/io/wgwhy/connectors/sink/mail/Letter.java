package io.wgwhy.connectors.sink.mail;

import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Words;
import io.wgwhy.facts.finding.Finding;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a mail says. */
final class Letter {
  private Letter() {}

  static Message of(Session session, MailSettings settings, List<Notice> notices)
      throws MessagingException {
    Identified message = new Identified(session, "<" + notices.get(0).id() + "@wgwhy.invalid>");
    message.setFrom(MailSettings.address(settings.from()));
    for (String to : settings.to()) {
      InternetAddress address = MailSettings.address(to);
      message.addRecipient(Message.RecipientType.TO, address);
    }
    message.setSubject(subject(notices), "UTF-8");
    message.setText(
        notices.stream().map(Letter::text).collect(Collectors.joining("\n\n---\n\n")), "UTF-8");
    message.setHeader(
        "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
    // No out-of-office replies (RFC 3834).
    message.setHeader("Auto-Submitted", "auto-generated");
    if (notices.size() == 1) {
      message.setHeader("References", "<" + notices.get(0).episode() + "@wgwhy.invalid>");
    }
    message.saveChanges();
    return message;
  }

  /** With an id that stays the same when it is sent again. */
  private static final class Identified extends MimeMessage {
    private final String id;

    Identified(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }

  private static String subject(List<Notice> notices) {
    Notice first = notices.get(0);
    if (notices.size() == 1) {
      return "[wgwhy] " + first.tenant() + ": " + Words.headline(first);
    }
    long open = notices.stream().filter(Notice::isOpen).count();
    long over = notices.size() - open;
    List<String> counts = new ArrayList<>();
    if (open > 0) {
      counts.add(open + " open");
    }
    if (over > 0) {
      counts.add(over + " over");
    }
    return "[wgwhy] " + notices.size() + " findings: " + String.join(", ", counts);
  }

  private static String text(Notice notice) {
    Finding finding = notice.finding();
    List<String> lines = new ArrayList<>();
    lines.add(Words.headline(notice));
    lines.add(Words.ends(finding) + " · " + Words.symptom(finding));
    lines.add("");
    lines.add("tenant    " + notice.tenant() + ", network " + Words.line(finding.network()));
    lines.add("severity  " + finding.severity().name().toLowerCase(Locale.ROOT));
    lines.add("since     " + finding.openedAt());
    if (finding.resolvedAt() != null) {
      lines.add("until     " + finding.resolvedAt());
    }
    if (notice.isOpen()) {
      lines.add("\nEvidence");
      Words.evidence(finding).forEach(it -> lines.add("  " + it));
      lines.add("\nRepair");
      Words.remedyText(finding).lines().forEach(it -> lines.add("  " + it));
    }
    if (notice.link() != null) {
      lines.add("\n" + notice.link());
    }
    lines.add("\ncause " + finding.cause() + ", finding " + finding.id());
    return String.join("\n", lines);
  }
}
