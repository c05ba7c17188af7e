package io.wgwhy.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A capture that runs all the time and is cut into windows. */
final class Capture implements AutoCloseable {
  private static final String FILTER = "udp or icmp or icmp6";

  private final String says;
  private final Path printed;
  private final Process process;
  private long read;

  private Capture(Host host, String device, String direction) {
    List<String> says = new ArrayList<>(List.of("tcpdump", "-l", "-n", "-tt", "-i", device));
    if (!direction.isEmpty()) {
      says.addAll(List.of("-Q", direction));
    }
    List<String> runs = new ArrayList<>(says);
    // With its default snaplen, immediate mode has a ring of eight slots and loses bursts without
    // a word.
    runs.addAll(List.of("--immediate-mode", "-s", "256", "-B", "8192", FILTER));
    this.says = String.join(" ", says) + " " + FILTER;
    this.printed = host.folder().resolve("capture-" + direction);
    this.process = host.start(printed, runs);
  }

  /** Captures at a host, as it is to be looked at. */
  static List<Capture> start(Host host, View view) {
    if (view.device().isEmpty() || !view.seen()) {
      return List.of();
    }
    return view.directions()
        ? List.of(new Capture(host, view.device(), "in"), new Capture(host, view.device(), "out"))
        : List.of(new Capture(host, view.device(), ""));
  }

  /** The command line as observations tell it. */
  String says() {
    return says;
  }

  /** The packets since the last time; whole lines only. */
  String window() {
    try (RandomAccessFile file = new RandomAccessFile(printed.toFile(), "r")) {
      byte[] news = new byte[(int) (file.length() - read)];
      file.seek(read);
      file.readFully(news);
      String text = new String(news, StandardCharsets.UTF_8);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      read += whole.getBytes(StandardCharsets.UTF_8).length;
      StringBuilder packets = new StringBuilder();
      whole
          .lines()
          .filter(line -> !line.startsWith("tcpdump:") && !line.startsWith("listening on"))
          .forEach(line -> packets.append(line).append('\n'));
      return packets.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
