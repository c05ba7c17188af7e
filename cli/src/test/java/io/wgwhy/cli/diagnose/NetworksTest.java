package io.wgwhy.cli.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.cli.diagnose.Networks.Name;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which files are reasoned about together. */
class NetworksTest {
  private static final long MINUTE = 60_000;
  private static final long DAY = 24 * 60 * MINUTE;

  @Test
  void one_recording_is_the_default_network() {
    assertThat(names(false, track("a", "srv", 0))).containsExactly("default/default");
  }

  @Test
  void other_hosts_at_the_same_time_are_the_other_end() {
    assertThat(names(false, track("a", "srv", 0), track("b", "cli", MINUTE)))
        .containsExactly("default/default");
  }

  @Test
  void the_same_host_twice_is_two_networks_called_after_their_files() {
    assertThat(names(false, track("a", "srv", 0), track("b", "srv", MINUTE)))
        .containsExactly("default/a", "default/b");
  }

  @Test
  void other_hosts_on_another_day_are_another_network() {
    assertThat(names(false, track("a", "srv", 0), track("a", "cli", DAY)))
        .containsExactly("default/a", "default/a-2");
  }

  @Test
  void together_is_together() {
    assertThat(names(true, track("a", "srv", 0), track("b", "srv", DAY)))
        .containsExactly("default/default");
  }

  @Test
  void what_names_its_network_stays_apart() {
    Networks networks = new Networks(true);
    networks.addRecording(track("a", "srv", 0));
    networks.add(new Name("acme", "office"), new Moment("cli", 0, List.of()));

    assertThat(networks.all())
        .containsOnlyKeys(new Name("default", "default"), new Name("acme", "office"));
  }

  @Test
  void pasted_outputs_belong_to_the_only_recording() {
    Networks networks = new Networks(false);
    networks.addRecording(track("a", "srv", 0));
    networks.addPasted(track("p", "srv", DAY));

    assertThat(networks.all()).containsOnlyKeys(new Name("default", "default"));
    assertThat(networks.all().values()).first().extracting(it -> it.moments().size()).isEqualTo(2);
  }

  @Test
  void several_files_are_replayed_in_order_of_time() {
    Networks networks = new Networks(false);
    networks.addRecording(track("a", "srv", MINUTE));
    networks.addRecording(track("b", "cli", 0));

    assertThat(networks.all().values())
        .first()
        .extracting(it -> it.moments().stream().map(Moment::host).toList())
        .isEqualTo(List.of("cli", "srv"));
  }

  private static List<String> names(boolean together, Track... tracks) {
    Networks networks = new Networks(together);
    List.of(tracks).forEach(networks::addRecording);
    return networks.all().keySet().stream().map(it -> it.tenant() + "/" + it.network()).toList();
  }

  private static Track track(String name, String host, long at) {
    Track track = new Track(name);
    track.add(new Moment(host, at, List.of()));
    return track;
  }
}
