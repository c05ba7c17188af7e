package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a fact beside one that is known: nearly all that come say what the one before said, but for
 * some numbers. It is read if it is written as {@link Json} writes, letter by letter; then it has
 * the texts of the known one, and neither it nor what compares the two has to look at them again.
 * What is written otherwise, by whomever, is not read here but as JSON.
 */
final class Familiar {
  private static final byte[] PEER = name("{\"kind\":\"wg-peer\",\"host\":");
  private static final byte[] INVENTORY = name("{\"kind\":\"wg-inventory\",\"host\":");
  private static final byte[] INTERFACE = name("{\"kind\":\"wg-interface\",\"host\":");
  private static final byte[] AT = name(",\"at\":");
  private static final byte[] IFACE = name(",\"iface\":");
  private static final byte[] NAME = name(",\"name\":");
  private static final byte[] PUBLIC_KEY = name(",\"publicKey\":");
  private static final byte[] ORDINAL = name(",\"ordinal\":");
  private static final byte[] PRESENT = name(",\"presharedKey\":{\"present\":");
  private static final byte[] FINGERPRINT = name(",\"fingerprint\":");
  private static final byte[] ENDPOINT = name("},\"endpoint\":\"");
  private static final byte[] HAS_ENDPOINT = name(",\"hasEndpoint\":");
  private static final byte[] HAS_NO_ENDPOINT = name("},\"hasEndpoint\":");
  private static final byte[] ALLOWED_IPS = name(",\"allowedIps\":");
  private static final byte[] LATEST_HANDSHAKE = name(",\"latestHandshake\":");
  private static final byte[] HANDSHAKE_AGE = name(",\"handshakeAge\":");
  private static final byte[] RX_BYTES = name(",\"rxBytes\":");
  private static final byte[] TX_BYTES = name(",\"txBytes\":");
  private static final byte[] KEEPALIVE = name(",\"keepalive\":");
  private static final byte[] LISTEN_PORT = name(",\"listenPort\":");
  private static final byte[] FWMARK = name(",\"fwmark\":");
  private static final byte[] DEVICES = name(",\"devices\":[");
  private static final byte[] DEVICE = name("{\"name\":");
  private static final byte[] PEERS = name(",\"peers\":");

  /** A number of more digits may not fit into a long. */
  private static final int MOST_DIGITS = 18;

  private final byte[] json;

  /** How far it was read. */
  private int place;

  /** False once something is otherwise. */
  private boolean isFamiliar = true;

  private Familiar(byte[] json) {
    this.json = json;
  }

  private static byte[] name(String text) {
    return text.getBytes(US_ASCII);
  }

  /** What such a record says; null when it is to be read as any other. */
  static @Nullable Fact read(byte[] json, Fact known) {
    if (known instanceof WgPeer peer) {
      return new Familiar(json).peer(peer);
    }
    if (known instanceof WgInventory inventory) {
      return new Familiar(json).inventory(inventory);
    }
    return known instanceof WgInterface iface ? new Familiar(json).iface(iface) : null;
  }

  private @Nullable WgPeer peer(WgPeer known) {
    expect(PEER);
    expect(known.host());
    expect(AT);
    long seen = number();
    expect(IFACE);
    expect(known.iface());
    expect(PUBLIC_KEY, known.publicKey());
    expect(ORDINAL);
    expectNumber(known.ordinal());
    expect(known.presharedKey());
    expect(known.endpoint());
    expect(known.hasEndpoint().name());
    if (known.allowedIps() != null) {
      expect(ALLOWED_IPS);
      expect(known.allowedIps());
    }
    Long handshake = number(LATEST_HANDSHAKE, known.latestHandshake());
    Long age = number(HANDSHAKE_AGE, known.handshakeAge());
    Long received = number(RX_BYTES, known.rxBytes());
    Long sent = number(TX_BYTES, known.txBytes());
    expect(KEEPALIVE, known.keepalive());
    return !isAllRead()
        ? null
        : new WgPeer(
            known.host(),
            seen,
            known.iface(),
            known.publicKey(),
            known.ordinal(),
            known.presharedKey(),
            known.endpoint(),
            known.hasEndpoint(),
            known.allowedIps(),
            handshake,
            age,
            received,
            sent,
            known.keepalive());
  }

  private @Nullable WgInventory inventory(WgInventory known) {
    expect(INVENTORY);
    expect(known.host());
    expect(AT);
    long seen = number();
    expect(DEVICES);
    char before = 0;
    for (WgInventory.Device device : known.devices()) {
      if (before != 0) {
        expect(before);
      }
      before = ',';
      expect(DEVICE);
      expect(device.name());
      expect(PEERS);
      expect(device.peers());
      expect('}');
    }
    expect(']');
    return isAllRead() ? new WgInventory(known.host(), seen, known.devices()) : null;
  }

  private @Nullable WgInterface iface(WgInterface known) {
    expect(INTERFACE);
    expect(known.host());
    expect(AT);
    long seen = number();
    expect(NAME);
    expect(known.name());
    expect(PUBLIC_KEY, known.publicKey());
    expect(LISTEN_PORT, known.listenPort());
    expect(FWMARK, known.fwmark());
    return !isAllRead()
        ? null
        : new WgInterface(
            known.host(),
            seen,
            known.name(),
            known.publicKey(),
            known.listenPort(),
            known.fwmark());
  }

  private void expect(PresharedKey known) {
    expect(PRESENT);
    expect(known.present().name());
    expect(FINGERPRINT, known.fingerprint());
  }

  /** And what closes the preshared key before it, and the name of what comes after it. */
  private void expect(@Nullable Endpoint known) {
    if (known == null) {
      expect(HAS_NO_ENDPOINT);
      return;
    }
    expect(ENDPOINT);
    boolean isOfSix = known.address().indexOf(':') >= 0;
    if (isOfSix) {
      expect('[');
    }
    expectLetters(known.address());
    if (isOfSix) {
      expect(']');
    }
    expect(':');
    expectNumber(known.port());
    expect('"');
    expect(HAS_ENDPOINT);
  }

  private void expect(List<String> known) {
    expect('[');
    for (int i = 0; i < known.size(); i++) {
      if (i > 0) {
        expect(',');
      }
      expect(known.get(i));
    }
    expect(']');
  }

  private void expect(byte[] name, @Nullable String known) {
    if (known != null) {
      expect(name);
      expect(known);
    }
  }

  private void expect(byte[] name, @Nullable Integer known) {
    if (known != null) {
      expect(name);
      expectNumber(known);
    }
  }

  private void expect(String text) {
    expect('"');
    expectLetters(text);
    expect('"');
  }

  private void expect(char letter) {
    isFamiliar = isFamiliar && place < json.length && json[place] == letter;
    place++;
  }

  private void expect(byte[] name) {
    isFamiliar = isNext(name);
    place += name.length;
  }

  private boolean isNext(byte[] name) {
    int end = place + name.length;
    return isFamiliar
        && end <= json.length
        && Arrays.equals(json, place, end, name, 0, name.length);
  }

  private void expectLetters(String text) {
    int length = text.length();
    if (!isFamiliar || length > json.length - place) {
      isFamiliar = false;
      return;
    }
    int different = 0;
    for (int i = 0; i < length; i++) {
      char letter = text.charAt(i);
      different |= letter ^ json[place + i];
      different |= isPlain(letter) ? 0 : 1;
    }
    isFamiliar = different == 0;
    place += length;
  }

  /** Whether it stands in JSON as it is, in one byte. */
  private static boolean isPlain(char letter) {
    return letter >= ' ' && letter < 0x7f && letter != '"' && letter != '\\';
  }

  private void expectNumber(long known) {
    long value = number();
    isFamiliar = isFamiliar && value == known;
  }

  /** Null when the name does not stand here; the same object where the value is the same. */
  private @Nullable Long number(byte[] name, @Nullable Long known) {
    if (!isNext(name)) {
      return null;
    }
    place += name.length;
    long value = number();
    return known != null && known == value ? known : Long.valueOf(value);
  }

  /** Without point or exponent: others are left to who reads JSON. */
  private long number() {
    boolean isNegative = place < json.length && json[place] == '-';
    if (isNegative) {
      place++;
    }
    int begin = place;
    long value = 0;
    while (place < json.length && json[place] >= '0' && json[place] <= '9') {
      value = 10 * value + (json[place] - '0');
      place++;
    }
    int digits = place - begin;
    boolean isOne = digits == 1 || (digits > 1 && digits <= MOST_DIGITS && json[begin] != '0');
    isFamiliar = isFamiliar && isOne;
    return isNegative ? -value : value;
  }

  private boolean isAllRead() {
    expect('}');
    return isFamiliar && place == json.length;
  }
}
