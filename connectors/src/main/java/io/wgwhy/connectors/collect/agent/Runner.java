package io.wgwhy.connectors.collect.agent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Runs one command to its end, within its limits. Whatever happens, there is something to tell. */
final class Runner implements AutoCloseable {
  /** The one command that needs no process: it reads files. */
  static final String CAT = "cat";

  /** What is killed is gone by then, unless nothing can end it. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Programs programs;
  private final ScheduledThreadPoolExecutor watch;

  Runner(Programs programs) {
    this.programs = programs;
    this.watch = new ScheduledThreadPoolExecutor(1, Threads.named("time-limit"));
    this.watch.setRemoveOnCancelPolicy(true);
  }

  Ran run(Command command) throws InterruptedException {
    if (command.program().equals(CAT)) {
      return cat(command.words().subList(1, command.words().size()), command.outputLimit());
    }
    Path program = programs.find(command.program());
    if (program == null) {
      return new Ran(Ran.NOT_FOUND, command.program() + ": not found\n");
    }
    List<String> arguments = command.words().subList(1, command.words().size());
    try {
      return watched(programs.start(program, arguments), command);
    } catch (IOException refused) {
      return new Ran(Ran.NOT_PERMITTED, command.program() + ": Permission denied\n");
    }
  }

  private Ran watched(Process process, Command command) throws InterruptedException {
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> limit =
        watch.schedule(
            () -> {
              late.set(true);
              Programs.end(process);
            },
            command.timeLimit().toMillis(),
            TimeUnit.MILLISECONDS);
    long end = System.nanoTime() + command.timeLimit().plus(GRACE).toNanos();
    Printed printed = new Printed(process, command.outputLimit());
    try {
      boolean whole = printed.await(left(end));
      if (whole && printed.isTooMuch()) {
        Programs.end(process);
      }
      boolean over = whole && process.waitFor(left(end).toMillis(), TimeUnit.MILLISECONDS);
      if (!over || late.get()) {
        // It may hang in the kernel, where nothing ends it, or have left its pipe to another.
        return new Ran(Ran.TIMED_OUT, "");
      }
      return printed.isTooMuch()
          ? Ran.tooLong(command.outputLimit())
          : new Ran(process.exitValue(), printed.text());
    } finally {
      limit.cancel(false);
      if (process.isAlive()) {
        Programs.end(process);
      }
    }
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /** null when there is more than the limit. */
  static @Nullable String read(InputStream in, int limit) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      if (kept.size() + n > limit) {
        return null;
      }
      kept.write(buffer, 0, n);
    }
    return kept.toString(StandardCharsets.UTF_8);
  }

  private static Ran cat(List<String> names, int limit) {
    StringBuilder all = new StringBuilder();
    int exit = 0;
    for (String name : names) {
      Ran one = cat(name, limit - all.length());
      if (one.exit() == Ran.TOO_LONG) {
        return Ran.tooLong(limit);
      }
      exit = Math.max(exit, one.exit());
      all.append(one.output());
    }
    return new Ran(exit, all.toString());
  }

  /** Reads a file in the words of cat(1); only a regular one: a pipe would never end. */
  private static Ran cat(String name, int limit) {
    try {
      Path file = Path.of(name);
      if (!Files.exists(file)) {
        return new Ran(1, "cat: " + name + ": No such file or directory\n");
      }
      if (!Files.isRegularFile(file)) {
        return new Ran(1, "cat: " + name + ": not a regular file\n");
      }
      try (InputStream in = Files.newInputStream(file)) {
        String text = read(in, limit);
        return text == null ? Ran.tooLong(limit) : new Ran(0, text);
      }
    } catch (NoSuchFileException gone) {
      return new Ran(1, "cat: " + name + ": No such file or directory\n");
    } catch (AccessDeniedException refused) {
      return new Ran(1, "cat: " + name + ": Permission denied\n");
    } catch (IOException | InvalidPathException unreadable) {
      return new Ran(1, "cat: " + name + ": Input/output error\n");
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
