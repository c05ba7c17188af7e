package io.wgwhy.cli.diagnose;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An input, or a line of it, that was not understood.
 *
 * @param input the file as it was named
 * @param line its line, from 1; in a recording with {@code command}, the line of that command's
 *     output; 0 for all of it
 * @param host the host that it comes from; null when unknown
 * @param command the program whose output it is, without arguments; null when unknown
 * @param reason why, without any of the text
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record UnreadInput(
    String input, int line, @Nullable String host, @Nullable String command, String reason) {

  static UnreadInput whole(String input, String reason) {
    return new UnreadInput(input, 0, null, null, reason);
  }
}
