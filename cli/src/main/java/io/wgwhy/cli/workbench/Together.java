package io.wgwhy.cli.workbench;

import io.wgwhy.cli.workbench.Case.Given;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cases in which the same is seen, and the same happens afterwards: they are played once, and each
 * is asked for what it expects. Many causes say of the same recording that it is not them.
 *
 * @param played the one to play: with what happens afterwards, when that is so in any of them
 * @param all by their files
 */
record Together(Case played, Map<Path, Case> all) {

  /** Puts together what is alike. */
  static List<Together> of(Map<Path, Case> cases) {
    Map<Given, Map<Path, Case>> alike = new LinkedHashMap<>();
    cases.forEach(
        (file, it) ->
            alike.computeIfAbsent(it.given(), any -> new LinkedHashMap<>()).put(file, it));
    List<Together> all = new ArrayList<>();
    alike.values().forEach(it -> all.addAll(byWhatHappens(it)));
    return all;
  }

  private static Collection<Together> byWhatHappens(Map<Path, Case> alike) {
    Map<Case.Then, Together> all = new LinkedHashMap<>();
    for (Case it : alike.values()) {
      if (it.then() != null) {
        all.computeIfAbsent(it.then(), any -> new Together(it, new LinkedHashMap<>()));
      }
    }
    if (all.isEmpty()) {
      return List.of(new Together(alike.values().iterator().next(), alike));
    }
    // Who says nothing of what happens afterwards goes with any.
    Together any = all.values().iterator().next();
    alike.forEach(
        (file, it) -> {
          Together with = it.then() == null ? any : all.getOrDefault(it.then(), any);
          with.all.put(file, it);
        });
    return all.values();
  }
}
