package io.wgwhy.cli.report;

import io.wgwhy.facts.pack.PublishedPack;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was published of rule packs. */
public final class HistoryOfPacks {
  private HistoryOfPacks() {}

  /**
   * A version.
   *
   * @param applies whether engines use it now; false of one that was withdrawn
   */
  public record Row(
      String pack,
      @Nullable String tenant,
      int number,
      String version,
      boolean applies,
      Instant publishedAt,
      String publishedBy,
      String message,
      @Nullable Integer rollbackOf,
      boolean withdrawn) {

    /**
     * A version as a row.
     *
     * @param head of the same pack
     */
    public static Row of(PublishedPack it, @Nullable PublishedPack head) {
      boolean applies = head != null && head.number() == it.number() && !it.isWithdrawn();
      return new Row(
          it.pack(),
          it.tenant(),
          it.number(),
          it.version(),
          applies,
          it.publishedAt(),
          it.publishedBy(),
          it.message(),
          it.rollbackOf(),
          it.isWithdrawn());
    }
  }

  /** For people; a sign before those that apply. */
  public static String text(List<Row> rows, Look look) {
    if (rows.isEmpty()) {
      return "nothing is published that you may see: engines have the rules that they came with\n";
    }
    Table table = new Table(look, List.of("pack", "version", "hash", "published", "by", "why"));
    for (Row row : rows) {
      table.row(
          row.applies(),
          List.of(
              PublishedPack.key(row.tenant(), row.pack()),
              "" + row.number(),
              row.withdrawn() ? "withdrawn" : row.version(),
              row.publishedAt().toString(),
              row.publishedBy(),
              row.rollbackOf() == null
                  ? row.message()
                  : row.message() + " (again version " + row.rollbackOf() + ")"));
    }
    return table.print();
  }
}
