package io.wgwhy.connectors.collect;

import io.wgwhy.connectors.collect.capture.TcpdumpParser;
import io.wgwhy.connectors.collect.filter.CloudFirewallParser;
import io.wgwhy.connectors.collect.filter.ConntrackParser;
import io.wgwhy.connectors.collect.filter.FirewallCmdParser;
import io.wgwhy.connectors.collect.filter.IptablesParser;
import io.wgwhy.connectors.collect.filter.NetshParser;
import io.wgwhy.connectors.collect.filter.NftParser;
import io.wgwhy.connectors.collect.filter.NixosParser;
import io.wgwhy.connectors.collect.filter.PfctlParser;
import io.wgwhy.connectors.collect.filter.UfwParser;
import io.wgwhy.connectors.collect.host.ChronycParser;
import io.wgwhy.connectors.collect.host.DateParser;
import io.wgwhy.connectors.collect.host.DockerPortsParser;
import io.wgwhy.connectors.collect.host.IfconfigParser;
import io.wgwhy.connectors.collect.host.IpAddressParser;
import io.wgwhy.connectors.collect.host.IpLinkParser;
import io.wgwhy.connectors.collect.host.IpNeighParser;
import io.wgwhy.connectors.collect.host.IpRouteGetParser;
import io.wgwhy.connectors.collect.host.IpRouteParser;
import io.wgwhy.connectors.collect.host.IpRuleParser;
import io.wgwhy.connectors.collect.host.IpconfigParser;
import io.wgwhy.connectors.collect.host.KubectlParser;
import io.wgwhy.connectors.collect.host.NetworkctlParser;
import io.wgwhy.connectors.collect.host.NstatParser;
import io.wgwhy.connectors.collect.host.ProcNetParser;
import io.wgwhy.connectors.collect.host.ResolvConfParser;
import io.wgwhy.connectors.collect.host.RouteGetParser;
import io.wgwhy.connectors.collect.host.RouteParser;
import io.wgwhy.connectors.collect.host.SsParser;
import io.wgwhy.connectors.collect.host.SysctlFilesParser;
import io.wgwhy.connectors.collect.host.SysctlParser;
import io.wgwhy.connectors.collect.host.TimedatectlParser;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Recognition;
import io.wgwhy.connectors.collect.probe.CurlParser;
import io.wgwhy.connectors.collect.probe.DigParser;
import io.wgwhy.connectors.collect.probe.GetentParser;
import io.wgwhy.connectors.collect.probe.NmapParser;
import io.wgwhy.connectors.collect.probe.PingParser;
import io.wgwhy.connectors.collect.probe.TestNetConnectionParser;
import io.wgwhy.connectors.collect.probe.TracerouteParser;
import io.wgwhy.connectors.collect.router.IfstatusParser;
import io.wgwhy.connectors.collect.router.RouterOsParser;
import io.wgwhy.connectors.collect.router.RouterOsResolveParser;
import io.wgwhy.connectors.collect.router.UciFirewallParser;
import io.wgwhy.connectors.collect.router.UciParser;
import io.wgwhy.connectors.collect.router.VyattaInterfacesParser;
import io.wgwhy.connectors.collect.router.VyattaParser;
import io.wgwhy.connectors.collect.wg.NetworkdParser;
import io.wgwhy.connectors.collect.wg.PivpnParser;
import io.wgwhy.connectors.collect.wg.WgColumnsParser;
import io.wgwhy.connectors.collect.wg.WgConfigParser;
import io.wgwhy.connectors.collect.wg.WgDumpParser;
import io.wgwhy.connectors.collect.wg.WgLogParser;
import io.wgwhy.connectors.collect.wg.WgQuickParser;
import io.wgwhy.connectors.collect.wg.WgShowParser;
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
    Recognition recognition = Recognition.of(text);
    return PARSERS.stream().filter(recognition::by).toList();
  }
}
