package io.wgwhy.connectors.collect.router;

import io.wgwhy.connectors.collect.output.TextLines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sections of a file of OpenWrt's configuration, as it is written and as {@code uci show}
 * prints it (openwrt.org, "The UCI system").
 *
 * <pre>
 * config zone
 *         option name 'lan'
 *         list network 'lan'
 *
 * firewall.@zone[0]=zone
 * firewall.@zone[0].name='lan'
 * </pre>
 */
final class UciSections {
  private static final Pattern SECTION =
      Pattern.compile("^\\s*config\\s+(\\S+)(?:\\s+['\"]?([\\w.-]+)['\"]?)?\\s*$");
  private static final Pattern OPTION =
      Pattern.compile("^\\s*(?:option|list)\\s+(\\w+)\\s+(\\S.*)$");

  /** A section: its type, its name, its options with their lines. */
  record Section(String type, String name, List<Option> options) {
    /** All values of an option, between blanks; empty when it is not there. */
    String value(String option) {
      StringBuilder all = new StringBuilder();
      for (Option it : options) {
        if (it.name().equals(option)) {
          all.append(all.isEmpty() ? "" : " ").append(it.value());
        }
      }
      return all.toString();
    }

    List<String> values(String option) {
      String all = value(option).strip();
      return all.isEmpty() ? List.of() : List.of(all.split("\\s+"));
    }
  }

  /** A line of a section. */
  record Option(int line, String name, String value) {}

  private UciSections() {}

  /** The sections of a file, by its name: {@code network}, {@code firewall}. */
  static List<Section> of(String output, String file) {
    Pattern sectionOfFile = Pattern.compile("^\\s*" + file + "\\.([^.=]+)=(\\S+)\\s*$");
    Pattern optionOfFile = Pattern.compile("^\\s*" + file + "\\.([^.=]+)\\.(\\w+)=(.*)$");
    Map<String, Section> shown = new LinkedHashMap<>();
    List<Section> all = new ArrayList<>();
    Section current = null;
    int number = 0;
    for (String line : TextLines.of(output)) {
      number++;
      Matcher begins = SECTION.matcher(line);
      Matcher option = OPTION.matcher(line);
      Matcher shownSection = sectionOfFile.matcher(line);
      Matcher shownOption = optionOfFile.matcher(line);
      if (begins.matches()) {
        String name = begins.group(2) == null ? "" : begins.group(2);
        current = new Section(begins.group(1).replaceAll("['\"]", ""), name, new ArrayList<>());
        all.add(current);
      } else if (option.matches()) {
        if (current == null) {
          current = new Section("", "", new ArrayList<>());
          all.add(current);
        }
        add(current, number, option.group(1), option.group(2));
      } else if (shownOption.matches()) {
        String key = shownOption.group(1);
        Section section = shown.get(key);
        if (section == null) {
          section = new Section(type(key, ""), key, new ArrayList<>());
          shown.put(key, section);
          all.add(section);
        }
        add(section, number, shownOption.group(2), shownOption.group(3));
      } else if (shownSection.matches()) {
        String key = shownSection.group(1);
        Section section = new Section(type(key, shownSection.group(2)), key, new ArrayList<>());
        shown.put(key, section);
        all.add(section);
      }
    }
    return all;
  }

  /** {@code network.@wireguard_wg0[0]} names its type; another section says it when it begins. */
  private static String type(String key, String said) {
    return key.startsWith("@")
        ? key.substring(1).replaceFirst("\\[.*$", "")
        : said.isEmpty() ? "interface" : said.replaceAll("['\"]", "");
  }

  private static void add(Section section, int line, String name, String value) {
    // uci show: 'a' 'b'.
    String plain = value.strip().replaceAll("['\"]\\s+['\"]", " ").replaceAll("^['\"]|['\"]$", "");
    section.options().add(new Option(line, name, plain));
  }
}
