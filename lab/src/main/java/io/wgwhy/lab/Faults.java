package io.wgwhy.lab;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The catalogue: everything that the lab can break, and what only looks broken. */
public final class Faults {
  private static final List<Fault> ALL =
      Stream.of(
              HealthyTunnels.ALL,
              BringUpFaults.ALL,
              FilterFaults.ALL,
              PathFaults.ALL,
              EndpointFaults.ALL,
              AllowedIpsFaults.ALL,
              ForwardingFaults.ALL,
              KeyFaults.ALL,
              InnerFaults.ALL)
          .flatMap(List::stream)
          .toList();

  private static final List<Fault> VARIANTS =
      Stream.of(
              VariantsOfFilters.ALL,
              VariantsOfPaths.ALL,
              VariantsOfHosts.ALL,
              VariantsOfLooks.ALL,
              VariantsOfPeers.ALL)
          .flatMap(List::stream)
          .toList();

  private Faults() {}

  /** The same causes in other surroundings, to be recorded only. */
  public static List<Fault> variants() {
    return VARIANTS;
  }

  /** A fault or a variant. Throws {@link LabException} when there is none of this name. */
  public static Fault recordable(String name) {
    return Stream.concat(ALL.stream(), VARIANTS.stream())
        .filter(fault -> fault.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new LabException("no fault is called " + name));
  }

  /** All, in the order in which the rule book has their causes. */
  public static List<Fault> all() {
    return ALL;
  }

  /** One fault of each cause, the first, and one healthy tunnel: what can be tried in minutes. */
  public static List<Fault> oneOfEachCause() {
    Set<Set<String>> seen = new HashSet<>();
    return ALL.stream()
        .filter(fault -> seen.add(fault.broken() ? Set.of(fault.cause()) : Set.of()))
        .toList();
  }

  /** The one of this name. Throws {@link LabException} when there is none. */
  public static Fault named(String name) {
    return ALL.stream()
        .filter(fault -> fault.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new LabException("no fault is called " + name));
  }
}
