package io.wgwhy.cli.diagnose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which files are reasoned about together. What names its network belongs to it. Other recordings
 * are one network when they show other hosts at the same time (the two ends of a tunnel), else each
 * is its own. Pasted outputs are one network, and belong to the recordings' when there is one.
 */
final class Networks {
  static final String DEFAULT = "default";

  /** A network's full name. */
  record Name(String tenant, String network) {}

  private final boolean together;
  private final Map<Name, Track> named = new LinkedHashMap<>();
  private final List<Track> unnamed = new ArrayList<>();

  Networks(boolean together) {
    this.together = together;
  }

  /** Adds what an observation says that names its network. */
  void add(Name name, Moment moment) {
    named.computeIfAbsent(name, it -> new Track(it.network())).add(moment);
  }

  /** Adds a recording that names no network. */
  void addRecording(Track track) {
    if (track.isEmpty()) {
      return;
    }
    for (Track other : unnamed) {
      if (together || other.completes(track)) {
        other.join(track);
        return;
      }
    }
    unnamed.add(track);
  }

  /** The only network there is; null when there is none, or several. */
  @Nullable Track only() {
    List<Track> all = new ArrayList<>(unnamed);
    all.addAll(named.values());
    return all.size() == 1 ? all.get(0) : null;
  }

  /** Adds all pasted outputs. */
  void addPasted(Track track) {
    Track only = only();
    if (only != null) {
      only.join(track);
    } else if (together && !unnamed.isEmpty()) {
      unnamed.get(0).join(track);
    } else if (!track.isEmpty()) {
      unnamed.add(track);
    }
  }

  /** All networks by name, in the order in which they came. */
  Map<Name, Track> all() {
    Map<Name, Track> all = new LinkedHashMap<>();
    for (Track track : unnamed) {
      Name name = new Name(DEFAULT, unnamed.size() == 1 ? DEFAULT : track.name());
      for (int more = 2; all.containsKey(name); more++) {
        name = new Name(DEFAULT, track.name() + "-" + more);
      }
      all.put(name, track);
    }
    named.forEach(
        (name, track) -> {
          Track same = all.get(name);
          if (same == null) {
            all.put(name, track);
          } else {
            same.join(track);
          }
        });
    return all;
  }
}
