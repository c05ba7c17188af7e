package io.wgwhy.connectors.collect.capture;

import io.wgwhy.connectors.collect.capture.TcpdumpPacket.IcmpMessage;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Capture.Flow;
import io.wgwhy.facts.Capture.IcmpError;
import io.wgwhy.facts.MessageType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts packets of one kind between two addresses, in the order in which they appeared. */
final class TcpdumpCount {
  private record FlowKey(
      @Nullable Direction direction,
      String source,
      @Nullable Integer sourcePort,
      String destination,
      @Nullable Integer destinationPort,
      MessageType type) {}

  private record ErrorKey(
      @Nullable Direction direction, String source, String destination, IcmpMessage error) {}

  /** How many, how large, and between when. */
  private static final class Tally {
    private int count;
    private int largest;
    private @Nullable Long first;
    private @Nullable Long last;

    void add(TcpdumpPacket packet) {
      count++;
      largest = Math.max(largest, packet.length());
      first = first == null ? packet.at() : first;
      last = packet.at() == null ? last : packet.at();
    }
  }

  private final Map<FlowKey, Tally> flows = new LinkedHashMap<>();
  private final Map<ErrorKey, Tally> errors = new LinkedHashMap<>();
  private int packets;

  void add(TcpdumpPacket packet) {
    packets++;
    IcmpMessage error = packet.error();
    Tally tally =
        error != null
            ? errors.computeIfAbsent(
                new ErrorKey(packet.direction(), packet.source(), packet.destination(), error),
                key -> new Tally())
            : flows.computeIfAbsent(
                new FlowKey(
                    packet.direction(),
                    packet.source(),
                    packet.sourcePort(),
                    packet.destination(),
                    packet.destinationPort(),
                    packet.type()),
                key -> new Tally());
    tally.add(packet);
  }

  /** A packet that is none of IP's, or that could not be read. */
  void other() {
    packets++;
  }

  int packets() {
    return packets;
  }

  List<Flow> flows(Direction asked) {
    return flows.entrySet().stream()
        .map(
            entry -> {
              FlowKey key = entry.getKey();
              Tally tally = entry.getValue();
              return new Flow(
                  key.direction == null ? asked : key.direction,
                  key.source,
                  key.sourcePort,
                  key.destination,
                  key.destinationPort,
                  key.type,
                  tally.count,
                  tally.largest,
                  tally.first,
                  tally.last);
            })
        .toList();
  }

  List<IcmpError> errors(Direction asked) {
    return errors.entrySet().stream()
        .map(
            entry -> {
              ErrorKey key = entry.getKey();
              Tally tally = entry.getValue();
              return new IcmpError(
                  key.direction == null ? asked : key.direction,
                  key.source,
                  key.destination,
                  key.error.problem(),
                  key.error.address(),
                  key.error.port(),
                  key.error.mtu(),
                  tally.count,
                  tally.last);
            })
        .toList();
  }
}
