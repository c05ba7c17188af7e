package io.wgwhy.connectors.collect.output;

import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.CommandFailure.Reason;
import io.wgwhy.facts.Observation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises, once for all parsers, an output that only says that the command failed:
 *
 * <pre>
 * bash: line 1: wg: command not found
 * Unable to access interface wg0: Operation not permitted
 * tcpdump: eth9: You don't have permission to perform this capture on that device
 * Device "wg0" does not exist.
 * </pre>
 */
public final class Failures {
  /** Programs whose errors are their news: their parsers read them. */
  private static final Set<String> OWN_NEWS =
      Set.of("ping", "ping6", "curl", "wget", "dig", "wg-quick", "systemctl");

  /** Programs that print other programs' errors as content. */
  private static final Set<String> LOGS = Set.of("journalctl", "dmesg", "docker", "logread");

  /** A failure is short: longer outputs hold something to read. */
  private static final int MOST_LINES = 6;

  /** A shell's words for a command that is not there, in the languages of bash(1). */
  public static final String NO_COMMAND =
      "(?:command not found|not found$|Kommando nicht gefunden|Befehl nicht gefunden"
          + "|commande introuvable|commande non trouvée|orden no encontrada|no se encontró la orden"
          + "|comando non trovato|comando não encontrado|opdracht niet gevonden"
          + "|nie znaleziono polecenia|команда не найдена|команду не знайдено|příkaz nenalezen"
          + "|kommando(?:t)? finns inte|未找到命令|找不到命令|コマンドが見つかりません|komut bulunamadı"
          + "|parancs nem található|명령어를 찾을 수 없음)";

  private static final Pattern NOT_FOUND =
      Pattern.compile(
          "^(?:\\S*(?:sh|sudo|env|timeout)\\S*: )?(?:\\p{L}{1,12} \\d+: |\\d+: )?([\\w.-]{1,32}): ?"
              + NO_COMMAND
              + "\\.?$|^zsh: command not found: ([\\w.-]{1,32})$"
              + "|executable file not found in \\$PATH");

  private static final Map<Reason, Pattern> TEXTS =
      Map.of(
          Reason.NOT_PERMITTED,
          Pattern.compile(
              "Operation not permitted|[Pp]ermission denied|must be root|run as root|requires root"
                  + "|don't have permission|password is required|a terminal is required"
                  + "|sudoers|Access denied|insufficient permissions"),
          Reason.NO_SUCH_DEVICE,
          Pattern.compile(
              "No such device|Device \"[^\"]*\" does not exist|Cannot find device"
                  + "|Device not found|[Uu]nknown interface|The interface disappeared"),
          Reason.OTHER,
          Pattern.compile(
              "No such file or directory|Cannot talk to daemon|Failed to connect to bus"
                  + "|has not been booted with systemd|nvalid option|nrecognized option"
                  + "|nknown option|Protocol not supported|Operation not supported"
                  + "|Connection refused|cannot stat "));

  /** What a collector notes instead of an output that it does not keep. */
  private static final Pattern TOO_LONG = Pattern.compile("wgwhy: more than \\d+ bytes, not kept");

  private static final Pattern HINT =
      Pattern.compile("^(?:Usage:|[Tt]ry |Hint: |\\(.*\\)$|Perhaps |iptables v|Failed to )");

  private Failures() {}

  /** The failure that the whole observation is; null when there is something to read. */
  public static @Nullable CommandFailure of(Observation observation, CommandLine command) {
    String program = command.program();
    List<String> lines =
        OutputLines.of(observation.output()).stream().filter(line -> !line.isBlank()).toList();
    Integer exit = observation.exit();
    if (lines.isEmpty()) {
      return silent(observation, command, exit);
    }
    if (lines.size() > MOST_LINES) {
      return null;
    }
    if (lines.size() == 1 && TOO_LONG.matcher(lines.get(0)).matches()) {
      return failure(observation, name(program), Reason.TOO_LONG, exit);
    }
    for (String line : lines) {
      Matcher missing = NOT_FOUND.matcher(line.strip());
      // Alone, or where a program was asked for: in a log or a trace it is a line among others.
      boolean asked = !program.isEmpty() && !LOGS.contains(program) && !program.equals("wg-quick");
      if (missing.find() && (asked || lines.size() == 1)) {
        String named = missing.group(1) == null ? missing.group(2) : missing.group(1);
        return failure(
            observation, program.isEmpty() ? name(named) : program, Reason.NOT_FOUND, exit);
      }
    }
    if (OWN_NEWS.contains(program) || Integer.valueOf(0).equals(exit)) {
      return null;
    }
    Reason reason = null;
    for (String line : lines) {
      Reason told = reason(line, program);
      if (told == null && !HINT.matcher(line).find()) {
        return null;
      }
      reason = reason == null ? told : reason;
    }
    if (exit != null && exit == 127) {
      return failure(observation, name(program), Reason.NOT_FOUND, exit);
    }
    // Without a command the text is all there is: only wg names itself by its words.
    boolean wg = lines.get(0).startsWith("Unable to access interface");
    return reason == null || (program.isEmpty() && !wg)
        ? null
        : failure(observation, program.isEmpty() ? "wg" : program, reason, exit);
  }

  /** Whether a line among others says that this command failed, by its name. */
  public static boolean isAbout(CommandLine command, String line) {
    String text = line.strip();
    Matcher missing = NOT_FOUND.matcher(text);
    return missing.find()
        ? command.program().equals(missing.group(1)) || command.program().equals(missing.group(2))
        : text.startsWith(command.program() + ": ") && reason(text, command.program()) != null;
  }

  private static @Nullable CommandFailure silent(
      Observation observation, CommandLine command, @Nullable Integer exit) {
    String program = command.program();
    if (exit == null || exit == 0 || program.isEmpty() || command.filtered()) {
      return null;
    }
    if (OWN_NEWS.contains(program) || (program.equals("tcpdump") && exit != 127)) {
      return null;
    }
    // Nothing found is their answer (grep(1), getent(1)).
    if ((program.equals("grep") && exit == 1) || (program.equals("getent") && exit == 2)) {
      return null;
    }
    // 124 is timeout(1)'s; 126 and 127 are the shell's; above 128 a signal ended it.
    Reason reason =
        switch (exit) {
          case 124, 137, 143 -> Reason.TIMED_OUT;
          case 126 -> Reason.NOT_PERMITTED;
          case 127 -> Reason.NOT_FOUND;
          default -> Reason.OTHER;
        };
    return failure(observation, program, reason, exit);
  }

  private static @Nullable Reason reason(String line, String program) {
    if (LOGS.contains(program) && !line.startsWith(program) && !line.startsWith("No journal")) {
      return null;
    }
    for (Reason reason : List.of(Reason.NOT_PERMITTED, Reason.NO_SUCH_DEVICE, Reason.OTHER)) {
      Pattern text = TEXTS.get(reason);
      if (text != null && text.matcher(line).find()) {
        return reason;
      }
    }
    return null;
  }

  private static CommandFailure failure(
      Observation observation, String program, Reason reason, @Nullable Integer exit) {
    return new CommandFailure(observation.host(), observation.atMillis(), program, reason, exit);
  }

  private static String name(@Nullable String text) {
    return text == null ? "?" : text;
  }
}
