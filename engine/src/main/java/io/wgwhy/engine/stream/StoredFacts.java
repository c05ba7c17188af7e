package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.facts.Fact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How several facts are one value of a store: one after the other, its length before each. */
final class StoredFacts {
  private static final Logger log = LoggerFactory.getLogger(StoredFacts.class);

  /** About a peer's. */
  private static final int USUAL_FACT_BYTES = 400;

  private static final byte[] NOTHING = {};

  private StoredFacts() {}

  /**
   * The samples as bytes. Most of them stood there before: what has not changed is copied.
   *
   * @param before the samples that were written last, the very same objects
   * @param written what they were written as; null if they were not
   */
  static byte[] bytes(List<Fact> samples, List<Fact> before, byte @Nullable [] written) {
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

  static List<Fact> samples(byte[] bytes) {
    var facts = new ArrayList<Fact>();
    var rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      Fact fact = read(next(rest));
      if (fact != null) {
        facts.add(fact);
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

  private static byte[] next(ByteBuffer rest) {
    byte[] one = new byte[rest.getInt()];
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
