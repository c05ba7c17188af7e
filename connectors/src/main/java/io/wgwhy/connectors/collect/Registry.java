package io.wgwhy.connectors.collect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every parser, by name. To add a command, write its parser and list it here. */
final class Registry {
  /** Where several could read a command or a text, the first one does. */
  static final List<Parser> PARSERS =
      List.of(
          new WgDumpParser(),
          new WgShowParser(),
          new WgColumnsParser(),
          new WgQuickParser(),
          new WgConfigParser(),
          new UciFirewallParser(),
          new UciParser(),
          new NetworkdParser(),
          new VyattaParser(),
          new VyattaInterfacesParser(),
          new RouterOsParser(),
          new RouterOsResolveParser(),
          new WgLogParser(),
          new TcpdumpParser(),
          new IpAddressParser(),
          new IpLinkParser(),
          new IfconfigParser(),
          new IfstatusParser(),
          new NetworkctlParser(),
          new IpconfigParser(),
          new IpRouteGetParser(),
          new IpRouteParser(),
          new RouteGetParser(),
          new RouteParser(),
          new IpRuleParser(),
          new IpNeighParser(),
          new NftParser(),
          new IptablesParser(),
          new UfwParser(),
          new FirewallCmdParser(),
          new CloudFirewallParser(),
          new PivpnParser(),
          new NetshParser(),
          new NixosParser(),
          new KubectlParser(),
          new DockerPortsParser(),
          new ConntrackParser(),
          new PfctlParser(),
          new PingParser(),
          new TracerouteParser(),
          new TestNetConnectionParser(),
          new NmapParser(),
          new CurlParser(),
          new DigParser(),
          new GetentParser(),
          new ResolvConfParser(),
          new SysctlFilesParser(),
          new SysctlParser(),
          new TimedatectlParser(),
          new ChronycParser(),
          new DateParser(),
          new NstatParser(),
          new ProcNetParser(),
          new SsParser());

  private Registry() {}

  /** The parser of a command; null when there is none. */
  static @Nullable Parser of(CommandLine command) {
    for (Parser parser : PARSERS) {
      if (parser.reads(command)) {
        return parser;
      }
    }
    return null;
  }

  /** The parsers that recognise the text as their command's output. */
  static List<Parser> recognising(String text) {
    String clean = clean(text);
    return PARSERS.stream().filter(parser -> knows(parser, clean)).toList();
  }

  static boolean recognises(Parser parser, String text) {
    return knows(parser, clean(text));
  }

  /**
   * A command is known by how its lines begin: patterns may take their time with the rest, and with
   * blank lines, which one would do for.
   */
  private static String clean(String text) {
    List<String> lines = new ArrayList<>();
    boolean gap = false;
    for (String line : TextLines.of(text)) {
      boolean blank = line.isBlank();
      if (!blank || !gap) {
        lines.add(blank ? "" : line);
      }
      gap = blank;
    }
    return String.join("\n", lines);
  }

  private static boolean knows(Parser parser, String clean) {
    try {
      return parser.recognises(clean);
    } catch (StackOverflowError hostile) {
      // A pattern met a line that nobody writes.
      return false;
    }
  }
}
