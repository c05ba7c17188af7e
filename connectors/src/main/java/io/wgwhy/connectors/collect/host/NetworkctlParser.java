package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.Links.Link;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code networkctl} (networkctl(1)): the list of the links and the states of one. Only {@code off}
 * is administratively down.
 *
 * <pre>
 * IDX LINK   TYPE      OPERATIONAL SETUP
 *   2 enp3s0 ether     routable    configured
 *   3 wg0    wireguard off         unmanaged
 *
 * ● 4: wg0
 *                  State: routable (configured)
 *                   Type: wireguard
 *                    MTU: 1420 (max: 2147483552)
 * </pre>
 */
public final class NetworkctlParser implements Parser {
  private static final String STATES =
      "missing|off|no-carrier|dormant|degraded-carrier|carrier|degraded|enslaved|routable";

  private static final Pattern HEADING =
      Pattern.compile("^\\s*IDX\\s+LINK\\s+TYPE\\s+OPERATIONAL\\s+SETUP\\s*$");
  private static final Pattern ROW =
      Pattern.compile("^[\\s●]*\\d{1,9}\\s+(\\S{1,15})\\s+\\S+\\s+(" + STATES + ")\\s+\\S+\\s*$");
  private static final Pattern ONE = Pattern.compile("^[\\s●]*\\d{1,9}: (\\S{1,15})\\s*$");
  private static final Pattern STATE =
      Pattern.compile("^\\s*State: (" + STATES + ") \\(.*\\)\\s*$");
  private static final Pattern MTU = Pattern.compile("^\\s*MTU: (\\d{1,5})\\b.*$");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("networkctl");
  }

  @Override
  public boolean recognises(String output) {
    return output
        .lines()
        .anyMatch(it -> HEADING.matcher(it).matches() || STATE.matcher(it).matches());
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<Link> links = new ArrayList<>();
    String name = null;
    Answer up = Answer.UNKNOWN;
    Integer mtu = null;
    for (String line : TextLines.of(observation.output())) {
      Matcher row = ROW.matcher(line);
      Matcher one = ONE.matcher(line);
      Matcher state = STATE.matcher(line);
      Matcher size = MTU.matcher(line);
      if (row.matches()) {
        links.add(new Link(Word.of(row.group(1)), up(row.group(2)), null, null));
      } else if (one.matches()) {
        if (name != null) {
          links.add(new Link(name, up, mtu, null));
        }
        name = Word.of(one.group(1));
        up = Answer.UNKNOWN;
        mtu = null;
      } else if (state.matches()) {
        up = up(state.group(1));
      } else if (size.matches()) {
        mtu = Numbers.small(size.group(1));
      }
    }
    if (name != null) {
      links.add(new Link(name, up, mtu, null));
    }
    if (links.isEmpty()) {
      reading.skip(0, "no link in it");
    } else {
      reading.add(new Links(observation.host(), observation.atMillis(), links));
    }
  }

  private static Answer up(String state) {
    return state.equals("missing") ? Answer.UNKNOWN : Answer.of(!state.equals("off"));
  }
}
