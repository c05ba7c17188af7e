package io.wgwhy.engine.stream;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Kafka's clients, and one of their producers ends this process on the spot, as {@code kill -9}
 * would, at a point of a transaction that {@code -Dhalt.at} names: {@code before-commit:3} is the
 * third time that it is about to commit.
 */
public final class HaltingClients extends DefaultKafkaClientSupplier {

  /** What a process that halted so exits with, as one that was killed. */
  static final int KILLED = 137;

  private static final AtomicInteger LEFT = new AtomicInteger(times());

  /** Between them nothing happens that another could see. */
  enum Point {
    AFTER_BEGIN("beginTransaction", ""),
    BEFORE_FINDING("send", ".findings"),
    AFTER_FINDING("send", ".findings"),
    BEFORE_DEAD_LETTER("send", ".dead-letters"),
    AFTER_DEAD_LETTER("send", ".dead-letters"),
    BEFORE_MEMORY("send", "-changelog"),
    AFTER_MEMORY("send", "-changelog"),
    BEFORE_OFFSETS("sendOffsetsToTransaction", ""),
    AFTER_OFFSETS("sendOffsetsToTransaction", ""),
    BEFORE_COMMIT("commitTransaction", ""),
    AFTER_COMMIT("commitTransaction", "");

    private final String method;
    private final String topic;

    Point(String method, String topic) {
      this.method = method;
      this.topic = topic;
    }

    /** As in {@code -Dhalt.at}. */
    String at(int time) {
      return name() + ":" + time;
    }

    boolean isBefore() {
      return name().startsWith("BEFORE");
    }

    private boolean isReached(Method called, Object[] arguments) {
      return called.getName().equals(method)
          && (topic.isEmpty()
              || arguments[0] instanceof ProducerRecord<?, ?> record
                  && record.topic().endsWith(topic));
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    var producer = super.getProducer(config);
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Producer.class},
            (proxy, method, arguments) -> call(producer, method, arguments));
  }

  private static Object call(Object producer, Method method, Object[] arguments) throws Throwable {
    Point point = Point.valueOf(System.getProperty("halt.at").split(":")[0]);
    boolean reached = point.isReached(method, arguments);
    if (reached && point.isBefore()) {
      haltIfItIsTime();
    }
    boolean sends = reached && !point.isBefore() && method.getName().equals("send");
    try {
      Object result = method.invoke(producer, sends ? haltingOnceItStands(arguments) : arguments);
      if (reached && !point.isBefore() && !sends) {
        haltIfItIsTime();
      }
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Halts when the broker says that the record stands in its log. */
  private static Object[] haltingOnceItStands(Object[] arguments) {
    Object[] changed = Arrays.copyOf(arguments, 2);
    changed[1] =
        (Callback)
            (metadata, failure) -> {
              if (failure == null) {
                haltIfItIsTime();
              }
              if (arguments.length > 1 && arguments[1] instanceof Callback callback) {
                callback.onCompletion(metadata, failure);
              }
            };
    return changed;
  }

  private static void haltIfItIsTime() {
    if (LEFT.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(KILLED);
    }
  }

  private static int times() {
    return Integer.parseInt(System.getProperty("halt.at").split(":")[1]);
  }
}
