package io.wgwhy.facts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One command's raw output, at one moment, on one host. A failed command is an observation too. It
 * may hold secrets: it never leaves the host as it is.
 *
 * @param at seconds since the epoch, by the host's own clock
 * @param host the host's name, unique within its tenant
 * @param command the command line as run; empty means "recognise the output by its content"
 * @param exit the command's exit code; null when it is not known
 * @param output what the command printed, both streams
 * @param receivedAt seconds since the epoch by the receiver's clock; null when nobody noted it
 * @param network the network it belongs to; null means {@code default}
 * @param tenant the tenant it belongs to; null means {@code default}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Observation(
    double at,
    String host,
    String command,
    @Nullable Integer exit,
    String output,
    @Nullable Double receivedAt,
    @Nullable String network,
    @Nullable String tenant) {

  /** When it was made on the timeline that all hosts share, ms since the epoch. */
  public long atMillis() {
    return Math.round((receivedAt == null ? at : receivedAt) * 1000);
  }

  /** Never prints the output: it may hold keys. */
  @Override
  public String toString() {
    return "Observation[" + command + " on " + host + " at " + at + "]";
  }
}
