package io.wgwhy.lab;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.facts.Observation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a recording has seen, each host by its own clock. */
final class Notebook {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Seconds since the epoch in an output, with or without a fraction. */
  private static final Pattern TIME = Pattern.compile("\\b1\\d{9}(\\.\\d+)?\\b");

  private static final double DAY = 86_400;

  private final Lab lab;
  private final List<Observation> seen = Collections.synchronizedList(new ArrayList<>());

  Notebook(Lab lab) {
    this.lab = lab;
  }

  /** Writes an output down, unless nobody can look there. */
  void see(Host host, String says, Ran ran) {
    View view = lab.view(host.name());
    if (host.poweredOff() || !view.seen()) {
      return;
    }
    boolean right = view.clock() == 0;
    seen.add(
        new Observation(
            ran.at() + view.clock(),
            view.called(),
            says,
            ran.exit(),
            right ? ran.output() : byItsClock(ran, view.clock()),
            right ? null : ran.at(),
            null,
            null));
  }

  /** Runs a command on a host and writes down what it printed. */
  void look(Host host, String command) {
    if (!host.poweredOff() && lab.view(host.name()).seen()) {
      Ran ran = host.run(command);
      see(host, command, new Ran(ran.at(), ran.command(), ran.exit(), Looks.cut(command, ran)));
    }
  }

  private static String byItsClock(Ran ran, double ahead) {
    return TIME.matcher(ran.output()).replaceAll(time -> shift(time.group(), ran.at(), ahead));
  }

  private static String shift(String number, double now, double ahead) {
    double time = Double.parseDouble(number);
    if (Math.abs(time - now) > DAY) {
      return Matcher.quoteReplacement(number);
    }
    int digits = number.contains(".") ? number.length() - number.indexOf('.') - 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f", time + ahead);
  }

  /** Writes everything in the order of its time. */
  void write(Path file) throws IOException {
    List<Observation> all = new ArrayList<>(seen);
    all.sort(Comparator.comparingDouble(Notebook::received));
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (BufferedWriter out = Files.newBufferedWriter(part)) {
      for (Observation each : all) {
        out.write(JSON.writeValueAsString(each));
        out.newLine();
      }
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static double received(Observation each) {
    Double received = each.receivedAt();
    return received == null ? each.at() : received;
  }
}
