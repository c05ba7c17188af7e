package io.wgwhy.connectors.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something to tell about a finding.
 *
 * @param tenant whose it is, as its topic tells
 * @param finding as it is now
 * @param before as it was told last; null when it was not, or was over since
 * @param link where people read more; null when nobody has told
 */
public record Notice(
    Event event, Tenant tenant, Finding finding, @Nullable Finding before, @Nullable String link) {

  /** What happened to a finding. */
  public enum Event {
    OPENED,
    /** It is still true, and something of weight is said otherwise. */
    CHANGED,
    RESOLVED,
    /** Nothing happened: what was told last is told again, to whom forgets. */
    REPEATED;

    /** As people write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same for the same notice, whoever tells it, however often. */
  public String id() {
    String what =
        String.join(
            "\n",
            tenant.name(),
            finding.id(),
            event.text(),
            finding.openedAt().toString(),
            finding.updatedAt().toString());
    return UUID.nameUUIDFromBytes(what.getBytes(UTF_8)).toString();
  }

  /** The same for all notices from opened to resolved. */
  public String episode() {
    String what = String.join("\n", tenant.name(), finding.id(), finding.openedAt().toString());
    return UUID.nameUUIDFromBytes(what.getBytes(UTF_8)).toString();
  }

  public boolean isOpen() {
    return finding.state() == Finding.State.OPEN;
  }
}
