package io.wgwhy.connectors.collect.agent;

import java.util.concurrent.ThreadFactory;

/** Threads of the collector: they never keep the process alive, and their stacks are small. */
final class Threads {
  private static final long STACK_BYTES = 512 * 1024L;

  private Threads() {}

  static ThreadFactory named(String name) {
    return task -> of(name, task);
  }

  static Thread of(String name, Runnable task) {
    Thread thread = new Thread(null, task, name, STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }
}
