package io.wgwhy.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfTest {
  private static final Conf CONF =
      new Conf(
          Section.named("Interface").set("Address", "10.66.66.2/24").set("ListenPort", "51820"),
          List.of(Section.named("Peer").set("Endpoint", "203.0.113.10:51820")));

  @Test
  void reads_like_a_configuration_file() {
    assertThat(CONF.text())
        .isEqualTo(
            """
            [Interface]
            Address = 10.66.66.2/24
            ListenPort = 51820

            [Peer]
            Endpoint = 203.0.113.10:51820
            """);
  }

  @Test
  void a_change_stays_where_the_line_stood_and_leaves_the_original_alone() {
    Conf changed = CONF.set("Address", "10.66.66.22/24").peer(0, it -> it.remove("Endpoint"));
    assertThat(changed.text()).startsWith("[Interface]\nAddress = 10.66.66.22/24\nListenPort");
    assertThat(changed.text()).doesNotContain("Endpoint");
    assertThat(CONF.text()).contains("10.66.66.2/24", "Endpoint");
  }
}
