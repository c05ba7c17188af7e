package io.wgwhy.connectors.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Paste.Pasted;
import io.wgwhy.connectors.collect.output.Unread;
import java.util.List;
import org.junit.jupiter.api.Test;

class PasteTest {
  private static final double AT = 1795350600;

  private static final String SHOW =
      "interface: wg0\n  public key: <removed>\n  listening port: 51820\n\n"
          + "peer: xxxxxx=\n  allowed ips: 10.66.66.2/32\n";

  @Test
  void finds_prompts_and_their_hosts() {
    Pasted pasted =
        Paste.read(
            "root@srv:~# wg show\n"
                + SHOW
                + "root@srv:~# cat /proc/sys/net/ipv4/ip_forward\n0\n"
                + "[me@laptop ~]$ sudo wg show\n"
                + SHOW
                + "[me@laptop ~]$ \n",
            "",
            AT);
    assertThat(pasted.unread()).isEmpty();
    assertThat(pasted.pieces())
        .extracting(piece -> piece.observation().host() + ": " + piece.observation().command())
        .containsExactly(
            "srv: wg show", "srv: cat /proc/sys/net/ipv4/ip_forward", "laptop: sudo wg show");
    assertThat(pasted.pieces()).extracting(Paste.Piece::offset).containsExactly(1, 8, 10);
  }

  @Test
  void a_host_that_was_given_counts_more_than_the_prompts() {
    Pasted pasted = Paste.read("root@localhost:~# wg show\n" + SHOW, "server", AT);
    assertThat(pasted.pieces())
        .singleElement()
        .matches(p -> p.observation().host().equals("server"));
  }

  @Test
  void bare_prompts_count_when_a_known_command_follows() {
    Pasted pasted =
        Paste.read(
            "# wg show\n"
                + SHOW
                + "$ uname -a\n/app # cat /etc/wireguard/wg0.conf\n"
                + "[Interface]\n# wg is my favourite\n# PrivateKey = old\nListenPort = 51820\n",
            "srv",
            AT);
    assertThat(pasted.unread()).isEmpty();
    assertThat(pasted.pieces())
        .extracting(piece -> piece.observation().command())
        .containsExactly("wg show", "cat /etc/wireguard/wg0.conf");
    assertThat(pasted.pieces().get(1).observation().output()).contains("ListenPort");
  }

  @Test
  void another_output_below_a_commands_own_is_its_own_piece() {
    Pasted pasted =
        Paste.read("# tcpdump -ni eth0 udp port 51820\n0 packets captured\n\n" + SHOW, "srv", AT);
    assertThat(pasted.unread()).isEmpty();
    assertThat(pasted.pieces())
        .extracting(piece -> piece.observation().command())
        .containsExactly("tcpdump -ni eth0 udp port 51820", "");
    assertThat(pasted.pieces()).extracting(Paste.Piece::offset).containsExactly(1, 3);
    assertThat(pasted.pieces().get(1).observation().output()).startsWith(SHOW);
  }

  @Test
  void outputs_joined_without_any_prompt_are_told_apart_by_paragraphs() {
    Pasted pasted =
        Paste.read(
            "USING_UFW=0\nVPN=wireguard\n\n-P POSTROUTING ACCEPT\n-A POSTROUTING -s 10.6.0.0/24 -o eth0 -j MASQUERADE\n\n"
                + "default via 192.168.1.1 dev wlan0 proto dhcp\n192.168.1.0/24 dev wlan0 proto kernel scope link\n",
            "srv",
            AT);
    assertThat(pasted.pieces()).extracting(Paste.Piece::offset).containsExactly(3, 6);
    assertThat(pasted.unread()).extracting(Unread::line).containsExactly(1);
  }

  @Test
  void paragraphs_of_one_output_stay_together() {
    String config =
        "[Interface]\nListenPort = 51820\n\n# wg show says nothing\n\n[Peer]\nAllowedIPs = 10.66.66.2/32\n";
    for (String output :
        List.of(
            "$ cat /etc/wireguard/wg0.conf\n" + config, "$ journalctl\n" + SHOW + "\n" + config)) {
      assertThat(Paste.read(output, "srv", AT).pieces()).hasSize(1);
    }
  }

  @Test
  void without_prompts_the_content_tells() {
    Pasted pasted =
        Paste.read(
            "It does not work!\n\n```\n"
                + SHOW
                + "```\nserver config:\n\n```\n[Interface]\nListenPort = 51820\n\n[Peer]\nAllowedIPs = 10.66.66.2/32\n```\n\n"
                + "[#] ip link add wg0 type wireguard\nRTNETLINK answers: Operation not supported\n",
            "srv",
            AT);
    assertThat(pasted.pieces()).hasSize(3);
    assertThat(pasted.pieces()).extracting(Paste.Piece::offset).containsExactly(3, 13, 20);
    assertThat(pasted.unread()).extracting(Unread::line).containsExactly(1, 11);
  }

  @Test
  void one_kind_is_one_observation() {
    Pasted pasted = Paste.read(SHOW + "\npeer: yyyy=\n  allowed ips: (none)\n", "srv", AT);
    assertThat(pasted.pieces()).hasSize(1);
    assertThat(pasted.pieces().get(0).offset()).isZero();
  }

  @Test
  void nothing_is_nothing() {
    assertThat(Paste.read("", "srv", AT).pieces()).isEmpty();
    assertThat(Paste.read("\n \n", "srv", AT).unread()).isEmpty();
    assertThat(Paste.read("hello\n", "srv", AT).unread()).hasSize(1);
  }
}
