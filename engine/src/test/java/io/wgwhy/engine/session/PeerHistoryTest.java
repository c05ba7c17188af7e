package io.wgwhy.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.WgPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to the samples, they are those that a plain list would hold. */
class PeerHistoryTest {
  private static final long NOW = 1_795_000_000_000L;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void it_is_the_list_that_it_stands_for(int seed) {
    var random = new Random(seed);
    var plain = new ArrayList<Fact>(List.of(any(random, NOW)));
    PeerHistory packed = Objects.requireNonNull(PeerHistory.of(plain));
    for (int i = 1; i < 3_000; i++) {
      if (plain.size() > 1 && random.nextInt(2) == 0) {
        int place = random.nextInt(plain.size() - 1);
        assertThat(packed.remove(place)).isEqualTo(plain.remove(place));
      } else {
        WgPeer next = any(random, NOW + i * 5_000L);
        assertThat(packed.takes(next)).isTrue();
        packed.add(next);
        plain.add(next);
      }
      assertThat(packed).isEqualTo(plain);
      tellsOfTheSame(packed, random.nextInt(plain.size()), random.nextInt(plain.size()));
    }
    assertThat(PeerHistory.of(plain)).isEqualTo(plain);
  }

  private static void tellsOfTheSame(PeerHistory packed, int one, int other) {
    WgPeer a = packed.get(one);
    WgPeer b = packed.get(other);
    WgPeer now = packed.newest();
    assertThat(packed.at(one)).isEqualTo(a.at());
    assertThat(packed.sameHandshake(one, other))
        .isEqualTo(Objects.equals(a.latestHandshake(), b.latestHandshake()));
    assertThat(packed.sameReceived(one, other)).isEqualTo(Objects.equals(a.rxBytes(), b.rxBytes()));
    assertThat(packed.sameSent(one, other)).isEqualTo(Objects.equals(a.txBytes(), b.txBytes()));
    assertThat(packed.bothRose(one, 148))
        .isEqualTo(rose(a.rxBytes(), now.rxBytes()) && rose(a.txBytes(), now.txBytes()));
  }

  private static boolean rose(@Nullable Long before, @Nullable Long now) {
    return before != null && now != null && now - before > 148;
  }

  /** Which samples are kept must not hang on how they are kept. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void the_same_ones_are_left_out_of_it_as_of_a_list(int seed) {
    var random = new Random(seed);
    long at = NOW;
    var plain = new ArrayList<Fact>(List.of(few(random, at)));
    PeerHistory packed = Objects.requireNonNull(PeerHistory.of(plain));
    for (int i = 1; i < 2_000; i++) {
      at += 1_000 * (1 + random.nextInt(random.nextInt(20) == 0 ? 200 : 8));
      WgPeer next = few(random, at);
      packed.add(next);
      plain.add(next);
      SampleSeries.thinEnd(packed);
      SampleSeries.thinEnd(plain);
      assertThat(packed).isEqualTo(plain);
      SampleSeries.prune(packed);
      SampleSeries.prune(plain);
      assertThat(packed).isEqualTo(plain);
    }
    assertThat(plain).hasSizeGreaterThan(2);
  }

  /** Often what the one before said. */
  private static WgPeer few(Random random, long at) {
    return peer(
        at,
        (long) random.nextInt(2),
        random.nextInt(9) == 0 ? null : Long.valueOf(random.nextInt(2)));
  }

  @Test
  void more_than_numbers_is_not_taken() {
    PeerHistory packed = Objects.requireNonNull(PeerHistory.of(List.of(peer(NOW, 0L, 1L))));
    assertThat(packed.takes(at("203.0.113.9", peer(NOW + 1, 0L, 1L)))).isFalse();
    assertThat(PeerHistory.of(List.of(peer(NOW, 0L, 1L), at("203.0.113.9", peer(NOW, 0L, 1L)))))
        .isNull();
    assertThat(
            PeerHistory.of(
                List.of(
                    peer(NOW, 0L, 1L),
                    at("203.0.113.9", peer(NOW + 1, 0L, 1L)),
                    peer(NOW + 2, 0L, 1L))))
        .as("one in the midst")
        .isNull();
  }

  /** A clock that was set back by years; a handshake and counters that nobody believes. */
  @Test
  void numbers_that_do_not_fit_are_not_taken() {
    PeerHistory packed = Objects.requireNonNull(PeerHistory.of(List.of(peer(NOW, 0L, 1L))));
    assertThat(packed.takes(peer(NOW + (1L << 31), 0L, 1L))).isFalse();
    assertThat(packed.takes(peer(0, 0L, 1L))).isFalse();
    assertThat(packed.takes(peer(NOW, Long.MAX_VALUE, 1L))).isFalse();
    assertThat(packed.takes(peer(NOW, 0L, Long.MIN_VALUE))).isFalse();
    assertThat(packed.takes(peer(NOW, 0L, Long.MAX_VALUE))).isTrue();
    assertThat(PeerHistory.of(List.of(peer(NOW, Long.MIN_VALUE, 1L)))).isNull();
  }

  /** What is kept goes on as a plain list, and is packed again once what differed is left out. */
  @Test
  void who_moved_is_packed_again_once_the_old_place_is_forgotten() {
    var memory = new Memory();
    memory.accept(at("203.0.113.9", peer(NOW, 0L, 1L)));
    memory.accept(peer(NOW + 5_000, 0L, 2L));
    Kept kept = Objects.requireNonNull(memory.kept(peer(NOW, 0L, 1L)));
    assertThat(kept.isOfOnePlace()).isFalse();
    assertThat(kept.host().peersAt(new Endpoint("203.0.113.9", 51820))).isNotEmpty();
    for (int i = 2; i < 60; i++) {
      assertThat(memory.append(kept, peer(NOW + i * 5_000L, 0L, i + 1L))).isTrue();
    }
    assertThat(kept.isOfOnePlace()).isTrue();
    assertThat(kept.host().peersAt(new Endpoint("203.0.113.9", 51820))).isEmpty();
    assertThat(kept.host().peersAt(new Endpoint("198.51.100.1", 51820))).isNotEmpty();
  }

  private static WgPeer any(Random random, long at) {
    return peer(
        at,
        random.nextInt(3) == 0 ? null : Long.valueOf(random.nextInt(2) * (at / 1000 - 120)),
        random.nextInt(9) == 0 ? null : Long.valueOf(random.nextLong() >>> random.nextInt(60)));
  }

  private static WgPeer peer(long at, @Nullable Long handshake, @Nullable Long bytes) {
    return new WgPeer(
        "gw",
        at,
        "wg0",
        "key",
        0,
        PresharedKey.ABSENT,
        new Endpoint("198.51.100.1", 51820),
        Answer.YES,
        List.of("10.0.0.2/32"),
        handshake,
        handshake == null || handshake == 0 ? null : Long.valueOf(at / 1000 - handshake),
        bytes,
        bytes,
        25);
  }

  private static WgPeer at(String address, WgPeer it) {
    return new WgPeer(
        it.host(),
        it.at(),
        it.iface(),
        it.publicKey(),
        it.ordinal(),
        it.presharedKey(),
        new Endpoint(address, 51820),
        it.hasEndpoint(),
        it.allowedIps(),
        it.latestHandshake(),
        it.handshakeAge(),
        it.rxBytes(),
        it.txBytes(),
        it.keepalive());
  }
}
