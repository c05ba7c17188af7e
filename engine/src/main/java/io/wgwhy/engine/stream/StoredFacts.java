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

  private StoredFacts() {}

  static byte[] bytes(List<Fact> samples) {
    var bytes = new ByteArrayOutputStream(samples.size() * USUAL_FACT_BYTES);
    samples.forEach(sample -> add(bytes, Json.bytes(sample)));
    return bytes.toByteArray();
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
        var source = new Source(network.tenant().facts(), partition, offset, key, value);
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
