package io.wgwhy.engine.stream;

import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Calls just before Streams commits, while there is still time to write stores and send records in
 * the same transaction. Streams offers this to caches only, so this poses as one, without content.
 *
 * <p>It also has Streams commit the offsets of the partitions that a task has. Else it takes those
 * that were ever read, and ends the thread at the first that was taken away: when a tenant is
 * deleted (4.3.1, {@code StreamTask.committableOffsetsAndMetadata}).
 *
 * <p>The only place that touches Streams' internals ({@link CachedStateStore}, as its own caching
 * stores do, and the current node); {@code DiagnosingTest} fails if a new version moves them, since
 * its driver commits, and never punctuates.
 */
final class BeforeCommit implements StateStore, CachedStateStore<Object, Object> {

  static final String NAME = "before-commit";

  private Runnable work = () -> {};
  private boolean open;

  /** To be called by the processor's {@code init}: the work may forward, as the processor could. */
  void run(ProcessorContext<?, ?> context, Runnable work) {
    var internal = (InternalProcessorContext<?, ?>) context;
    var node = internal.currentNode();
    this.work =
        () -> {
          var previous = internal.currentNode();
          internal.setCurrentNode(node);
          internal.processorMetadata().setNeedsCommit(true);
          try {
            work.run();
          } finally {
            internal.setCurrentNode(previous);
          }
        };
  }

  @Override
  public void flushCache() {
    work.run();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(root, (key, value) -> {});
    open = true;
  }

  @Override
  public void close() {
    work = () -> {};
    open = false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public void clearCache() {}

  @Override
  public boolean setFlushListener(CacheFlushListener<Object, Object> listener, boolean sendOld) {
    return false;
  }

  static StoreBuilder<BeforeCommit> builder() {
    return new Unlogged();
  }

  private static final class Unlogged implements StoreBuilder<BeforeCommit> {

    @Override
    public BeforeCommit build() {
      return new BeforeCommit();
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public StoreBuilder<BeforeCommit> withCachingEnabled() {
      return this;
    }

    @Override
    public StoreBuilder<BeforeCommit> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<BeforeCommit> withLoggingEnabled(Map<String, String> config) {
      throw new UnsupportedOperationException("There is nothing to log");
    }

    @Override
    public StoreBuilder<BeforeCommit> withLoggingDisabled() {
      return this;
    }
  }
}
