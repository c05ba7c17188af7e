package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.WgInventory;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The door: a record becomes a fact of a network, or is refused with a reason. */
public final class Intake {

  /**
   * Above any honest fact (hundreds of bytes; a firewall with a thousand rules about 100 KB), and
   * far below what would let a few senders fill an engine's memory.
   */
  static final int MAX_FACT_BYTES = 128 * 1024;

  /** An inventory names all peers of a host, of which one is kept: 10,000 of some 47 bytes. */
  static final int MAX_INVENTORY_BYTES = 512 * 1024;

  /**
   * As we write it ourselves, with all that is null. All samples of one fact are one record of the
   * changelog: 40 of them (a session keeps no more) must fit into {@link
   * EngineSettings#MAX_REQUEST_BYTES}.
   */
  private static final int MAX_STORED_BYTES = 180 * 1024;

  /** Whatever is null in it, one of less is not more than that. */
  private static final int SURELY_SMALL_BYTES = 32 * 1024;

  /** As long as a host name may be. */
  static final int MAX_NETWORK_BYTES = 255;

  /** The header in which a publisher says that more of the same moment follows at once. */
  static final String CONTINUES = "continues";

  /** What a name in our own JSON looks like; anything else may be what somebody must not see. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z-]{0,39}");

  private Intake() {}

  /**
   * Whether an engine of this version would read such a record, whatever it did with it before.
   *
   * @return why not; empty if it would
   */
  public static Optional<Refusal> refusal(byte @Nullable [] key, byte @Nullable [] value) {
    try {
      network(key);
      fact(value);
      return Optional.empty();
    } catch (Refused refused) {
      return Optional.of(refused.refusal());
    }
  }

  /**
   * Reads a record.
   *
   * @param before the record before it; mostly it is of the same network
   * @param expected what of a network may come next, but for its numbers; null when nobody can say
   */
  static Arrival read(
      Tenant tenant,
      Source source,
      Headers headers,
      @Nullable Arrival before,
      Function<NetworkKey, @Nullable Fact> expected)
      throws Refused {
    boolean sameNetwork =
        before != null
            && before.network().tenant().equals(tenant)
            && Arrays.equals(before.source().key(), source.key());
    NetworkKey network =
        sameNetwork && before != null
            ? before.network()
            : new NetworkKey(tenant, network(source.key()));
    Fact fact = fact(source.value(), expected.apply(network));
    Header continues = headers.lastHeader(CONTINUES);
    return new Arrival(network, fact, source, continues != null);
  }

  private static byte[] whole(byte @Nullable [] value) throws Refused {
    if (value == null) {
      throw new Refused(Refusal.NO_VALUE, "no value");
    }
    requireAtMost(MAX_INVENTORY_BYTES, value.length);
    return value;
  }

  private static void requireAtMost(int most, int length) throws Refused {
    if (length > most) {
      throw new Refused(
          Refusal.TOO_LARGE, "%d bytes, more than a fact may have (%d)".formatted(length, most));
    }
  }

  private static void requireModest(Fact fact, int length) throws Refused {
    if (length > SURELY_SMALL_BYTES && !(fact instanceof WgInventory)) {
      requireAtMost(MAX_FACT_BYTES, length);
      requireAtMost(MAX_STORED_BYTES, Json.bytes(fact).length);
    }
  }

  private static String network(byte @Nullable [] key) throws Refused {
    if (key == null || key.length == 0) {
      throw new Refused(Refusal.NO_KEY, "no key: it must be the network's name");
    }
    if (key.length > MAX_NETWORK_BYTES) {
      throw new Refused(
          Refusal.BAD_KEY, "a key of %d bytes cannot be a network's name".formatted(key.length));
    }
    String name = new String(key, UTF_8);
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new Refused(
          Refusal.BAD_KEY, "a key with control characters cannot be a network's name");
    }
    return name;
  }

  private static Fact fact(byte @Nullable [] value, @Nullable Fact expected) throws Refused {
    Fact familiar = expected == null ? null : Familiar.read(whole(value), expected);
    if (familiar == null) {
      return fact(value);
    }
    requireModest(familiar, whole(value).length);
    WholeFacts.requireTime(familiar);
    return familiar;
  }

  /** Reads a fact; reasons quote nothing of what was read: it may be a secret that went astray. */
  static Fact fact(byte @Nullable [] value) throws Refused {
    byte[] whole = whole(value);
    Fact fact;
    try {
      fact = Json.fact(whole);
    } catch (JsonParseException e) {
      throw new Refused(Refusal.NOT_JSON, "not a fact: not JSON");
    } catch (InvalidTypeIdException e) {
      String kind = e.getTypeId();
      throw new Refused(
          kind == null ? Refusal.NO_KIND : Refusal.UNKNOWN_KIND,
          "not a fact: "
              + (kind == null
                  ? "no kind"
                  : NAME.matcher(kind).matches() ? "unknown kind " + kind : "unknown kind"));
    } catch (JsonMappingException e) {
      throw new Refused(Refusal.MALFORMED, "not a fact: " + path(e) + " is not as it should be");
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // StackOverflowError: JSON nested so deeply that it is meant to harm.
      throw new Refused(Refusal.NOT_JSON, "not a fact: " + e.getClass().getSimpleName());
    }
    if (fact == null) {
      throw new Refused(Refusal.NOT_JSON, "not a fact: null");
    }
    WholeFacts.check(fact);
    requireModest(fact, whole.length);
    return fact;
  }

  private static String path(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(it -> it != null && NAME.matcher(it).matches())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "it" : path;
  }
}
