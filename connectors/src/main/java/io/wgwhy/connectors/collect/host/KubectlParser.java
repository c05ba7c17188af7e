package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.PublishedPorts;
import io.wgwhy.facts.WireGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code kubectl get services}: the ports under which a cluster hands on what comes from outside.
 *
 * <pre>
 * NAME        TYPE       CLUSTER-IP     EXTERNAL-IP   PORT(S)           AGE
 * wireguard   NodePort   10.43.12.200   none          51820:31820/UDP   3d
 * </pre>
 *
 * A service without a protocol is one for TCP.
 */
public final class KubectlParser implements Parser {
  private static final Pattern SERVICE =
      Pattern.compile(
          "^\\s*(?:\\S+\\s+){1,2}(NodePort|LoadBalancer)\\s+\\S+\\s+\\S+\\s+(\\d\\S*/(?:TCP|UDP|SCTP))\\s+\\d+\\w*(?:\\s.*)?$");

  private static final Pattern PORT =
      Pattern.compile("(\\d{1,5})(?::(\\d{1,5}))?/(TCP|UDP)(?=,|$)");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().matches("kubectl|k3s|oc")
        && command.has("get")
        && command.arguments().stream().anyMatch(it -> it.matches("svc|services?"));
  }

  @Override
  public boolean recognises(String output) {
    return output.lines().anyMatch(it -> SERVICE.matcher(it).matches());
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<PublishedPorts.Port> ports = new ArrayList<>();
    boolean usual = false;
    boolean udp = false;
    for (String line : TextLines.of(observation.output())) {
      Matcher service = SERVICE.matcher(line);
      if (!service.matches()) {
        continue;
      }
      Matcher port = PORT.matcher(service.group(2));
      while (port.find()) {
        Integer own = Numbers.port(port.group(1));
        Integer node = port.group(2) == null ? null : Numbers.port(port.group(2));
        Integer outside = service.group(1).equals("NodePort") ? node : own;
        if (own != null && outside != null) {
          ports.add(
              new PublishedPorts.Port(
                  outside.toString(), own.toString(), port.group(3).equals("UDP") ? "udp" : "tcp"));
          usual |= own == WireGuard.DEFAULT_PORT;
          udp |= port.group(3).equals("UDP");
        }
      }
    }
    if (ports.isEmpty()) {
      reading.skip(0, "no service in it that is reached from outside");
      return;
    }
    reading.add(
        new PublishedPorts(
            observation.host(),
            observation.atMillis(),
            ports,
            null,
            null,
            usual && !udp ? WireGuard.DEFAULT_PORT : null));
  }
}
