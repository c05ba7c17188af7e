package io.wgwhy.cli.diagnose;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.RecordingReader;
import io.wgwhy.facts.Observation;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.util.function.Consumer;

/** Reads files into networks. What cannot be read is told; the rest is read all the same. */
final class Intake {
  /** Nobody pastes more; recordings have no limit. */
  private static final int LARGEST_PASTE = 32 << 20;

  private final ObservationReader reader;
  private final Networks networks;
  private final Consumer<UnreadInput> unread;
  private final Pastes pastes;

  Intake(Parsers parsers, Networks networks, Consumer<UnreadInput> unread) {
    this.reader = new ObservationReader(parsers);
    this.networks = networks;
    this.unread = unread;
    this.pastes = new Pastes(reader);
  }

  void read(Source source) {
    try (InputStream in = new BufferedInputStream(source.content().open(), Form.LOOKED_AT)) {
      in.mark(Form.LOOKED_AT);
      byte[] start = in.readNBytes(Form.LOOKED_AT);
      in.reset();
      switch (Form.of(start, source.name())) {
        case EMPTY -> skip(source, "it is empty");
        case BINARY -> skip(source, "binary data, neither a recording nor text");
        case COMPRESSED -> skip(source, "it is compressed: unpack it first, as with gunzip");
        case RECORDING -> recording(source, in);
        case TEXT -> text(source, in, start);
      }
    } catch (AccessDeniedException denied) {
      skip(source, "permission denied");
    } catch (IOException broken) {
      skip(source, "reading it failed");
    }
  }

  private void skip(Source source, String reason) {
    unread.accept(UnreadInput.whole(source.name(), reason));
  }

  private void recording(Source source, InputStream in) throws IOException {
    Track track = new Track(source.stem());
    RecordingReader.read(
        in,
        observation -> observed(source, observation, track),
        it -> unread.accept(new UnreadInput(source.name(), it.line(), null, null, it.reason())));
    networks.addRecording(track);
  }

  private void observed(Source source, Observation observation, Track track) {
    Moment moment = reader.read(source.name(), observation, 0, unread);
    if (moment.facts().isEmpty()) {
      return;
    }
    if (observation.network() == null && observation.tenant() == null) {
      track.add(moment);
    } else {
      String tenant = observation.tenant() == null ? Networks.DEFAULT : observation.tenant();
      String network = observation.network() == null ? Networks.DEFAULT : observation.network();
      networks.add(new Networks.Name(tenant, network), moment);
    }
  }

  private void text(Source source, InputStream in, byte[] start) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST_PASTE + 1);
    if (bytes.length > LARGEST_PASTE) {
      skip(source, "too long for a pasted output");
    } else {
      pastes.add(source, new String(bytes, Form.charset(start)).replace("\ufeff", ""));
    }
  }

  /**
   * Reads the pasted texts, last of all: beside one network's recordings they are taken to be of
   * the time at which those end.
   *
   * @param now the time otherwise, ms since the epoch
   */
  void finish(long now) {
    if (!pastes.isEmpty()) {
      Track beside = networks.only();
      networks.addPasted(pastes.read(beside == null ? now : beside.end(), beside != null, unread));
    }
  }
}
