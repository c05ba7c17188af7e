package io.wgwhy.connectors.sink;

import io.wgwhy.connectors.Causes;
import io.wgwhy.connectors.sink.Delivery.Reason;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * What a receiver's answer means. A status that tells that notices of this kind will never be taken
 * is a refusal; one that somebody can repair (a token, an address, a certificate) is not: notices
 * wait until then.
 */
final class Answers {
  /** What a receiver said is for people, who need no more than its first words. */
  private static final int MOST_WORDS = 200;

  /** Shorter ones cannot be told from ordinary words. */
  private static final int LEAST_SECRET = 6;

  /** Nobody may tell us to wait longer; RFC 9110 sets no bound. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private Answers() {}

  static Delivery of(HttpResponse<byte[]> response, String words) {
    int status = response.statusCode();
    String says = "HTTP " + status + (words.isEmpty() ? "" : ": " + words);
    if (status >= 200 && status < 300) {
      return Delivery.delivered();
    }
    if (status >= 300 && status < 400) {
      return Delivery.again(
          Reason.SETTING, says + " (redirections are not followed: set the new address)");
    }
    return switch (status) {
      case 408, 425, 429 -> new Delivery.Again(Reason.BUSY, says, notBefore(response).orElse(null));
      case 401, 403, 407 -> Delivery.again(Reason.AUTHORISATION, says);
      case 404, 405, 410 -> Delivery.again(Reason.SETTING, says);
      default ->
          status >= 500
              ? new Delivery.Again(Reason.SERVER, says, notBefore(response).orElse(null))
              : new Delivery.Refused(says);
    };
  }

  static Delivery late(String server, Duration timeout) {
    return Delivery.again(
        Reason.TIMEOUT, "no whole answer from " + server + " within " + timeout.toMillis() + " ms");
  }

  /** There was no answer. */
  static Delivery none(String server, Duration timeout, Throwable why) {
    if (Causes.has(why, HttpTimeoutException.class)) {
      return late(server, timeout);
    }
    if (Causes.has(why, SSLException.class)) {
      return Delivery.again(Reason.TLS, server + " is not trusted: " + tls(why));
    }
    return Delivery.again(
        Reason.CONNECTION,
        Causes.has(why, UnresolvedAddressException.class)
            ? "the name in " + server + " has no address"
            : "cannot reach " + server);
  }

  /** The innermost says it best: what is wrong with which certificate. */
  private static String tls(Throwable why) {
    Throwable innermost = Causes.of(why).reduce(why, (outer, inner) -> inner);
    return clean(String.valueOf(innermost.getMessage()));
  }

  /** Seconds only: that is what busy receivers send; a date needs a clock that is right. */
  private static Optional<Duration> notBefore(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .map(String::strip)
        .filter(it -> it.matches("\\d{1,9}"))
        .map(it -> Duration.ofSeconds(Long.parseLong(it)))
        .map(it -> it.compareTo(LONGEST) > 0 ? LONGEST : it);
  }

  /** The first words of an answer; a receiver may repeat what it was sent. */
  static String words(String answer, List<String> secrets) {
    String safe = answer;
    for (String secret : secrets) {
      if (secret.length() >= LEAST_SECRET) {
        safe = safe.replace(secret, "…");
      }
    }
    return clean(safe);
  }

  private static String clean(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= MOST_WORDS ? line : line.substring(0, MOST_WORDS) + "…";
  }
}
