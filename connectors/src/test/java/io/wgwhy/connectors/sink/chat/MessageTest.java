package io.wgwhy.connectors.sink.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Notices;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Finding.Remedy;
import io.wgwhy.facts.finding.Finding.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageTest {
  @Test
  void a_message_has_the_verdict_and_the_commands() {
    Map<?, ?> attachment = attachment(Notices.opened("f1"));
    assertThat(attachment.get("title"))
        .isEqualTo("srv's firewall drops WireGuard's packets (confirmed)");
    assertThat(attachment.get("text").toString())
        .isEqualTo(
            """
            opened · critical · acme/home · cli wg0 → srv wg0 · no handshake
            • srv: 11 initiations arrived, none was delivered
            Let UDP port 51820 in.
            On srv: with ufw
            ```
            sudo ufw allow 51820/udp
            ```
            Verify, on cli; expect: a handshake
            ```
            wg show wg0
            ```""");
    assertThat(attachment(Notices.resolved("f1")).get("color")).isEqualTo("#2eb886");
  }

  @Test
  void what_a_host_calls_itself_calls_nobody_and_links_nowhere() {
    Map<?, ?> attachment =
        attachment(repaired("<!channel> @here <http://example.org|x> `", "echo '```' '@here'"));
    String text = attachment.get("text").toString();
    assertThat(text)
        .contains("&lt;!channel&gt;", "echo '` ` `' '@here'")
        .doesNotContain("<!channel>", " @here", "<http");
    assertThat(text.split("```", -1)).as("blocks that are closed").hasSize(3);
  }

  private static Notice repaired(String says, String run) {
    Notice opened = Notices.opened("f1");
    Finding it = opened.finding();
    Finding hostile =
        new Finding(
            it.id(),
            it.tenant(),
            it.network(),
            it.state(),
            it.cause(),
            it.title(),
            it.confidence(),
            it.severity(),
            it.subject(),
            it.symptom(),
            it.affected(),
            it.evidence(),
            it.path(),
            it.checklist(),
            it.alternatives(),
            it.nextObservation(),
            new Remedy(says, List.of(new Step("srv", run, says, null)), null),
            it.rule(),
            it.openedAt(),
            it.updatedAt(),
            null);
    return new Notice(opened.event(), opened.tenant(), hostile, null, null);
  }

  private static Map<?, ?> attachment(Notice notice) {
    return (Map<?, ?>) ((List<?>) Message.of(notice, null).get("attachments")).get(0);
  }
}
