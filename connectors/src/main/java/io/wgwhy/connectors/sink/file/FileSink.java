package io.wgwhy.connectors.sink.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.wgwhy.connectors.DiscreetFile;
import io.wgwhy.connectors.sink.Delivery;
import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Sink;
import io.wgwhy.facts.finding.Finding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * Appends a line of JSON for each notice, and returns when the disk has them. The file is opened
 * anew each time, so it may be moved away at any moment.
 */
final class FileSink implements Sink {
  private static final int BATCH = 500;

  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private final Path path;

  private record Line(String id, String event, String tenant, Finding finding) {}

  FileSink(Path path) {
    this.path = path;
  }

  @Override
  public int most() {
    return BATCH;
  }

  @Override
  public Delivery deliver(List<Notice> notices) {
    try (FileChannel file = DiscreetFile.open(path)) {
      StringBuilder lines = new StringBuilder(endOfHalfLine(file));
      for (Notice notice : notices) {
        Line line =
            new Line(notice.id(), notice.event().text(), notice.tenant().name(), notice.finding());
        lines.append(JSON.writeValueAsString(line)).append('\n');
      }
      long end = file.size();
      file.position(end);
      try {
        write(file, lines.toString());
      } catch (IOException e) {
        // A full disk: what was begun must not stand there as if it were said.
        file.truncate(end);
        throw e;
      }
      return Delivery.delivered();
    } catch (IOException e) {
      return Delivery.again(Delivery.Reason.SERVER, "cannot write to " + path);
    }
  }

  private static void write(FileChannel file, String lines) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(UTF_8));
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    file.force(false);
  }

  /** A process that was killed may have left a line without its end. */
  private static String endOfHalfLine(FileChannel file) throws IOException {
    if (file.size() == 0) {
      return "";
    }
    ByteBuffer last = ByteBuffer.allocate(1);
    file.read(last, file.size() - 1);
    return last.get(0) == '\n' ? "" : "\n";
  }
}
