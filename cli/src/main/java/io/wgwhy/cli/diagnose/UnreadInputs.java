package io.wgwhy.cli.diagnose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was not understood so far; of one input no more than anybody would read. */
final class UnreadInputs {
  private static final int MOST_OF_ONE_INPUT = 100;

  private final List<UnreadInput> list = new ArrayList<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  void add(UnreadInput unread) {
    if (counts.merge(unread.input(), 1, Integer::sum) <= MOST_OF_ONE_INPUT) {
      list.add(unread);
    }
  }

  List<UnreadInput> list() {
    List<UnreadInput> all = new ArrayList<>(list);
    counts.forEach(
        (input, count) -> {
          if (count > MOST_OF_ONE_INPUT) {
            all.add(UnreadInput.whole(input, "and " + (count - MOST_OF_ONE_INPUT) + " more lines"));
          }
        });
    return List.copyOf(all);
  }
}
