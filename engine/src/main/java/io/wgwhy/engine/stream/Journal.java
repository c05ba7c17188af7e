package io.wgwhy.engine.stream;

import io.wgwhy.engine.session.Keeper;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WgPeer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one network's facts. The samples of each are stored whole now and then;
 * what came since stands in a journal: of all of them together one record for each commit, and of a
 * sample only the numbers that differ. So ten thousand peers that were sampled are one write.
 *
 * <p>Of a journal that has become long the oldest record is taken away, once those who still need
 * it are stored whole again: some with each commit, so that no commit takes long.
 */
final class Journal implements Keeper {
  /** Of a record: far below what a changelog takes. */
  private static final int RECORD_BYTES = 256 * 1024;

  /** How long a journal may be: some 25 samples of each fact, half of what whole ones take. */
  private static final int BYTES_PER_FACT = 500;

  private static final int LEAST_BYTES = 8 * 1024;

  /** How many are stored whole again at a commit, unless the journal is far too long: 1 ms. */
  private static final int AT_ONCE = 100;

  private final NetworkKey network;
  private final CountedStore facts;
  private final CountedStore journals;
  private final Set<Journal> news;

  private final Map<String, Known> known = new HashMap<>();

  /** The same by {@link Known#number}; null where no fact has that number. */
  private final List<@Nullable Known> byNumber = new ArrayList<>();

  private final BitSet numbers = new BitSet();
  private final Deque<Written> written = new ArrayDeque<>();
  private final Map<String, List<Fact>> unwrittenWhole = new LinkedHashMap<>();
  private final List<ByteArrayOutputStream> unwritten = new ArrayList<>();

  /** What is being entered; always the same, as nearly all of what comes is entered. */
  private final ByteBuffer entry = ByteBuffer.allocate(PeerSamples.MOST_BYTES);

  private @Nullable Function<String, List<Fact>> session;
  private boolean isRead;
  private long nextRecord;
  private long bytes;

  /** A fact whose samples are stored whole. */
  private static final class Known {
    final String identity;
    final int number;

    /** What entries in the journal tell the difference to. */
    Fact like;

    /** See {@link StoredFacts.Stored}; empty when that was not written by us. */
    List<Fact> basis = List.of();

    /** Of when the newest sample is that was entered, or stored. */
    long lastAt;

    /** The last record of the journal that the whole samples contain. */
    long upTo;

    Known(String identity, int number, Fact like) {
      this.identity = identity;
      this.number = number;
      this.like = like;
    }
  }

  /** A record of the journal that is stored. */
  private static final class Written {
    final long number;
    final int size;

    /** Up to where nobody needs it any more, bytes. */
    int done;

    Written(long number, int size) {
      this.number = number;
      this.size = size;
    }
  }

  /**
   * @param news takes note of journals that have something to write
   */
  Journal(NetworkKey network, CountedStore facts, CountedStore journals, Set<Journal> news) {
    this.network = network;
    this.facts = facts;
    this.journals = journals;
    this.news = news;
  }

  NetworkKey network() {
    return network;
  }

  /** Whether samples of a fact are to be written whole with the next commit. */
  boolean isUnwritten(String identity) {
    return unwrittenWhole.containsKey(identity);
  }

  /** Whether a session remembers by it. */
  boolean isInUse() {
    return session != null;
  }

  /**
   * A session goes on from here.
   *
   * @param samples what it remembers of an identity
   */
  void open(Function<String, List<Fact>> samples) {
    session = samples;
  }

  /** The session is closed. */
  void close() {
    session = null;
    news.add(this);
  }

  @Override
  public void anew(String identity, List<Fact> samples) {
    news.add(this);
    unwrittenWhole.put(identity, List.copyOf(samples));
  }

  @Override
  public void longer(String identity, List<Fact> samples) {
    Known it = known.get(identity);
    if (it == null || unwrittenWhole.containsKey(identity) || !enter(it, samples)) {
      anew(identity, samples);
    }
  }

  /** False, and nothing entered, when not all that is new differs in numbers only. */
  private boolean enter(Known it, List<Fact> samples) {
    int from = samples.size();
    while (from > 0 && samples.get(from - 1).at() > it.lastAt) {
      from--;
      if (!isLike(it.like, samples.get(from))) {
        return false;
      }
    }
    if (from == samples.size()) {
      return false;
    }
    news.add(this);
    ByteArrayOutputStream record = recordWithRoom();
    for (int i = from; i < samples.size(); i++) {
      PeerSamples.write(entry.clear(), it.number);
      record.write(entry.array(), 0, entry.position());
      enter(record, it.like, samples.get(i));
    }
    it.lastAt = samples.get(samples.size() - 1).at();
    return true;
  }

  private ByteArrayOutputStream recordWithRoom() {
    if (!unwritten.isEmpty()) {
      ByteArrayOutputStream last = unwritten.get(unwritten.size() - 1);
      if (last.size() < RECORD_BYTES) {
        return last;
      }
    }
    var next = new ByteArrayOutputStream();
    unwritten.add(next);
    return next;
  }

  private static boolean isLike(Fact like, Fact fact) {
    return like instanceof WgPeer one
        ? fact instanceof WgPeer other && PeerSamples.differInNumbersOnly(one, other)
        : fact.equals(Repeated.at(like, fact.at()));
  }

  /** Begins with its length, so that one can be passed over that nobody needs. */
  private void enter(ByteArrayOutputStream entries, Fact like, Fact fact) {
    entry.clear();
    if (like instanceof WgPeer one && fact instanceof WgPeer other) {
      PeerSamples.write(entry, one, other);
    } else {
      PeerSamples.write(entry, fact.at() - like.at());
    }
    entries.write(entry.position());
    entries.write(entry.array(), 0, entry.position());
  }

  private static @Nullable Fact fact(Fact like, ByteBuffer entry) {
    return like instanceof WgPeer peer
        ? PeerSamples.read(entry, peer)
        : Repeated.at(like, like.at() + PeerSamples.read(entry));
  }

  /** All that is remembered, of each fact oldest first. */
  List<Fact> samples() {
    var found = new ArrayList<Fact>();
    unwrittenWhole.values().forEach(found::addAll);
    try (var entries = facts.of(network)) {
      entries.forEachRemaining(
          entry -> {
            String identity = network.nameIn(entry.key);
            if (!unwrittenWhole.containsKey(identity)) {
              List<Fact> whole = StoredFacts.samples(entry.value);
              found.addAll(whole);
              if (!isRead) {
                meet(identity, whole, entry.value);
              }
            }
          });
    }
    try (var records = journals.of(network)) {
      records.forEachRemaining(
          record -> {
            long number = Long.parseLong(network.nameIn(record.key), 16);
            read(number, record.value, found);
            if (!isRead) {
              written.add(new Written(number, record.value.length));
              bytes += record.value.length;
              nextRecord = Math.max(nextRecord, number + 1);
            }
          });
    }
    unwritten.forEach(it -> read(Long.MAX_VALUE, it.toByteArray(), found));
    isRead = true;
    return found;
  }

  private void meet(String identity, List<Fact> whole, byte[] stored) {
    StoredFacts.Place number = StoredFacts.number(stored);
    if (number == null || whole.isEmpty()) {
      // As an earlier version wrote it: it is stored anew with its next sample.
      return;
    }
    Fact last = whole.get(whole.size() - 1);
    Fact like = last instanceof WgPeer ? StoredFacts.like(stored) : last;
    if (like != null) {
      var it = new Known(identity, number.number(), like);
      it.lastAt = last.at();
      it.upTo = number.upTo();
      know(it);
    }
    nextRecord = Math.max(nextRecord, number.upTo() + 1);
  }

  private void know(Known it) {
    known.put(it.identity, it);
    numbers.set(it.number);
    while (byNumber.size() <= it.number) {
      byNumber.add(null);
    }
    byNumber.set(it.number, it);
  }

  /** Its number is free: what entries say of it is older than what is stored whole of the next. */
  private void forget(String identity) {
    Known gone = known.remove(identity);
    if (gone != null) {
      numbers.clear(gone.number);
      byNumber.set(gone.number, null);
    }
  }

  /** Of whom the next entry of a record is; null when nobody has that number now. */
  private @Nullable Known of(ByteBuffer entries) {
    int number = (int) PeerSamples.read(entries);
    return number < byNumber.size() ? byNumber.get(number) : null;
  }

  private void read(long record, byte[] entries, List<Fact> found) {
    var rest = ByteBuffer.wrap(entries);
    while (rest.hasRemaining()) {
      Known it = of(rest);
      int end = (rest.get() & 0xff) + rest.position();
      if (it != null && record > it.upTo && !unwrittenWhole.containsKey(it.identity)) {
        Fact fact = fact(it.like, rest);
        if (fact != null) {
          found.add(fact);
          it.lastAt = Math.max(it.lastAt, fact.at());
        }
      }
      rest.position(end);
    }
  }

  /** Writes what is not written yet; to be called before each commit. */
  void write() {
    long last = nextRecord + unwritten.size() - 1;
    unwrittenWhole.forEach((identity, samples) -> writeWhole(identity, samples, last));
    unwrittenWhole.clear();
    for (ByteArrayOutputStream record : unwritten) {
      byte[] entries = record.toByteArray();
      journals.put(network, key(nextRecord), entries);
      written.add(new Written(nextRecord, entries.length));
      bytes += entries.length;
      nextRecord++;
    }
    unwritten.clear();
    shorten();
  }

  private String key(long record) {
    return network.with("%016x".formatted(record));
  }

  private void writeWhole(String identity, List<Fact> samples, long upTo) {
    String key = network.with(identity);
    if (samples.isEmpty()) {
      forget(identity);
      facts.put(network, key, null);
      return;
    }
    Known it = known.get(identity);
    byte[] before = it == null || it.basis.isEmpty() ? null : facts.get(key);
    StoredFacts.Stored stored =
        it == null || before == null
            ? StoredFacts.stored(samples, List.of(), null)
            : StoredFacts.stored(samples, it.basis, StoredFacts.withoutNumber(before));
    Fact last = samples.get(samples.size() - 1);
    Fact like = last instanceof WgPeer ? stored.basis().get(0) : last;
    if (it == null) {
      it = new Known(identity, numbers.nextClearBit(0), like);
      know(it);
    }
    it.like = like;
    it.basis = stored.basis();
    it.lastAt = last.at();
    it.upTo = upTo;
    facts.put(
        network, key, StoredFacts.numbered(new StoredFacts.Place(it.number, upTo), stored.bytes()));
  }

  private void shorten() {
    long most = LEAST_BYTES + (long) BYTES_PER_FACT * known.size();
    int left = AT_ONCE;
    while (bytes > most && session != null) {
      Written oldest = written.element();
      byte[] entries = journals.get(key(oldest.number));
      var rest =
          entries == null ? ByteBuffer.allocate(0) : ByteBuffer.wrap(entries).position(oldest.done);
      for (; rest.hasRemaining(); oldest.done = rest.position()) {
        Known it = of(rest);
        int end = (rest.get() & 0xff) + rest.position();
        if (it != null && it.upTo < oldest.number) {
          List<Fact> samples = session.apply(it.identity);
          if (samples.isEmpty() || (left-- <= 0 && bytes < 2 * most)) {
            return;
          }
          writeWhole(it.identity, samples, nextRecord - 1);
        }
        rest.position(end);
      }
      journals.put(network, key(oldest.number), null);
      bytes -= oldest.size;
      written.remove();
    }
  }
}
