package io.wgwhy.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A capture that runs all the time and is cut into windows. */
final class Capture implements AutoCloseable {
  private final String says;
  private final Path printed;
  private final Process process;
  private long read;

  Capture(Host host, String direction) {
    this.says = "tcpdump -l -n -tt -i eth0 -Q " + direction + " udp or icmp";
    this.printed = host.folder().resolve("capture-" + direction);
    this.process =
        host.start(
            printed,
            List.of(
                "tcpdump",
                "-l",
                "-n",
                "-tt",
                // With its default snaplen, immediate mode has a ring of eight slots and loses
                // bursts without a word.
                "--immediate-mode",
                "-s",
                "256",
                "-B",
                "8192",
                "-i",
                "eth0",
                "-Q",
                direction,
                "udp or icmp"));
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
