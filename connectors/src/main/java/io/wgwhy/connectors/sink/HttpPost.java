package io.wgwhy.connectors.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Posts to one receiver and says how that went. There is one limit of time for all of it, from the
 * name's lookup to the last byte of the answer. Redirections are not followed: whoever can make one
 * would be given what is meant for the receiver. What it says holds no secret.
 */
public final class HttpPost {
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

  private final Address address;
  private final Access access;
  private final Duration timeout;
  private final HttpClient client;

  /**
   * How a receiver wants to be spoken to.
   *
   * @param token for {@code Authorization: Bearer}; null for none
   * @param user for {@code Authorization: Basic}; null for none
   * @param password the user's; null for none
   * @param ca certificates (PEM) of whom to trust, instead of the system's; null for the system's
   * @param timeout null for 10 s
   */
  public record Access(
      @Nullable Secret token,
      @Nullable String user,
      @Nullable Secret password,
      @Nullable Path ca,
      @Nullable Span timeout) {
    public Access {
      if ((user == null) != (password == null)) {
        throw new BadSetting("user and password belong together");
      }
      if (user != null && token != null) {
        throw new BadSetting("there can be a token or a user, not both");
      }
    }
  }

  /**
   * @throws BadSetting if a secret or the certificates cannot be read
   */
  public HttpPost(Address address, Access access) {
    this.address = address;
    this.access = access;
    this.timeout = access.timeout() == null ? USUAL_TIMEOUT : access.timeout().length();
    address.check();
    try {
      authorisation(new ArrayList<>());
    } catch (Secret.Unreadable e) {
      throw new BadSetting(String.valueOf(e.getMessage()));
    }
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(timeout);
    if (access.ca() != null) {
      builder.sslContext(Trust.in(access.ca()));
    }
    this.client = builder.build();
  }

  /**
   * Posts once.
   *
   * @param path what to add to the address; may be empty
   * @param headers those beside the authorisation, which is added
   */
  public Delivery post(String path, byte[] body, Map<String, String> headers)
      throws InterruptedException {
    List<String> secrets = new ArrayList<>();
    HttpRequest request;
    try {
      URI target = target(path, secrets);
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(target)
              .timeout(timeout)
              .header("User-Agent", "wgwhy")
              .POST(BodyPublishers.ofByteArray(body));
      headers.forEach(builder::header);
      String authorisation = authorisation(secrets);
      if (authorisation != null) {
        builder.header("Authorization", authorisation);
      }
      request = builder.build();
    } catch (Secret.Unreadable e) {
      return Delivery.again(Delivery.Reason.SETTING, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      // Its message would repeat what a secret looks like.
      return Delivery.again(Delivery.Reason.SETTING, "the address or a secret cannot be sent");
    }
    return send(request, secrets);
  }

  private Delivery send(HttpRequest request, List<String> secrets) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(request, answer -> new FirstBytes());
    try {
      HttpResponse<byte[]> response = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return Answers.of(response, words(response.body(), secrets));
    } catch (TimeoutException late) {
      sent.cancel(true);
      return Answers.late(Address.server(request.uri()), timeout);
    } catch (ExecutionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      return Answers.none(Address.server(request.uri()), timeout, why);
    } catch (InterruptedException stop) {
      sent.cancel(true);
      throw stop;
    }
  }

  private URI target(String path, List<String> secrets) throws Secret.Unreadable {
    URI base = address.reveal();
    if (!address.isOpen()) {
      secrets.add(base.toString());
      secrets.add(String.valueOf(base.getRawPath()));
      secrets.add(String.valueOf(base.getRawQuery()));
      secrets.add(String.valueOf(base.getRawUserInfo()));
      secrets.addAll(List.of(String.valueOf(base.getRawPath()).split("/")));
    }
    if (path.isEmpty()) {
      return base;
    }
    String text = base.toString();
    return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
  }

  private @Nullable String authorisation(List<String> secrets) throws Secret.Unreadable {
    if (access.token() != null) {
      String token = access.token().reveal();
      secrets.add(token);
      return "Bearer " + token;
    }
    if (access.user() != null && access.password() != null) {
      String password = access.password().reveal();
      String pair =
          Base64.getEncoder().encodeToString((access.user() + ":" + password).getBytes(UTF_8));
      secrets.add(password);
      secrets.add(pair);
      return "Basic " + pair;
    }
    return null;
  }

  private static String words(byte[] answer, List<String> secrets) {
    return Answers.words(new String(answer, UTF_8), secrets);
  }
}
