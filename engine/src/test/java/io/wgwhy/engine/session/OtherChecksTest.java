package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.capture;
import static io.wgwhy.engine.session.Lab.config;
import static io.wgwhy.engine.session.Lab.flow;
import static io.wgwhy.engine.session.Lab.iface;
import static io.wgwhy.engine.session.Lab.onClient;
import static io.wgwhy.engine.session.Lab.onServer;
import static io.wgwhy.engine.session.Lab.section;
import static io.wgwhy.facts.Answer.NO;
import static io.wgwhy.facts.Answer.UNKNOWN;
import static io.wgwhy.facts.Answer.YES;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.UdpSockets;
import io.wgwhy.facts.WgLog;
import io.wgwhy.facts.tunnel.KeyHolders;
import io.wgwhy.facts.tunnel.LogSays;
import io.wgwhy.facts.tunnel.PortOwner;
import io.wgwhy.facts.tunnel.Role;
import io.wgwhy.facts.tunnel.Translation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ports, keys, NAT and logs. */
class OtherChecksTest {

  // Who has the port.

  @Test
  void a_part_of_the_sockets_shows_who_has_the_port_but_not_that_nobody_has() {
    assertThat(partly(new UdpSockets.UdpSocket("*", 51820, "socat")).foreign()).isEqualTo(YES);
    assertThat(partly(new UdpSockets.UdpSocket("*", 53, "dnsmasq"))).isNull();
  }

  private static PortOwner partly(UdpSockets.UdpSocket... sockets) {
    UdpSockets some = new UdpSockets("srv", Lab.ms(1), List.of(sockets), NO);
    return OtherChecks.portOwner(Lab.scene(onClient(), onServer(), some), Role.RESPONDER);
  }

  private static PortOwner owner(UdpSockets.UdpSocket... sockets) {
    return OtherChecks.portOwner(
        Lab.scene(onClient(), onServer(), new UdpSockets("srv", Lab.ms(1), List.of(sockets))),
        Role.RESPONDER);
  }

  @Test
  void the_kernel_modules_socket_has_no_process() {
    PortOwner owner = owner(new UdpSockets.UdpSocket("*", 51820, null));
    assertThat(owner.taken()).isEqualTo(YES);
    assertThat(owner.foreign()).isEqualTo(NO);
  }

  @Test
  void userspace_wireguard_is_not_foreign() {
    assertThat(owner(new UdpSockets.UdpSocket("*", 51820, "wireguard-go")).foreign()).isEqualTo(NO);
    assertThat(owner(new UdpSockets.UdpSocket("*", 51820, "boringtun-cli")).foreign())
        .isEqualTo(NO);
  }

  @Test
  void another_program_is_foreign() {
    PortOwner owner = owner(new UdpSockets.UdpSocket("*", 51820, "socat"));
    assertThat(owner.foreign()).isEqualTo(YES);
    assertThat(owner.process()).isEqualTo("socat");
  }

  @Test
  void a_port_that_nobody_has_is_free() {
    assertThat(owner(new UdpSockets.UdpSocket("*", 53, "dnsmasq")).taken()).isEqualTo(NO);
  }

  @Test
  void the_configured_port_is_asked_for_where_the_interface_took_another() {
    Scene scene =
        Lab.scene(
            onClient(),
            onServer(),
            config("srv", 0, Lab.S, 51999, List.of(), section(Lab.C, null, null)),
            new UdpSockets("srv", Lab.ms(1), List.of(new UdpSockets.UdpSocket("*", 51999, "nc"))));
    assertThat(OtherChecks.portOwner(scene, Role.RESPONDER).foreign()).isEqualTo(YES);
  }

  @Test
  void nobody_looked_at_the_sockets() {
    assertThat(OtherChecks.portOwner(Lab.scene(onClient(), onServer()), Role.RESPONDER)).isNull();
  }

  // Keys.

  private static KeyHolders keys(Object... seen) {
    return OtherChecks.keyHolders(Lab.scene(seen));
  }

  @Test
  void preshared_keys_are_compared_as_far_as_may_be() {
    PresharedKey one = new PresharedKey(YES, "aaaa");
    PresharedKey two = new PresharedKey(YES, "bbbb");
    assertThat(keys(onClient(), onServer()).presharedKeysEqual()).isEqualTo(YES);
    assertThat(keys(onClient().psk(one), onServer()).presharedKeysEqual()).isEqualTo(NO);
    assertThat(keys(onClient().psk(one), onServer().psk(two)).presharedKeysEqual()).isEqualTo(NO);
    assertThat(keys(onClient().psk(one), onServer().psk(one)).presharedKeysEqual()).isEqualTo(YES);
    assertThat(keys(onClient().psk(PresharedKey.PRESENT), onServer().psk(one)).presharedKeysEqual())
        .isEqualTo(UNKNOWN);
    assertThat(keys(onClient().psk(one)).presharedKeysEqual()).isEqualTo(UNKNOWN);
  }

  @Test
  void a_third_host_with_the_initiators_key_is_named() {
    assertThat(keys(onClient(), onServer(), iface("twin", 0, Lab.C, 50000)).initiatorKeyElsewhere())
        .isEqualTo("twin");
    assertThat(
            keys(onClient(), onServer(), iface("twin", 0, "D-key", 50000)).initiatorKeyElsewhere())
        .isEmpty();
  }

  @Test
  void an_own_key_as_peer_is_seen() {
    Scene scene = Lab.scene(new PeerSeen("cli", Lab.C).endpoint(Lab.SERVER));
    assertThat(OtherChecks.keyHolders(scene).ownKeyAsPeer()).isEqualTo(YES);
    assertThat(keys(onClient(), onServer()).ownKeyAsPeer()).isEqualTo(NO);
  }

  private static Object data(double at, String... sources) {
    return capture(
        "srv",
        at,
        Direction.IN,
        java.util.Arrays.stream(sources)
            .map(it -> flow(Direction.IN, MessageType.DATA, it, Lab.SERVER, 5))
            .toArray(io.wgwhy.facts.Capture.Flow[]::new));
  }

  @Test
  void data_from_two_addresses_in_several_windows_is_two_sources() {
    String one = "192.0.2.2:40000";
    String two = "192.0.2.3:50000";
    assertThat(keys(onClient(), onServer(), data(5, one, two), data(10, one, two)).twoSources())
        .isEqualTo(YES);
    assertThat(keys(onClient(), onServer(), data(5, one), data(10, one, two)).twoSources())
        .as("a peer that moved")
        .isEqualTo(NO);
    assertThat(keys(onClient(), onServer()).twoSources()).isEqualTo(UNKNOWN);
  }

  @Test
  void another_peers_data_is_no_second_source() {
    java.util.ArrayList<io.wgwhy.facts.Fact> all = new java.util.ArrayList<>(Lab.setUp());
    all.addAll(
        Lab.facts(
            onClient(),
            onServer(),
            new PeerSeen("srv", "D-key").endpoint("192.0.2.3:50000"),
            data(5, "192.0.2.2:40000", "192.0.2.3:50000"),
            data(10, "192.0.2.2:40000", "192.0.2.3:50000")));
    Memory memory = Lab.memory(all);
    Scene scene = Scene.of(memory, Pairing.of(memory).get(0));
    assertThat(scene.tunnel().id()).isEqualTo(Lab.C + "~" + Lab.S);
    assertThat(OtherChecks.keyHolders(scene).twoSources()).isEqualTo(NO);
  }

  // NAT.

  private static Translation translation(Object... seen) {
    return OtherChecks.translation(Lab.scene(seen));
  }

  @Test
  void an_initiator_that_is_seen_under_another_address_is_behind_nat() {
    assertThat(
            translation(onClient(), onServer().endpoint("198.51.100.1:40000")).initiatorBehindNat())
        .isEqualTo(YES);
    assertThat(translation(onClient(), onServer().endpoint("192.0.2.2:40000")).initiatorBehindNat())
        .isEqualTo(NO);
    assertThat(translation(onClient(), onServer()).initiatorBehindNat()).isEqualTo(UNKNOWN);
  }

  @Test
  void keepalives_are_on_off_or_unknown() {
    assertThat(translation(onClient().keepalive(25), onServer()).initiatorKeepsAlive())
        .isEqualTo(YES);
    assertThat(translation(onClient(), onServer()).initiatorKeepsAlive()).isEqualTo(NO);
    assertThat(
            translation(onServer().endpoint("192.0.2.2:40000").counts(180, 92))
                .initiatorKeepsAlive())
        .isEqualTo(UNKNOWN);
  }

  // Logs.

  private static List<LogSays> logs(WgLog.Entry... entries) {
    return OtherChecks.logs(
        Lab.scene(
            Lab.asksInVain(60), onServer().at(60), new WgLog("srv", Lab.ms(60), List.of(entries))));
  }

  private static WgLog.Entry line(WgLog.Meaning meaning, String peer, Double at) {
    return new WgLog.Entry(meaning, peer, null, 3, at == null ? null : Long.valueOf(Lab.ms(at)));
  }

  @Test
  void lines_of_this_peer_or_of_nobody_count() {
    assertThat(
            logs(
                line(WgLog.Meaning.INVALID_MAC, null, 50.0),
                line(WgLog.Meaning.HANDSHAKE_REPLAY, "C-ke", 50.0),
                line(WgLog.Meaning.GAVE_UP, "D-ke", 50.0)))
        .extracting(LogSays::meaning)
        .containsExactly(WgLog.Meaning.INVALID_MAC, WgLog.Meaning.HANDSHAKE_REPLAY);
  }

  @Test
  void lines_from_before_the_trouble_do_not_count() {
    assertThat(logs(line(WgLog.Meaning.INVALID_MAC, null, -600.0))).isEmpty();
    assertThat(logs(line(WgLog.Meaning.INVALID_MAC, null, null))).hasSize(1);
  }

  // A port that is held for somebody else.

  @Test
  void a_program_that_passes_packets_on_may_stand_for_wireguard() {
    for (String process : List.of("docker-proxy", "rootlessport", "pasta.avx2", "tailscaled")) {
      PortOwner owner = owner(new UdpSockets.UdpSocket("*", 51820, process));
      assertThat(owner.foreign()).as(process).isEqualTo(UNKNOWN);
      assertThat(owner.process()).isEqualTo(process);
    }
  }

  @Test
  void beside_one_that_passes_packets_on_another_program_is_foreign() {
    PortOwner owner =
        owner(
            new UdpSockets.UdpSocket("192.0.2.1", 51820, "docker-proxy"),
            new UdpSockets.UdpSocket("*", 51820, "socat"));
    assertThat(owner.foreign()).isEqualTo(YES);
    assertThat(owner.process()).isEqualTo("socat");
  }

  // Whether a key is used twice.

  private static final Object[] BOTH_ENDS = {
    onClient().at(0).handshake(-5),
    onClient().at(60).handshake(-5),
    onServer().at(60).endpoint("192.0.2.2:40000").handshake(-5)
  };

  private static Answer inUse(Object... twin) {
    KeyHolders keys = keys(List.of(BOTH_ENDS), List.of(twin));
    assertThat(keys.initiatorKeyElsewhere()).isEqualTo("twin");
    return keys.elsewhereInUse();
  }

  private static PeerSeen onTwin() {
    return new PeerSeen("twin", Lab.S).endpoint(Lab.SERVER).allowed("10.66.66.0/24");
  }

  @Test
  void another_host_that_has_a_session_by_the_key_meanwhile_uses_it() {
    assertThat(inUse(iface("twin", 0, Lab.C, 50000), onTwin().at(30).handshake(10))).isEqualTo(YES);
  }

  @Test
  void a_copy_of_the_file_is_not_used() {
    assertThat(inUse(config("twin", 30, Lab.C, null, List.of(), section(Lab.S, null, 25))))
        .isEqualTo(NO);
  }

  @Test
  void a_host_without_a_session_of_its_own_does_not_use_it() {
    assertThat(inUse(iface("twin", 0, Lab.C, 50000), onTwin().at(30).never())).isEqualTo(NO);
    assertThat(inUse(iface("twin", 0, Lab.C, 50000), onTwin().at(30).handshake(-160)))
        .as("one that is over")
        .isEqualTo(NO);
  }

  @Test
  void a_host_that_went_away_does_not_use_it() {
    Object[] seen = {iface("twin", 0, Lab.C, 50000), onTwin().at(30).handshake(10)};
    assertThat(inUse(List.of(seen), Lab.heartbeat("twin", 31, true))).isEqualTo(NO);
    assertThat(inUse(List.of(seen), Lab.heartbeat("twin", 40, false))).isEqualTo(YES);
    assertThat(
            inUse(List.of(seen), Lab.heartbeat("twin", 40, false), onClient().at(90).handshake(-5)))
        .as("it did not take its leave, and is silent")
        .isEqualTo(NO);
  }

  @Test
  void the_name_that_a_host_had_before_does_not_use_it() {
    assertThat(inUse(iface("twin", -20, Lab.C, 50000), onTwin().at(-10).handshake(-20)))
        .isEqualTo(NO);
  }
}
