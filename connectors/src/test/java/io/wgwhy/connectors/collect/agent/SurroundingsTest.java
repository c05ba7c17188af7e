package io.wgwhy.connectors.collect.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Observation;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on a host, as it changes. */
class SurroundingsTest {
  @TempDir Path folder;

  @Test
  void what_a_name_means_is_asked_for_while_its_configuration_is_there() throws Exception {
    var surroundings = new Surroundings(folder);
    Path file = folder.resolve("wg0.conf");
    String text = "[Interface]\n[Peer]\nEndpoint = vpn.example.net:51820\n";
    Files.writeString(file, text);
    surroundings.note(
        new Parsers(Secrets.withTenantKey(new byte[32]))
            .parse(new Observation(0, "cli", "cat " + file, 0, text, null, null, null))
            .facts());
    assertThat(surroundings.endpointNames()).containsExactly("vpn.example.net");
    Files.delete(file);
    assertThat(surroundings.endpointNames()).isEmpty();
  }
}
