package io.wgwhy.connectors.collect.probe;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Runs;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.NameLookup;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Probe;
import io.wgwhy.facts.Probe.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code ping} (iputils ping(8), BusyBox, BSD; of other languages the numbers).
 *
 * <pre>{@code
 * PING 10.66.66.1 (10.66.66.1) 1392(1420) bytes of data.
 * [1795350228.624390] 1400 bytes from 10.66.66.1: icmp_seq=1 ttl=64 time=14.8 ms
 *
 * --- 10.66.66.1 ping statistics ---
 * 1 packets transmitted, 1 received, 0% packet loss, time 0ms
 * }</pre>
 */
public final class PingParser implements Parser {
  private static final Pattern HEADER =
      Pattern.compile(
          "^PING (\\S+?) ?\\(([^)\\s]+)\\)(?: from .*?)?:? (?:\\S+ )?(\\d+)(?:\\(\\d+\\))?\\b.*$");
  private static final Pattern PLAIN_HEADER =
      Pattern.compile("^PING6?(?:\\(\\S+ bytes\\))? .*?(\\S+): (\\d+) data bytes.*$");

  /** ping.exe, in the languages that public reports have. */
  private static final Pattern WINDOWS_HEADER =
      Pattern.compile(
          "^(?:Pinging|Ping wird ausgef.+hrt f.+r|Envoi d.une requ.+te .Ping.|Haciendo ping a"
              + "|Esecuzione di Ping|Disparando|Pingen naar|Badanie|Skickar ping-signal till"
              + "|Обмен пакетами с|正在 Ping) (\\S+).*\\b(\\d+) ?\\p{L}.*$");

  private static final Pattern WINDOWS_ADDRESS = Pattern.compile("\\[([0-9a-fA-F:.]{2,45})\\]");

  private static final Pattern NAME =
      Pattern.compile("(?:[A-Za-z0-9_-]{1,63}\\.){1,9}[A-Za-z]{2,63}");

  /** Of IPv6 it shows neither size nor TTL: {@code Reply from fd00::1: time<1ms}. */
  private static final Pattern WINDOWS_REPLY =
      Pattern.compile("^\\S.*[:：] ?\\p{L}+ ?[=＝<] ?\\d+(?: .*TTL ?= ?\\d+| ?\\p{L}{1,3})\\s*$");

  private static final Pattern STATISTICS =
      Pattern.compile("^(\\d+)\\s[^,]*,\\s*(\\d+)\\b[^,]*,.*\\d(?:[.,]\\d+)?\\s?%.*$");
  private static final Pattern WINDOWS_STATISTICS =
      Pattern.compile("^\\s+.*= ?(\\d+)[,，] ?.*= ?(\\d+)[,，] ?.*= ?\\d+.*$");

  /** Who says that a packet may not pass: {@code From 10.66.66.1 icmp_seq=1 Packet filtered}. */
  private static final Pattern REFUSED_BY =
      Pattern.compile("^\\p{L}+ (?:\\S+ \\()?([0-9a-fA-F:.]{2,45})\\)?:? icmp_seq.*");

  /** What the C library says of an error, in the languages that public reports have. */
  private static final Map<Problem, Pattern> ERRORS =
      Map.of(
          Problem.REQUIRED_KEY_NOT_AVAILABLE,
          Pattern.compile(
              "required key not available|schlüssel ist nicht verfügbar|clé requise non disponible"
                  + "|clave requerida no está disponible|chiave richiesta non è disponibile"
                  + "|vereiste sleutel is niet beschikbaar|chave (?:necessária não|requerida in)"
                  + "|wymagany klucz niedostępny|требуемый ключ недоступен|потрібний ключ"
                  + "|需要的关键字不存在|必要鍵值無法使用|要求されたキー|nyckel inte tillgänglig"
                  + "|požadovaný klíč není|gerekli anahtar|필요한 키가"),
          Problem.DESTINATION_ADDRESS_REQUIRED,
          Pattern.compile(
              "destination address required|zieladresse notwendig|adresse de destination requise"
                  + "|especificar la dirección de destino|richiesto indirizzo di destinazione"
                  + "|doeladres vereist|endereço (?:de )?destino requerido|adres docelowy"
                  + "|указать адрес назначения|вказати адресу призначення|需要目标地址|需要目標位址"
                  + "|送信先アドレスが必要|destinationsadress krävs|cílovou adresu je nutné"),
          Problem.MESSAGE_TOO_LONG,
          Pattern.compile(
              "message too (?:long|large)|frag needed|packet too big|nachricht ist zu lang"
                  + "|message trop long|mensaje demasiado largo|messaggio troppo lungo"
                  + "|bericht is te lang|mensagem muito (?:longa|grande)|komunikat za długi"
                  + "|сообщение слишком длинное|задовге повідомлення|消息过长|訊息太長|長すぎます"
                  + "|packet needs to be fragmented|paket m.+sste fragmentiert werden"
                  + "|doit être fragmenté|necesario fragmentar el paquete|deve essere frammentato"
                  + "|precisa ser fragmentado|требуется фрагментация|需要拆分数据包"));

  /** The same of a name that has no address, and how ping.exe says so. */
  private static final Pattern NO_NAME =
      Pattern.compile(
          "name or service not known|name resolution|bad address|unknown host|does not resolve"
              + "|cannot resolve|no address associated|not known|unknown server"
              + "|dienst ist nicht bekannt|fehler bei der namensauflösung|nom ou service inconnu"
              + "|résolution (?:du|de) nom|servicio desconocido|resolución del nombre"
              + "|servizio sconosciuto|risoluzione del nome|serviço desconhecido"
              + "|resolução de nome|nazwa lub usługa|rozpoznawania? nazw|is niet bekend"
              + "|in naamherleiding|имя или служба|разрешении имен|未知的名称或服务|域名解析"
              + "|could not find host|konnte host .* nicht finden|n'a pas pu trouver l'hôte"
              + "|no pudo encontrar el host|impossibile trovare l'host|não pôde encontrar o host"
              + "|не удалось обнаружить узел|kan host .* niet vinden|nie może znaleźć hosta"
              + "|找不到主机");

  /** The same of a target that somebody on the way does not find. */
  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "unreachable|no route to host|packet filtered|prohibited|expired in transit"
              + "|ziel-?(?:host|netz) nicht erreichbar|de joindre l.h.te de destination"
              + "|host de destino inacc?es"
              + "|host di destinazione non raggiungibile|заданн(?:ый узел недоступен|ая сеть недоступна)"
              + "|无法访问目标");

  private static final Pattern NAME_ALONE =
      Pattern.compile(
          "^(?:ping[46]?: [A-Za-z0-9._-]{1,253}: |.*\\b[Pp]ing\\b.*[A-Za-z0-9-]\\.[A-Za-z]{2,}).*");

  private static final Pattern DURATION = Pattern.compile(", \\p{L}+ (\\d+) ?ms\\s*$");
  private static final Pattern REPLY =
      Pattern.compile("^(?:\\[(\\d{10}\\.\\d+)\\] )?\\d+ .*\\b(?:icmp_)?seq=(\\d+) .*=.*");
  private static final Pattern NO_RIGHT =
      Pattern.compile("^ping6?: .*(?:socket|permission denied|lacking privilege|SOCK_RAW).*");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().matches("ping[46]?");
  }

  @Override
  public boolean recognises(String output) {
    return TextLines.of(output).stream()
        .anyMatch(
            line ->
                HEADER.matcher(line).matches()
                    || PLAIN_HEADER.matcher(line).matches()
                    || WINDOWS_HEADER.matcher(line).matches()
                    || line.matches("^--- \\S+ ping statistics ---\\s*$")
                    || (NAME_ALONE.matcher(line).matches()
                        && problemIn(line) == Problem.NAME_NOT_RESOLVED)
                    || line.matches(
                        "^(?:ping6?: (?:local error|sendmsg|sendto): .*|From \\S+ icmp_seq=\\d+ .*)"));
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    for (List<String> lines : Runs.of(observation.output(), PingParser::begins)) {
      one(observation, command, lines, reading);
    }
  }

  private static boolean begins(String line) {
    return line.startsWith("PING ")
        || line.startsWith("PING6")
        || WINDOWS_HEADER.matcher(line).matches();
  }

  private static void one(
      Observation observation, CommandLine command, List<String> lines, Reading reading) {
    String target = target(command);
    String size = size(command);
    Integer sent = null;
    Integer received = null;
    Long duration = null;
    Problem problem = null;
    boolean replied = false;
    boolean countsErrors = false;
    long begun = observation.atMillis();
    for (String line : lines) {
      Matcher header = HEADER.matcher(line);
      Matcher plainHeader = PLAIN_HEADER.matcher(line);
      Matcher atWindows = WINDOWS_HEADER.matcher(line);
      Matcher reply = REPLY.matcher(line);
      Matcher statistics = STATISTICS.matcher(line);
      Matcher windows = WINDOWS_STATISTICS.matcher(line);
      if (NO_RIGHT.matcher(line).matches()) {
        reading.add(
            new CommandFailure(
                observation.host(),
                observation.atMillis(),
                "ping",
                CommandFailure.Reason.NOT_PERMITTED,
                observation.exit()));
        return;
      } else if (header.matches()) {
        target = Word.of(header.group(1));
        size = header.group(3);
        resolved(observation, header.group(1), header.group(2), reading);
      } else if (plainHeader.matches()) {
        target = Word.of(plainHeader.group(1).replaceAll("[()]", ""));
        size = plainHeader.group(2);
      } else if (atWindows.matches()) {
        target = Word.of(atWindows.group(1));
        size = atWindows.group(2);
        Matcher address = WINDOWS_ADDRESS.matcher(line);
        if (address.find()) {
          resolved(observation, atWindows.group(1), address.group(1), reading);
        }
      } else if (WINDOWS_REPLY.matcher(line).matches()) {
        replied = true;
      } else if (statistics.matches() || windows.matches()) {
        Matcher counts = statistics.matches() ? statistics : windows;
        sent = Numbers.small(counts.group(1));
        received = Numbers.small(counts.group(2));
        countsErrors = !statistics.matches();
        Matcher time = DURATION.matcher(line);
        duration = time.find() ? Numbers.whole(time.group(1)) : null;
      } else if (reply.matches() && problemIn(line) == null) {
        replied = true;
        begun = Math.min(begun, begun(observation, reply));
      } else {
        problem = better(problem, refused(line, target) ? Problem.PROHIBITED : problemIn(line));
      }
    }
    if (sent == null && !replied && problem == null) {
      reading.skip(0, "neither replies nor statistics in the output");
      return;
    }
    if (countsErrors && !replied && received != null && received > 0) {
      // ping.exe calls it received when a router says "Destination host unreachable".
      received = problem == null ? null : Integer.valueOf(0);
    }
    boolean none =
        (received != null && received == 0) || (!replied && problem != null && sent == null);
    Answer answered =
        replied || (received != null && received > 0)
            ? Answer.YES
            : none && (sent == null || sent > 0) ? Answer.NO : Answer.UNKNOWN;
    reading.add(
        new Probe(
            observation.host(),
            begun,
            Probe.Type.PING,
            target,
            Numbers.small(size),
            command.after("-M").equals("do") || command.has("-f", "-l") || command.has("-l", "-f"),
            sent,
            received,
            answered,
            answered.no() ? (problem == null ? Problem.TIMED_OUT : problem) : null,
            null,
            duration));
  }

  /** Which of a name's addresses it took. */
  private static void resolved(
      Observation observation, String name, String address, Reading reading) {
    if (NAME.matcher(name).matches() && Cidr.isAddress(address) && !Cidr.isAddress(name)) {
      reading.add(
          new NameLookup(
              observation.host(),
              observation.atMillis(),
              name.toLowerCase(Locale.ROOT),
              List.of(address)));
    }
  }

  /** The time of the first reply, where {@code -D} shows it and it is the first packet's. */
  private static long begun(Observation observation, Matcher reply) {
    if (reply.group(1) == null || !reply.group(2).equals("1")) {
      return Long.MAX_VALUE;
    }
    long shift = observation.atMillis() - Math.round(observation.at() * 1000);
    return new BigDecimal(reply.group(1)).movePointRight(3).longValue() + shift;
  }

  /**
   * "Destination Host Unreachable" says less than the error of the system that stands beside it.
   */
  private static @Nullable Problem better(@Nullable Problem before, @Nullable Problem now) {
    boolean vague = before == null || before == Problem.UNREACHABLE || before == Problem.OTHER;
    return vague && now != null && (before == null || now != Problem.OTHER) ? now : before;
  }

  /** Whether somebody on the way says that it is forbidden; the target itself would mean itself. */
  private static boolean refused(String line, @Nullable String target) {
    // An echo has no port: port unreachable is what a reject rule says (iptables-extensions(8)).
    boolean forbids = line.matches(".*(?:Packet filtered|[Pp]rohibited|Port Unreachable).*");
    Matcher by = REFUSED_BY.matcher(line);
    return forbids && by.matches() && target != null && !by.group(1).equals(target);
  }

  private static @Nullable Problem problemIn(String line) {
    if (line.startsWith("PING") || line.startsWith("---") || line.contains("ttl=")) {
      return null;
    }
    String text = line.toLowerCase(Locale.ROOT);
    for (Problem problem :
        List.of(
            Problem.REQUIRED_KEY_NOT_AVAILABLE,
            Problem.DESTINATION_ADDRESS_REQUIRED,
            Problem.MESSAGE_TOO_LONG)) {
      Pattern words = ERRORS.get(problem);
      if (words != null && words.matcher(text).find()) {
        return problem;
      }
    }
    if (text.matches(".*\\bmtu ?= ?\\d+.*")) {
      return Problem.MESSAGE_TOO_LONG;
    }
    if (text.contains("operation not permitted")) {
      return Problem.NOT_PERMITTED;
    }
    if (NO_NAME.matcher(text).find()) {
      return Problem.NAME_NOT_RESOLVED;
    }
    if (UNREACHABLE.matcher(text).find()) {
      return Problem.UNREACHABLE;
    }
    // "From 192.0.2.1 icmp_seq=1 …" in any language: a router or the host itself says why not.
    return text.matches("(\\[[\\d.]+\\] )?\\S+ \\S+.* icmp_seq=\\d+ .*")
            && !text.contains("no answer")
        ? Problem.OTHER
        : null;
  }

  private static @Nullable String target(CommandLine command) {
    List<String> words = command.arguments();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.matches("-[a-zA-Z46]*[cCIiFlmMNpQsStTwWe]")) {
        i++;
      } else if (!word.startsWith("-")) {
        return Word.of(word.replaceFirst(";$", ""));
      }
    }
    return null;
  }

  private static @Nullable String size(CommandLine command) {
    // Windows and BSD differ in what -l and -s mean: their output has the size.
    String size = command.after("-s");
    return size.isEmpty() ? null : size;
  }
}
