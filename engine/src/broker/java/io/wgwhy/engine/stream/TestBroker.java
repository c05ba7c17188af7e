package io.wgwhy.engine.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A broker for tests, of the kind that {@code -Dbroker=…} asks for:
 *
 * <ul>
 *   <li>{@code embedded}: in this JVM
 *   <li>{@code container}: the image {@code apache/kafka}, by Testcontainers; fails where it cannot
 *       be had
 *   <li>{@code auto}, the default: a container where its image is, otherwise embedded; nothing is
 *       pulled
 * </ul>
 *
 * It says which, on stderr and in {@code target/brokers.txt}. As an extension of a test class it is
 * started before all tests and stopped after them:
 *
 * <pre>{@code @RegisterExtension static final TestBroker BROKER = TestBroker.open();}</pre>
 */
public final class TestBroker implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
  private static final Path TOLD = Path.of("target", "brokers.txt");

  private final boolean secured;
  private @Nullable Running running;

  private TestBroker(boolean secured) {
    this.secured = secured;
  }

  /** Without logins. Not started yet. */
  public static TestBroker open() {
    return new TestBroker(false);
  }

  /** Who has no login may do nothing; {@link #client} is the administrator. Not started yet. */
  public static TestBroker secured() {
    return new TestBroker(true);
  }

  /** Starts it, for those who close it themselves. */
  public TestBroker start() {
    String caller =
        StackWalker.getInstance().walk(it -> it.skip(1).findFirst()).get().getClassName();
    return startFor(caller);
  }

  public String bootstrapServers() {
    return running().servers;
  }

  /** The settings of a client that may do everything. */
  public Map<String, Object> client() {
    return running().client;
  }

  /** Those of a secured one in a file, as {@code --properties} takes them. */
  public Path properties() {
    return AdminLogin.file(running().data);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    startFor(context.getRequiredTestClass().getName());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  private Running running() {
    if (running == null) {
      throw new IllegalStateException("the broker is not started");
    }
    return running;
  }

  private TestBroker startFor(String caller) {
    String wanted = System.getProperty("broker", "auto").toLowerCase(Locale.ROOT);
    String without = wanted.equals("embedded") ? "asked for" : ContainerBroker.missing();
    boolean container =
        switch (wanted) {
          case "embedded" -> false;
          case "auto" -> without == null;
          case "container" -> {
            if (without != null) {
              throw new IllegalStateException("-Dbroker=container: " + without);
            }
            yield true;
          }
          default ->
              throw new IllegalStateException(
                  "-Dbroker=" + wanted + ": it is auto, container or embedded");
        };
    running = container ? container() : embedded();
    String kind = container ? "container " + ContainerBroker.IMAGE : "embedded (" + without + ")";
    tell("%s%s: %s".formatted(kind, secured ? ", secured" : "", caller));
    return this;
  }

  private Running embedded() {
    Path folder = folder();
    Path data = folder.resolve("broker");
    EmbeddedBroker broker =
        secured ? EmbeddedBroker.startSecured(data) : EmbeddedBroker.start(data);
    return new Running(broker.bootstrapServers(), broker.client(), data, broker::close);
  }

  private Running container() {
    Path folder = folder();
    Path data = folder.resolve("broker");
    AdminLogin admin = secured ? AdminLogin.of(data) : null;
    ContainerBroker broker = ContainerBroker.start(admin);
    String servers = broker.bootstrapServers();
    if (admin == null) {
      return new Running(servers, Map.of("bootstrap.servers", servers), data, broker::close);
    }
    admin.keep(servers);
    return new Running(servers, admin.client(servers), data, broker::close);
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("wgwhy-broker");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void tell(String line) {
    System.err.println("broker: " + line);
    try {
      Files.createDirectories(TOLD.toAbsolutePath().getParent());
      Files.writeString(TOLD, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Running(String servers, Map<String, Object> client, Path data, Runnable stop) {

    void close() {
      stop.run();
      try (Stream<Path> files = Files.walk(data.getParent())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
