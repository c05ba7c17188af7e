package io.wgwhy.connectors.collect.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.JsonElements;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.ProviderRules;
import io.wgwhy.facts.ProviderRules.Opening;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Firewalls of providers, as their tools list them: {@code aws ec2 describe-security-groups},
 * {@code gcloud compute firewall-rules list}, {@code az network nsg rule list}, {@code oci network
 * security-list get} and {@code hcloud firewall describe}; JSON and tables.
 *
 * <pre>
 * NAME               NETWORK  DIRECTION  PRIORITY  ALLOW      DENY  DISABLED
 * default-allow-ssh  default  INGRESS    65534     tcp:22           False
 * wireguard          default  INGRESS    1000      udp:51820        False
 *
 * Name       Priority  …  Access    Protocol    Direction    DestinationPortRanges
 * wireguard  310       …  Allow     Udp         Inbound      51820
 *
 * |  DescribeSecurityGroups  |                   aws … --query '…' --output table
 * |  udp |  51820 |  51820 |  0.0.0.0/0  |
 *
 * sgr-0a11b22c33d44e55f  IPv4  Custom TCP  TCP  51820  0.0.0.0/0      the page of AWS
 *
 * Rule number  Type     Protocol  Port range  Source     Allow/Deny    its network ACLs
 * 100          All TCP  TCP (6)   0 - 65535   0.0.0.0/0  Allow
 * </pre>
 *
 * <p>What is open only to addresses of one's own is not open to the internet.
 */
public final class CloudFirewallParser implements Parser {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int LAST = 65_535;

  private static final Pattern GCLOUD_HEADING =
      Pattern.compile("^\\s*NAME\\s+(?:NETWORK\\s+)?DIRECTION\\s+PRIORITY\\s.*\\bALLOW\\b.*");
  private static final Pattern GCLOUD =
      Pattern.compile("^\\s*(\\S+)\\s+(?:\\S+\\s+)?INGRESS\\s+\\d+\\s+(\\S+)(?:\\s.*)?$");
  private static final Pattern GCLOUD_ALLOW =
      Pattern.compile("\\b(tcp|udp|icmp|all|esp|ah|sctp|ipip)\\b(?::(\\d{1,5})(?:-(\\d{1,5}))?)?");

  private static final Pattern AZURE =
      Pattern.compile(
          "\\b(Allow|Deny)\\s+(Tcp|Udp|Icmp|\\*|Any)\\s+Inbound\\s+([\\d*,-]+)(?:\\s|$)");

  /** Protocol, first port, last port, and from where if that was asked for. */
  private static final Pattern AWS_TABLE =
      Pattern.compile(
          "^\\s*\\|\\s*(tcp|udp|icmp|-1)\\s*\\|\\s*(\\d{1,5}|-1|None)\\s*\\|\\s*(\\d{1,5}|-1|None)\\s*\\|"
              + "(?:\\s*(?:([0-9a-fA-F.:]{2,45})/\\d{1,3}|(None))\\s*\\|)?.*$");

  private static final Pattern AWS_PAGE =
      Pattern.compile(
          "\\bsgr-[0-9a-f]{8,20}\\b.*[\\s|](TCP|UDP|ICMP|All)[\\s|]+(\\d{1,5}|All)(?: ?- ?(\\d{1,5}))?[\\s|]+"
              + "(?:([0-9a-fA-F.:]{2,45})/\\d{1,3}|(sg|pl)-[0-9a-f]{8,20})(?=[\\s|]|$)");

  /** Rules go by their number, and the last one of each list denies: what is allowed is enough. */
  private static final Pattern AWS_ACL_HEADING =
      Pattern.compile(
          "(?m)^[\\s|]*Rule (?:number|#)[\\s|]+Type[\\s|]+Protocol[\\s|]+Port range[\\s|]+(Source|Destination)\\b.*$");

  private static final Pattern AWS_ACL =
      Pattern.compile(
          "^[\\s|]*\\d{1,5}[\\s|]+\\S.*?[\\s|](TCP|UDP|ICMP|All)(?: \\(\\d{1,3}\\))?[\\s|]+(\\d{1,5}|All)(?: ?- ?(\\d{1,5}))?[\\s|]+"
              + "([0-9a-fA-F.:]{2,45})/\\d{1,3}[\\s|]+Allow\\b.*$");

  private static final Pattern HETZNER =
      Pattern.compile(
          "(?m)^\\s*-?\\s*Direction:\\s+in\\b[^\\n]*\\n\\s*Protocol:\\s+(\\w+)[^\\n]*\\n(?:\\s*Port:\\s+(\\d{1,5}|any)(?:-(\\d{1,5}))?)?");

  private static final Pattern OWN =
      Pattern.compile(
          "\"(?:IpPermissions|SecurityGroups|ingress-security-rules|udp-options)\":"
              + "|\"securityRules\":|\"IPProtocol\":|\"destinationPortRange\":"
              + "|(?m)^\\s*Name\\s.*\\bAccess\\s+Protocol\\s+Direction\\b"
              + "|"
              + AWS_ACL_HEADING.pattern()
              + "|^\\|\\s*DescribeSecurityGroups\\s*\\||"
              + AWS_PAGE.pattern());

  /** Between the machines of one's own network: the table does not show from where. */
  private static final Pattern INTERNAL = Pattern.compile(".*\\binternal\\b.*");

  private static final Pattern NEAR =
      Pattern.compile("(?:10|127|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))\\..*|VirtualNetwork");

  @Override
  public boolean reads(CommandLine command) {
    return switch (command.program()) {
      case "aws" -> command.has("ec2", "describe-security-groups");
      case "gcloud" -> command.has("compute", "firewall-rules", "list");
      case "az" -> command.has("network", "nsg", "rule", "list");
      case "oci" -> command.has("network", "security-list", "get");
      case "hcloud" -> command.has("firewall", "describe");
      default -> false;
    };
  }

  @Override
  public boolean recognises(String output) {
    return OWN.matcher(output).find()
        || HETZNER.matcher(output).find()
        || output.lines().anyMatch(it -> GCLOUD_HEADING.matcher(it).matches());
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    String output = observation.output();
    List<Opening> openings = new ArrayList<>();
    List<Opening> inside = new ArrayList<>();
    if (JsonElements.looksLike(output)) {
      JsonNode whole = whole(output);
      if (whole == null || whole.isArray()) {
        JsonElements.read(output, reading).forEach(it -> json(it, openings, inside));
      } else {
        json(whole, openings, inside);
      }
    } else {
      table(output, openings);
      ofAmazon(output, openings, inside);
    }
    // A list that lets nothing in is one that nobody reads so: then it was not understood.
    if (openings.isEmpty()) {
      reading.skip(0, "no rule that lets something in");
    } else {
      @Nullable List<Opening> own = inside.isEmpty() ? null : inside;
      reading.add(new ProviderRules(observation.host(), observation.atMillis(), openings, own));
    }
  }

  private static void table(String output, List<Opening> openings) {
    for (String line : TextLines.of(output)) {
      Matcher gcloud = GCLOUD.matcher(line);
      Matcher azure = AZURE.matcher(line);
      if (gcloud.matches() && !INTERNAL.matcher(gcloud.group(1)).matches()) {
        Matcher allow = GCLOUD_ALLOW.matcher(gcloud.group(2));
        while (allow.find()) {
          add(openings, allow.group(1), allow.group(2), allow.group(3));
        }
      } else if (azure.find() && azure.group(1).equals("Allow") && !line.contains("Vnet")) {
        for (String range : azure.group(3).split(",")) {
          range(openings, azure.group(2), range);
        }
      }
    }
    Matcher hetzner = HETZNER.matcher(output);
    while (hetzner.find()) {
      String port = hetzner.group(2);
      add(openings, hetzner.group(1), "any".equals(port) ? null : port, hetzner.group(3));
    }
  }

  private static void ofAmazon(String output, List<Opening> openings, List<Opening> inside) {
    boolean inward = false;
    for (String line : TextLines.of(output)) {
      Matcher row = AWS_TABLE.matcher(line);
      Matcher page = AWS_PAGE.matcher(line);
      Matcher heading = AWS_ACL_HEADING.matcher(line);
      Matcher acl = AWS_ACL.matcher(line);
      inward = heading.matches() ? heading.group(1).equals("Source") : inward;
      if (row.matches()) {
        String from = row.group(2).matches("\\d+") ? row.group(2) : null;
        // None: from machines of a group, as far as it was asked for.
        boolean own = row.group(5) != null || near(row.group(4));
        add(own ? inside : openings, row.group(1), from, row.group(3));
      } else if (page.find()) {
        boolean own = page.group(4) == null || near(page.group(4));
        String from = page.group(2).equals("All") ? null : page.group(2);
        add(own ? inside : openings, page.group(1), from, page.group(3));
      } else if (inward && acl.matches()) {
        String from = acl.group(2).equals("All") ? null : acl.group(2);
        add(near(acl.group(4)) ? inside : openings, acl.group(1), from, acl.group(3));
      }
    }
  }

  private static boolean near(@Nullable String source) {
    return source != null && NEAR.matcher(source).matches();
  }

  /** The document; null when it was cut. */
  private static @Nullable JsonNode whole(String output) {
    try {
      return JSON.readTree(output);
    } catch (JsonProcessingException cut) {
      return null;
    }
  }

  /** An element of any of the lists, and what is in it. */
  private static void json(JsonNode node, List<Opening> openings, List<Opening> inside) {
    List<JsonNode> inner = new ArrayList<>();
    if (node.path("data").isObject()) {
      inner.add(node.path("data"));
    }
    for (String list :
        List.of(
            "SecurityGroups",
            "IpPermissions",
            "ingress-security-rules",
            "securityRules",
            "allowed")) {
      node.path(list).forEach(inner::add);
    }
    boolean inward =
        !node.path("direction").asText("in").toLowerCase(Locale.ROOT).matches("e?out.*|egress")
            && !node.path("disabled").asBoolean(false)
            && !node.path("access").asText("Allow").equals("Deny");
    if (inward) {
      List<Opening> its = isOpen(node) ? openings : inside;
      inner.forEach(it -> json(it, its, inside));
      own(node, its);
    }
  }

  /** What the element itself lets in. */
  private static void own(JsonNode node, List<Opening> openings) {
    if (node.has("IpProtocol")) {
      add(
          openings,
          node.path("IpProtocol").asText(),
          text(node.path("FromPort")),
          text(node.path("ToPort")));
    } else if (node.has("IPProtocol")) {
      List<String> ports = texts(node.path("ports"));
      (ports.isEmpty() ? List.of("*") : ports)
          .forEach(it -> range(openings, node.path("IPProtocol").asText(), it));
    } else if (node.has("destinationPortRange") || node.has("destinationPortRanges")) {
      List<String> ports = new ArrayList<>(texts(node.path("destinationPortRanges")));
      String single = text(node.path("destinationPortRange"));
      if (single != null) {
        ports.add(single);
      }
      ports.forEach(it -> range(openings, node.path("protocol").asText(), it));
    } else if (node.has("protocol") && node.has("source")) {
      String protocol = node.path("protocol").asText();
      JsonNode options = node.path((protocol.equals("17") ? "udp" : "tcp") + "-options");
      JsonNode range = options.path("destination-port-range");
      add(openings, protocol, text(range.path("min")), text(range.path("max")));
    }
  }

  /** Whether a rule that says from where is for others than one's own network. */
  private static boolean isOpen(JsonNode node) {
    List<String> sources = new ArrayList<>(texts(node.path("sourceRanges")));
    node.path("IpRanges").forEach(it -> sources.add(it.path("CidrIp").asText()));
    node.path("Ipv6Ranges").forEach(it -> sources.add(it.path("CidrIpv6").asText()));
    for (String member : List.of("source", "sourceAddressPrefix")) {
      String source = text(node.path(member));
      if (source != null) {
        sources.add(source);
      }
    }
    boolean groups = !node.path("UserIdGroupPairs").isEmpty() && sources.isEmpty();
    return !groups
        && (sources.isEmpty() || sources.stream().anyMatch(it -> !NEAR.matcher(it).matches()));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static @Nullable String text(JsonNode value) {
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }

  private static void range(List<Opening> openings, String protocol, String range) {
    String[] ends = range.split("-");
    boolean all = range.equals("*");
    add(openings, protocol, all ? null : ends[0], all || ends.length == 1 ? null : ends[1]);
  }

  private static void add(
      List<Opening> openings, String written, @Nullable String from, @Nullable String to) {
    String protocol =
        switch (written.toLowerCase(Locale.ROOT)) {
          case "-1", "*", "any", "all" -> "all";
          case "6" -> "tcp";
          case "17" -> "udp";
          case "1", "58" -> "icmp";
          default -> Word.of(written.toLowerCase(Locale.ROOT));
        };
    Integer first = from == null ? Integer.valueOf(0) : Numbers.small(from);
    Integer last = from == null ? Integer.valueOf(LAST) : to == null ? first : Numbers.small(to);
    if (first != null && last != null) {
      openings.add(new Opening(protocol, first, last));
    }
  }
}
