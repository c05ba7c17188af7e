package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is read beside a fact that is known is what is read as JSON, or it is not read so at all.
 */
class FamiliarTest {
  private static final WgPeer PEER =
      new WgPeer(
          "srv",
          1_700_000_000_000L,
          "wg0",
          "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXowMTIzNDU=",
          3,
          new PresharedKey(Answer.YES, "k1:0123abcd"),
          new Endpoint("2001:db8::7", 51820),
          Answer.YES,
          List.of("10.0.0.7/32", "2001:db8:1::7/128"),
          1_700_000_000L - 40,
          40L,
          1_000L,
          2_000L,
          25);

  private static final WgInterface IFACE =
      new WgInterface("srv", PEER.at(), "wg0", PEER.publicKey(), 51820, 0);

  private static final WgInventory INVENTORY =
      new WgInventory(
          "srv",
          PEER.at(),
          List.of(
              new WgInventory.Device("wg0", List.of("a=", "b=")),
              new WgInventory.Device("wg1", List.of())));

  static Stream<Recorded> recordings() {
    return Recorded.all();
  }

  /** Each sample of a real tunnel beside the one before it. */
  @ParameterizedTest
  @MethodSource("recordings")
  void samples_that_differ_in_numbers_are_familiar(Recorded recording) {
    for (List<Fact> samples : series(recording)) {
      for (int i = 1; i < samples.size(); i++) {
        Fact known = samples.get(i - 1);
        Fact next = samples.get(i);
        if (saysTheSame(known, next)) {
          assertThat(Familiar.read(Json.bytes(next), known)).isEqualTo(next);
        }
      }
    }
  }

  private static Collection<List<Fact>> series(Recorded recording) {
    return recording.facts().stream().collect(Collectors.groupingBy(Fact::identity)).values();
  }

  private static boolean saysTheSame(Fact known, Fact next) {
    return known instanceof WgPeer one
        ? next instanceof WgPeer other && PeerSamples.differInNumbersOnly(one, other)
        : (known instanceof WgInterface || known instanceof WgInventory)
            && next.equals(Repeated.at(known, next.at()));
  }

  /** Whatever follows whatever, as when the guess was wrong. */
  @ParameterizedTest
  @MethodSource("recordings")
  void nothing_is_taken_for_what_it_is_not(Recorded recording) throws IOException {
    List<Fact> facts = recording.facts().stream().distinct().limit(150).toList();
    for (Fact known : facts) {
      for (Fact next : facts) {
        Fact read = Familiar.read(Json.bytes(next), known);
        assertThat(read == null || read.equals(next)).isTrue();
      }
    }
  }

  @Test
  void a_record_spoilt_in_any_place_is_left_to_who_reads_json_or_read_alike() {
    for (Fact known : List.of(PEER, IFACE, INVENTORY)) {
      byte[] good = Json.bytes(known);
      assertThat(Familiar.read(good, known)).isEqualTo(known);
      for (int i = 0; i < good.length; i++) {
        for (byte letter : "\"\\,:{}[]0129-+.eE nN\0\u007f\u00fc".getBytes(UTF_8)) {
          byte[] spoilt = good.clone();
          spoilt[i] = letter;
          requireAlike(spoilt, known);
        }
        requireAlike(Arrays.copyOf(good, i), known);
      }
    }
  }

  @Test
  void so_are_records_spoilt_as_senders_spoil_them() {
    List<Fact> facts = List.of(PEER, IFACE, INVENTORY);
    var mutations = new Mutations(new Random(1), facts.stream().map(Json::bytes).toList());
    for (int i = 0; i < 20_000; i++) {
      byte[] spoilt = mutations.next();
      if (spoilt != null) {
        facts.forEach(known -> requireAlike(spoilt, known));
      }
    }
  }

  private static void requireAlike(byte[] json, Fact known) {
    Fact read = Familiar.read(json, known);
    if (read != null) {
      assertThat(read).isEqualTo(asJson(json));
    }
  }

  private static Object asJson(byte[] json) {
    try {
      return Json.fact(json);
    } catch (IOException e) {
      return e;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01",
        "-",
        "-01",
        "--1",
        "1.0",
        "1e3",
        "null",
        "\"1\"",
        "9223372036854775808",
        "",
        " 1"
      })
  void what_is_no_plain_number_is_left_to_who_reads_json(String number) {
    String json = new String(Json.bytes(PEER), UTF_8);
    String spoilt = json.replace("\"rxBytes\":1000", "\"rxBytes\":" + number);
    assertThat(spoilt).isNotEqualTo(json);
    assertThat(Familiar.read(spoilt.getBytes(UTF_8), PEER)).isNull();
  }

  /** Of a handshake that is said to be yet to come: a clock was put back. */
  @Test
  void numbers_below_nothing() {
    WgPeer ahead = withNumbers(PEER, PEER.at(), 1L, -86_390L, 1L, 1L);
    assertThat(Familiar.read(Json.bytes(ahead), PEER)).isEqualTo(ahead);
  }

  @Test
  void numbers_that_come_and_go() {
    WgPeer silent = withNumbers(PEER, PEER.at() + 5_000, null, null, null, null);
    assertThat(Familiar.read(Json.bytes(silent), PEER)).isEqualTo(silent);
    assertThat(Familiar.read(Json.bytes(PEER), silent)).isEqualTo(PEER);
    WgPeer largest =
        withNumbers(PEER, PEER.at(), 0L, 0L, 999_999_999_999_999_999L, 999_999_999_999_999_999L);
    assertThat(Familiar.read(Json.bytes(largest), PEER)).isEqualTo(largest);
    WgPeer larger = withNumbers(PEER, PEER.at(), 0L, 0L, Long.MAX_VALUE, 0L);
    assertThat(Familiar.read(Json.bytes(larger), PEER)).isNull();
  }

  private static WgPeer withNumbers(
      WgPeer it, long at, Long handshake, Long age, Long received, Long sent) {
    return new WgPeer(
        it.host(),
        at,
        it.iface(),
        it.publicKey(),
        it.ordinal(),
        it.presharedKey(),
        it.endpoint(),
        it.hasEndpoint(),
        it.allowedIps(),
        handshake,
        age,
        received,
        sent,
        it.keepalive());
  }

  /** What is not known of a peer is not in its record. */
  @Test
  void a_peer_of_which_little_is_known() {
    var known =
        new WgPeer(
            "srv",
            PEER.at(),
            "wg0",
            null,
            0,
            PresharedKey.UNKNOWN,
            null,
            Answer.UNKNOWN,
            null,
            null,
            null,
            null,
            null,
            null);
    WgPeer next = withNumbers(known, PEER.at() + 1, null, null, 7L, null);
    assertThat(Familiar.read(Json.bytes(next), known)).isEqualTo(next);
    assertThat(Familiar.read(Json.bytes(PEER), known)).isNull();
    assertThat(Familiar.read(Json.bytes(known), PEER)).isNull();
  }

  @Test
  void it_has_the_texts_of_the_one_that_is_known() {
    WgPeer next = withNumbers(PEER, PEER.at() + 5_000, PEER.latestHandshake(), 45L, 1_100L, 2_000L);
    WgPeer read = (WgPeer) Familiar.read(Json.bytes(next), PEER);
    assertThat(read.publicKey()).isSameAs(PEER.publicKey());
    assertThat(read.endpoint()).isSameAs(PEER.endpoint());
    assertThat(read.allowedIps()).isSameAs(PEER.allowedIps());
    assertThat(read.txBytes()).isSameAs(PEER.txBytes());
  }

  /** JSON writes some letters in another way, or in several bytes. */
  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "a\\b", "a\nb", "B\u00fcro", "\ud83d\ude00", "a\u007f"})
  void names_with_other_letters_are_left_to_who_reads_json(String name) {
    var known = new WgInterface(name, PEER.at(), "wg0", null, 1, null);
    assertThat(Familiar.read(Json.bytes(known), known)).isNull();
    assertThat(asJson(Json.bytes(known))).isEqualTo(known);
  }

  @Test
  void another_order_of_names_is_left_to_who_reads_json() {
    String json = "{\"host\":\"srv\",\"kind\":\"wg-interface\",\"at\":1,\"name\":\"wg0\"}";
    var known = new WgInterface("srv", 1, "wg0", null, null, null);
    assertThat(Familiar.read(json.getBytes(UTF_8), known)).isNull();
    assertThat(asJson(json.getBytes(UTF_8))).isEqualTo(known);
  }

  /** The door refuses what is familiar as it refuses all else. */
  @ParameterizedTest
  @ValueSource(longs = {0, 32_503_680_000_001L})
  void what_has_no_time_is_refused(long at) {
    byte[] json = Json.bytes(withNumbers(PEER, at, 1L, 1L, 1L, 1L));
    assertThat(Familiar.read(json, PEER)).isNotNull();
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> arrival(json))
        .satisfies(it -> assertThat(it.refusal()).isEqualTo(Refusal.NO_TIME));
  }

  @Test
  void the_door_reads_what_is_familiar() throws Refused {
    WgPeer next = withNumbers(PEER, PEER.at() + 5_000, 1L, 1L, 1L, 1L);
    Arrival arrival = arrival(Json.bytes(next));
    assertThat(arrival.fact()).isEqualTo(next);
    assertThat(((WgPeer) arrival.fact()).publicKey()).isSameAs(PEER.publicKey());
  }

  private static Arrival arrival(byte[] json) throws Refused {
    Tenant tenant = new Tenant("acme");
    var source = new Source(tenant.facts(), 0, 1, 0, "net".getBytes(UTF_8), json);
    return Intake.read(tenant, source, new RecordHeaders(), null, any -> PEER);
  }
}
