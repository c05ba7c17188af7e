package io.wgwhy.engine.session;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Fact;
import io.wgwhy.rules.RuleBook;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever facts arrive, nothing breaks: every type, every component null that may be, numbers and
 * times beyond sense, texts that are no addresses.
 */
class AnythingTest {
  /** Rounds; more are run by hand with {@code -Danything=1000}. */
  private static final long SEEDS = Long.getLong("anything", 12);

  private static final RuleBook RULES = RuleBook.builtIn();

  /** Few, so that facts meet: the same hosts, interfaces, keys and addresses again and again. */
  private static final List<String> TEXTS =
      List.of(
          "cli",
          "srv",
          "wg0",
          "eth0",
          "lo",
          "any",
          "?",
          "",
          "C-key",
          "S-key",
          "10.66.66.1",
          "10.66.66.2/32",
          "10.66.66.0/24",
          "0.0.0.0/0",
          "203.0.113.10",
          "192.0.2.2",
          "2001:db8::1",
          "::/0",
          "fe80::1%eth0",
          "77.18.XXX.XXX",
          "vpn.example.org",
          "51820",
          "1-99999999999",
          "-",
          "10.0.0.1-",
          "main",
          "local",
          "51820",
          "filter",
          "nat",
          "inet",
          "ip",
          "ip6",
          "udp",
          "input",
          "#1",
          "a;b'c`$(d)\n\u0000\ud800");

  private static final List<Long> NUMBERS =
      List.of(
          0L,
          1L,
          -1L,
          92L,
          148L,
          180L,
          296L,
          1_480L,
          51_820L,
          65_536L,
          (long) Integer.MAX_VALUE,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          1L << 53);

  private final Random random;

  AnythingTest() {
    this.random = new Random();
  }

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothing_that_arrives_breaks_a_session(long seed) {
    random.setSeed(seed);
    List<Fact> facts = new ArrayList<>(Lab.setUp());
    facts.addAll(Lab.asksInVain(30));
    for (int i = 0; i < 300; i++) {
      facts.add(any());
    }
    assertThatCode(
            () -> {
              try (NetworkSession session = new NetworkSession("t", "n", RULES)) {
                for (Fact fact : facts) {
                  session.accept(fact);
                  if (random.nextInt(10) == 0) {
                    session.conclude().forEach(Object::toString);
                  }
                }
                session.conclude();
                session.findings().forEach(Object::toString);
                session.view().healthy().forEach(Object::toString);
                List<Fact> remembered = new ArrayList<>();
                session.remember((identity, samples) -> remembered.addAll(samples));
                Map<String, Long> held = new HashMap<>();
                session.takeHeld().forEach((id, since) -> held.put(id, since == null ? 0 : since));
                try (NetworkSession again = new NetworkSession("t", "n", RULES)) {
                  again.restore(remembered, session.findings(), held);
                  again.conclude();
                }
              }
            })
        .doesNotThrowAnyException();
  }

  @Test
  void a_time_at_the_end_of_all_days_does_not_break_what_comes_later() {
    try (NetworkSession session = NetworkSession.hasty("t", "n", RULES)) {
      for (double second : new double[] {0, 5, 10}) {
        Lab.facts(Lab.onClient().at(second).counts(0, 148 + (long) second * 30).never())
            .forEach(session::accept);
      }
      session.accept(new io.wgwhy.facts.HostClock("else", Long.MAX_VALUE, 0));
      session.accept(new io.wgwhy.facts.HostClock("else", Long.MIN_VALUE, 0));
      Lab.facts(Lab.onClient().at(15).counts(0, 600).never()).forEach(session::accept);
      session.conclude();
      org.assertj.core.api.Assertions.assertThat(session.findings()).hasSize(1);
    }
  }

  private Fact any() {
    Class<?>[] types = Fact.class.getPermittedSubclasses();
    return (Fact) record(types[random.nextInt(types.length)]);
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values =
        Arrays.stream(components)
            .map(it -> value(it.getGenericType(), it.getAnnotatedType(), it))
            .toArray();
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private @Nullable Object value(Type type, AnnotatedType annotated, @Nullable RecordComponent of) {
    if (annotated.isAnnotationPresent(Nullable.class) && random.nextInt(3) == 0) {
      return null;
    }
    if (of != null && of.getName().equals("host")) {
      return random.nextBoolean() ? "cli" : "srv";
    }
    if (of != null && of.getName().equals("at")) {
      return random.nextInt(20) == 0 ? number() : Lab.ms(random.nextInt(400) - 100);
    }
    if (type instanceof ParameterizedType several) {
      AnnotatedType[] parts =
          ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments();
      if (several.getRawType() == Map.class) {
        Map<Object, Object> map = new HashMap<>();
        map.put("net.ipv4.ip_forward", number());
        map.put("net.ipv4.conf.all.rp_filter", number());
        return map;
      }
      List<Object> list = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        list.add(value(parts[0].getType(), parts[0], null));
      }
      return list;
    }
    Class<?> plain = (Class<?>) type;
    if (plain == String.class) {
      return TEXTS.get(random.nextInt(TEXTS.size()));
    }
    if (plain == int.class || plain == Integer.class) {
      return (int) number();
    }
    if (plain == long.class || plain == Long.class) {
      return number();
    }
    if (plain == boolean.class) {
      return random.nextBoolean();
    }
    if (plain == Answer.class || plain.isEnum()) {
      Object[] all = plain.getEnumConstants();
      return all[random.nextInt(all.length)];
    }
    if (plain == Endpoint.class) {
      return new Endpoint(TEXTS.get(random.nextInt(TEXTS.size())), (int) number());
    }
    return record(plain);
  }

  private long number() {
    return NUMBERS.get(random.nextInt(NUMBERS.size()));
  }
}
