package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WgPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How several facts are one value of a store: one after the other, its length before each. */
final class StoredFacts {
  private static final Logger log = LoggerFactory.getLogger(StoredFacts.class);

  /** About a peer's. */
  private static final int USUAL_FACT_BYTES = 400;

  /** A peer's sample beside the one before it. */
  private static final int USUAL_SAMPLE_BYTES = 20;

  /** Instead of a length: the length of a fact follows that is no sample, and that fact. */
  private static final int LIKE = -1;

  /** Instead of a length: how a sample differs from the one before it. */
  private static final int DIFFERS = -2;

  /** Instead of a length: what the journal calls these samples follows, and which it is of. */
  private static final int NUMBERED = -3;

  private static final int HEADER_BYTES = 2 * Integer.BYTES + Long.BYTES;

  private static final byte[] NOTHING = {};

  private StoredFacts() {}

  /**
   * Samples as they are stored.
   *
   * @param basis what the next writing of the same samples needs to know of this one
   */
  @SuppressWarnings("ArrayRecordComponent") // Bytes pass through; nobody compares them.
  record Stored(byte[] bytes, List<Fact> basis) {}

  /**
   * The samples as bytes. Most of them stood there before: what has not changed is copied; of a
   * peer, only the numbers are written that differ from sample to sample.
   *
   * @param before the basis of the last writing; empty if there was none
   * @param written what that wrote; null if there was none
   */
  static Stored stored(List<Fact> samples, List<Fact> before, byte @Nullable [] written) {
    return samples.get(0) instanceof WgPeer first
        ? peers(first, samples, before, written)
        : new Stored(bytes(samples, before, written), samples);
  }

  /** By what number a {@link Journal} calls samples, and up to which of its records they go. */
  record Place(int number, long upTo) {}

  static byte[] numbered(Place as, byte[] bytes) {
    return ByteBuffer.allocate(HEADER_BYTES + bytes.length)
        .putInt(NUMBERED)
        .putInt(as.number())
        .putLong(as.upTo())
        .put(bytes)
        .array();
  }

  /** Null when an earlier version wrote it. */
  static @Nullable Place number(byte[] bytes) {
    var rest = ByteBuffer.wrap(bytes);
    return bytes.length < HEADER_BYTES || rest.getInt() != NUMBERED
        ? null
        : new Place(rest.getInt(), rest.getLong());
  }

  /**
   * What all samples of a peer are written beside; null when it cannot be read, or is no peer's.
   */
  static @Nullable Fact like(byte[] bytes) {
    var rest = ByteBuffer.wrap(withoutNumber(bytes));
    return rest.remaining() < Integer.BYTES || rest.getInt() != LIKE ? null : read(next(rest));
  }

  static byte[] withoutNumber(byte[] bytes) {
    return number(bytes) == null ? bytes : Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length);
  }

  /** First a peer that the samples are like, then how each differs from the one before it. */
  private static Stored peers(
      WgPeer first, List<Fact> samples, List<Fact> before, byte @Nullable [] written) {
    var bytes = new ByteArrayOutputStream(USUAL_FACT_BYTES + samples.size() * USUAL_SAMPLE_BYTES);
    bytes.writeBytes(marker(LIKE));
    WgPeer like = first;
    if (written != null
        && before.get(0) instanceof WgPeer known
        && PeerSamples.differInNumbersOnly(known, first)) {
      like = known;
      var rest = ByteBuffer.wrap(written);
      rest.getInt();
      add(bytes, next(rest));
    } else {
      add(bytes, Json.bytes(first));
    }
    WgPeer last = like;
    var difference = ByteBuffer.allocate(PeerSamples.MOST_BYTES);
    for (Fact sample : samples) {
      WgPeer peer = (WgPeer) sample;
      if (PeerSamples.differInNumbersOnly(last, peer)) {
        bytes.writeBytes(marker(DIFFERS));
        PeerSamples.write(difference.clear(), last, peer);
        bytes.write(difference.array(), 0, difference.position());
      } else {
        add(bytes, Json.bytes(peer));
      }
      last = peer;
    }
    return new Stored(bytes.toByteArray(), List.of(like));
  }

  private static byte[] bytes(List<Fact> samples, List<Fact> before, byte @Nullable [] written) {
    var bytes = new ByteArrayOutputStream(samples.size() * USUAL_FACT_BYTES);
    var rest = ByteBuffer.wrap(written == null ? NOTHING : written);
    int old = 0;
    for (Fact sample : samples) {
      int found = written == null ? -1 : indexOfSame(before, old, sample);
      if (found < 0) {
        add(bytes, Json.bytes(sample));
      } else {
        for (; old < found; old++) {
          int length = rest.getInt();
          rest.position(rest.position() + length);
        }
        add(bytes, next(rest));
        old++;
      }
    }
    return bytes.toByteArray();
  }

  @SuppressWarnings("ReferenceEquality") // Equal is not enough to know where it stands.
  private static int indexOfSame(List<Fact> facts, int from, Fact wanted) {
    for (int i = from; i < facts.size(); i++) {
      if (facts.get(i) == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** What is stored; the same with and without number. */
  static List<Fact> samples(byte[] bytes) {
    var facts = new ArrayList<Fact>();
    var rest = ByteBuffer.wrap(bytes);
    if (number(bytes) != null) {
      rest.position(HEADER_BYTES);
    }
    Fact last = null;
    while (rest.hasRemaining()) {
      int length = rest.getInt();
      if (length == LIKE) {
        last = read(next(rest));
        continue;
      }
      if (length == DIFFERS) {
        if (!(last instanceof WgPeer before)) {
          // What it is like could not be read: nor can the rest.
          return facts;
        }
        last = PeerSamples.read(rest, before);
      } else {
        last = read(next(rest, length));
      }
      if (last != null) {
        facts.add(last);
      }
    }
    return facts;
  }

  /** The records as they came, and where from. */
  static byte[] momentBytes(List<Arrival> arrivals) {
    var bytes = new ByteArrayOutputStream(arrivals.size() * USUAL_FACT_BYTES);
    for (Arrival arrival : arrivals) {
      Source source = arrival.source();
      bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(source.offset()).array());
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(source.partition()).array());
      byte @Nullable [] value = source.value();
      add(bytes, value == null ? Json.bytes(arrival.fact()) : value);
    }
    return bytes.toByteArray();
  }

  static List<Arrival> moment(NetworkKey network, byte[] bytes) {
    var arrivals = new ArrayList<Arrival>();
    var rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      long offset = rest.getLong();
      int partition = rest.getInt();
      byte[] value = next(rest);
      Fact fact = read(value);
      if (fact != null) {
        byte[] key = network.network().getBytes(UTF_8);
        var source = new Source(network.tenant().facts(), partition, offset, 0, key, value);
        // The engine was away for a while: the rest may take some time to come.
        arrivals.add(new Arrival(network, fact, source, /* continues= */ true));
      }
    }
    return arrivals;
  }

  private static void add(ByteArrayOutputStream bytes, byte[] one) {
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(one.length).array());
    bytes.writeBytes(one);
  }

  private static byte[] marker(int marker) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(marker).array();
  }

  private static byte[] next(ByteBuffer rest) {
    return next(rest, rest.getInt());
  }

  private static byte[] next(ByteBuffer rest, int length) {
    byte[] one = new byte[length];
    rest.get(one);
    return one;
  }

  private static @Nullable Fact read(byte[] json) {
    try {
      return Json.fact(json);
    } catch (IOException e) {
      // An earlier version knew this kind; the facts that are known still count.
      log.warn("Forgot a fact that can no longer be read");
      return null;
    }
  }
}
