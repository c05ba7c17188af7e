package io.wgwhy.engine.session;

import io.wgwhy.facts.WgLog;
import io.wgwhy.facts.tunnel.Clue.Shows;
import io.wgwhy.facts.tunnel.End;
import io.wgwhy.facts.tunnel.Symptom;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The one endpoint of which a log says that it does not answer, and who listens elsewhere. */
final class AskedPort {
  private final Clues clues;

  AskedPort(Clues clues) {
    this.clues = clues;
  }

  void look(WgLog log) {
    List<WgLog.Entry> asked =
        log.entries().stream().filter(it -> it.port() != null && it.address() != null).toList();
    End other = clues.otherEnd();
    Integer listens = other.listenPort();
    if (asked.isEmpty()
        || clues.serves()
        || !other.seen()
        || listens == null
        || other.configuredEndpoint() != null) {
      return;
    }
    WgLog.Entry first = asked.get(0);
    boolean one =
        asked.stream()
            .allMatch(
                it ->
                    Objects.equals(it.port(), first.port())
                        && Objects.equals(it.address(), first.address()));
    if (one && !listens.equals(first.port()) && mayBe(other, first.address())) {
      clues.add(
          Shows.ENDPOINT_PORT_DIFFERS,
          Symptom.Kind.NO_HANDSHAKE,
          clues.host().name()
              + "'s log says that it asks port "
              + first.port()
              + ", "
              + other.name()
              + " listens on "
              + listens,
          String.valueOf(first.port()),
          listens.toString());
    }
  }

  /** Whether an address may lead to an end: one with public addresses has none but these. */
  private static boolean mayBe(End end, @Nullable String address) {
    List<String> known =
        end.hostAddresses().stream()
            .filter(it -> Prefixes.isIpv4(it) == Prefixes.isIpv4(String.valueOf(address)))
            .toList();
    return known.stream().allMatch(it -> Prefixes.isPrivateUse(it).yes())
        || known.stream().anyMatch(it -> Prefixes.same(it, address));
  }
}
