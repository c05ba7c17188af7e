package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.PublishedPorts;
import io.wgwhy.facts.WireGuard;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Published ports of containers: a compose file (docs.docker.com, "Compose file reference", ports),
 * {@code docker run}, {@code docker ps} and {@code docker port}.
 *
 * <pre>
 * services:
 *   wireguard:
 *     environment:
 *       - SERVERPORT=51822
 *     ports:
 *       - 51822:51820/udp
 *
 * docker run -d -e WG_PORT=51999 -p 51999:51820/udp ghcr.io/wg-easy/wg-easy
 *
 * CONTAINER ID   IMAGE     …   PORTS                                 NAMES
 * 3f2a1b0c9d8e   wg-easy   …   0.0.0.0:51822-&gt;51820/udp, :::51821-&gt;51821/tcp   wg-easy
 *
 * 51820/udp -&gt; 0.0.0.0:51822
 * </pre>
 *
 * Nothing but ports is taken from the environment: it may hold passwords.
 */
public final class DockerPortsParser implements Parser {
  private static final String PORT = "(\\d{1,5}(?:-\\d{1,5})?)";

  /** {@code [address:]published:container[/protocol]}, quoted or not. */
  private static final Pattern MAPPING =
      Pattern.compile(
          "(?:^|[\\s'\"=])(?:\\[?[0-9a-fA-F.:]*\\]?:|\\$\\{\\w+:?-?)?"
              + PORT
              + "\\}?:"
              + PORT
              + "(?:/(udp|tcp))?(?=$|[\\s'\",])");

  private static final Pattern ITEM = Pattern.compile("^\\s*-\\s+(.*)$");
  private static final Pattern LONG =
      Pattern.compile("^\\s*(?:-\\s*)?(target|published|protocol):\\s*['\"]?(\\w+)['\"]?\\s*$");

  /** What may stand between those, of the same entry. */
  private static final Pattern BESIDE =
      Pattern.compile("^\\s*(?:(?:mode|name|app_protocol|host_ip):.*|#.*)?$");

  private static final Pattern OPTION = Pattern.compile("(?:^|\\s)(?:-p|--publish)[\\s=]+(\\S+)");

  /** The options of docker run or create, copied without it. */
  private static final Pattern PART = Pattern.compile("(?m)^\\s*-p \\d{1,5}:\\d{1,5}");

  private static final Pattern ARROW =
      Pattern.compile("(?:\\S*:)" + PORT + "->" + PORT + "/(udp|tcp)");
  private static final Pattern SHOWN =
      Pattern.compile("^\\s*(\\d{1,5})/(udp|tcp) -> (?:\\S*):(\\d{1,5})\\s*$");

  /** {@code docker inspect}: below the container's port the host's. */
  private static final Pattern BINDING =
      Pattern.compile(
          "\"(\\d{1,5})/(udp|tcp)\":\\s*\\[\\s*\\{[^{}\\]]{0,200}\"HostPort\":\\s*\"(\\d{1,5})\"");

  private static final Pattern DECLARED =
      Pattern.compile(
          "(?:\\b(?:WG_PORT|SERVERPORT|WG_SERVER_PORT)\\s*[=:]\\s*['\"]?|\\bExternal server port is set to )(\\d{1,5})\\b");

  /** An address only: a name says nothing of where it leads. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:\\b(?:WG_HOST|SERVERURL|WG_SERVER_HOST|INIT_HOST)\\s*[=:]\\s*['\"]?|\\bExternal server address is set to )"
              + "(\\d{1,3}(?:\\.\\d{1,3}){3})\\b");

  /**
   * Images in which WireGuard listens on 51820 whatever port they are told to have from outside:
   * the template of linuxserver/wireguard, and wg-easy as long as it was weejewel's.
   */
  private static final Pattern FIXED =
      Pattern.compile(
          "\\b(?:linuxserver|linuxserver\\.io)/(?:docker-)?wireguard\\b|\\bweejewel/wg-easy\\b");

  private static final Pattern OWN =
      Pattern.compile(
          "(?m)^\\s*services:\\s*\\n"
              + "\\s+(?!ports:|sources:|protocols:)[\\w.-]+:\\s*$|^\\s*ports:\\s*(?:\\n"
              + "\\s*-\\s|\\[)|^\\s*CONTAINER"
              + " ID\\s+IMAGE|->\\d{1,5}(?:-\\d{1,5})?/(?:udp|tcp)|^\\s*\\d{1,5}/(?:udp|tcp) ->"
              + " |\"(?:PortBindings|Ports)\":\\s*\\{\\s*\"\\d|\\b(?:docker|podman) run\\b|^\\s*-p \\d{1,5}:\\d{1,5}/udp\\b"
              + "|^\\s*-?\\s*(?:WG_PORT|SERVERPORT|WG_HOST|SERVERURL)\\s*[=:]"
              // What linuxserver/wireguard says of itself while it starts.
              + "|^\\W{0,8}External server (?:address|port) is set to ");

  @Override
  public boolean reads(CommandLine command) {
    return switch (command.program()) {
      case "docker", "podman" ->
          command.has("ps")
              || command.has("port")
              || command.has("run")
              || command.has("config")
              || command.has("inspect");
      case "docker-compose" -> command.has("config") || command.has("ps");
      case "cat", "less", "more", "nano", "vi", "vim" ->
          command.arguments().stream()
              .anyMatch(it -> it.matches("(?:.*/)?(?:docker-)?compose[\\w.-]*\\.ya?ml"));
      default -> false;
    };
  }

  @Override
  public boolean recognises(String output) {
    return OWN.matcher(output).find();
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    Found found = new Found();
    if (command.has("run")) {
      found.run("docker run " + String.join(" ", command.arguments()));
    }
    String text = String.join("\n", TextLines.of(observation.output()));
    if (text.contains("docker run") || text.contains("podman run") || PART.matcher(text).find()) {
      found.run(text);
    }
    found.bindings(text);
    boolean compose = !text.contains(" run ");
    for (String line : text.split("\n")) {
      found.line(line, compose);
    }
    found.endLong();
    if (found.ports.isEmpty() && found.declared == null && found.address == null) {
      reading.skip(0, "no published port in it");
      return;
    }
    reading.add(
        new PublishedPorts(
            observation.host(),
            observation.atMillis(),
            new ArrayList<>(found.ports),
            found.declared,
            found.address,
            FIXED.matcher(text + " " + String.join(" ", command.arguments())).find()
                ? WireGuard.DEFAULT_PORT
                : null));
  }

  /** What was found so far. */
  private static final class Found {
    private final Set<PublishedPorts.Port> ports = new LinkedHashSet<>();
    private @Nullable Integer declared;
    private @Nullable String address;
    private @Nullable String target;
    private @Nullable String published;
    private @Nullable String protocol;

    void run(String text) {
      Matcher option = OPTION.matcher(text.replace("\\\n", " ").replace("\\", " "));
      while (option.find()) {
        mapping(option.group(1));
      }
    }

    void bindings(String text) {
      Matcher binding = BINDING.matcher(text);
      while (binding.find()) {
        if (isPort(binding.group(1)) && isPort(binding.group(3))) {
          ports.add(new PublishedPorts.Port(binding.group(3), binding.group(1), binding.group(2)));
        }
      }
    }

    void line(String line, boolean compose) {
      Matcher asked = DECLARED.matcher(line);
      if (asked.find()) {
        declared = Numbers.port(asked.group(1));
      }
      Matcher told = ADDRESS.matcher(line);
      if (told.find() && Cidr.isAddress(told.group(1))) {
        address = told.group(1);
      }
      Matcher arrow = ARROW.matcher(line);
      while (arrow.find()) {
        ports.add(new PublishedPorts.Port(arrow.group(1), arrow.group(2), arrow.group(3)));
      }
      Matcher shown = SHOWN.matcher(line);
      if (shown.matches()) {
        ports.add(new PublishedPorts.Port(shown.group(3), shown.group(1), shown.group(2)));
      }
      Matcher item = ITEM.matcher(line);
      if (compose && item.matches() && !arrow.reset().find()) {
        mapping(item.group(1).replaceFirst("\\s+#.*$", "").strip());
      } else if (compose && line.strip().startsWith("ports:")) {
        // One line: ports: ["51820:51820/udp"]
        Matcher inline = MAPPING.matcher(line.replaceAll("[\\[\\],]", " "));
        while (inline.find()) {
          add(inline);
        }
      }
      if (compose) {
        longForm(line);
      }
    }

    private void mapping(String text) {
      Matcher mapping = MAPPING.matcher(text);
      if (mapping.lookingAt() && mapping.end() >= text.length() - 1) {
        add(mapping);
      }
    }

    private void add(Matcher mapping) {
      // Without a protocol it is tcp (docker run, "--publish").
      String named = mapping.group(3) == null ? "tcp" : mapping.group(3);
      if (isPort(mapping.group(1)) && isPort(mapping.group(2))) {
        ports.add(new PublishedPorts.Port(mapping.group(1), mapping.group(2), named));
      }
    }

    private static boolean isPort(String text) {
      return List.of(text.split("-")).stream().allMatch(it -> Numbers.port(it) != null);
    }

    /** The long form, one key a line, in any order: a dash begins an entry, another key ends it. */
    private void longForm(String line) {
      Matcher part = LONG.matcher(line);
      if (line.strip().startsWith("-") || !(part.matches() || BESIDE.matcher(line).matches())) {
        endLong();
      }
      if (part.matches()) {
        part(part.group(1), part.group(2));
      }
    }

    private void part(String key, String value) {
      switch (key) {
        case "target" -> {
          endIf(target != null);
          target = value;
        }
        case "published" -> {
          endIf(published != null);
          published = value;
        }
        default -> {
          endIf(protocol != null);
          protocol = value;
        }
      }
    }

    /** A key that comes again belongs to the next entry, also where a paste lost the dashes. */
    private void endIf(boolean known) {
      if (known) {
        endLong();
      }
    }

    void endLong() {
      if (target != null && published != null && Numbers.port(target) != null) {
        // Without a protocol it is tcp, as in the short form.
        ports.add(new PublishedPorts.Port(published, target, protocol == null ? "tcp" : protocol));
      }
      target = null;
      published = null;
      protocol = null;
    }
  }
}
