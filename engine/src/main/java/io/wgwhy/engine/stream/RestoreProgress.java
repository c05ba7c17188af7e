package io.wgwhy.engine.stream;

import io.wgwhy.engine.watch.Figures;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** Tells how far the memory is restored that an engine takes over. Called by several threads. */
final class RestoreProgress implements StateRestoreListener {
  private final Figures figures;
  private final Map<TopicPartition, Long> remaining = new ConcurrentHashMap<>();

  RestoreProgress(Figures figures) {
    this.figures = figures;
  }

  @Override
  public void onRestoreStart(TopicPartition partition, String store, long start, long end) {
    // An upper bound: of what the offsets count some are marks of transactions.
    remaining.put(partition, end - start);
    figures.toRestore(end - start);
  }

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long end, long records) {
    remaining.computeIfPresent(partition, (it, before) -> before - records);
    figures.restored(records);
  }

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long total) {
    forget(partition);
  }

  @Override
  public void onRestoreSuspended(TopicPartition partition, String store, long total) {
    forget(partition);
  }

  private void forget(TopicPartition partition) {
    Long left = remaining.remove(partition);
    figures.toRestore(left == null ? 0 : -left);
  }
}
