package io.wgwhy.connectors.collect.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Names;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Addresses.AddressOn;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.Links.Link;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * OpenWrt: {@code ifstatus wan} (netifd, ubus): one network with its device and addresses.
 *
 * <pre>{@code
 * {
 *         "up": true,
 *         "l3_device": "pppoe-wan",
 *         "proto": "pppoe",
 *         "ipv4-address": [ { "address": "203.0.113.7", "mask": 32 } ]
 * }
 * }</pre>
 */
public final class IfstatusParser implements Parser {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern OWN =
      Pattern.compile(
          "^\\s*\\{\\s*\"up\":\\s*(?:true|false),(?s:.*)\"autostart\":(?s:.*)\"proto\":");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("ifstatus") && !command.filtered();
  }

  @Override
  public boolean recognises(String output) {
    return OWN.matcher(output).find();
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    JsonNode status;
    try {
      status = JSON.readTree(observation.output());
    } catch (JsonProcessingException cutOrBroken) {
      reading.skip(0, "no whole JSON");
      return;
    }
    if (status == null || !status.path("up").isBoolean()) {
      reading.skip(0, "no state of a network in it");
      return;
    }
    String asked = command.arguments().isEmpty() ? "" : command.arguments().get(0);
    String device = status.path("l3_device").asText("");
    // WireGuard's device has the name of its network.
    boolean tunnel = status.path("proto").asText("").equals("wireguard");
    String name = !device.isEmpty() ? device : tunnel ? asked : status.path("device").asText("");
    if (!Names.isDevice(name)) {
      reading.skip(0, "no device in it");
      return;
    }
    Answer up = Answer.of(status.path("up").booleanValue());
    List<AddressOn> addresses = new ArrayList<>();
    for (String list : List.of("ipv4-address", "ipv6-address")) {
      for (JsonNode it : status.path(list)) {
        String cidr = it.path("address").asText("") + "/" + it.path("mask").asInt(32);
        if (Cidr.isPrefix(cidr)) {
          addresses.add(new AddressOn(name, cidr, "global"));
        }
      }
    }
    if (!addresses.isEmpty()) {
      reading.add(new Addresses(observation.host(), observation.atMillis(), addresses));
    }
    reading.add(
        new Links(
            observation.host(), observation.atMillis(), List.of(new Link(name, up, null, null))));
  }
}
