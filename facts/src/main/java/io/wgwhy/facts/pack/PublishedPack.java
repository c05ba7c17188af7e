package io.wgwhy.facts.pack;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A version of a rule pack, whole: one record on {@link #TOPIC}, so that nobody ever sees a part of
 * one. A version is never changed; taking one back is publishing an earlier one again.
 *
 * @param pack its name, that of its folder
 * @param tenant whose networks it is for; null for those of all tenants
 * @param number counts the versions of this pack, from 1
 * @param version hash of what it says, as findings name it; empty when it is withdrawn
 * @param publishedBy who did it, as they call themselves: for people, not for rights
 * @param publishedAt by the clock of whoever did it
 * @param message why
 * @param rollbackOf the number of the version that this one is again; null when it is new
 * @param files the texts of the pack by their names relative to its folder, in the order of these;
 *     none when it is withdrawn
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonIgnoreProperties(ignoreUnknown = true)
public record PublishedPack(
    String pack,
    @Nullable String tenant,
    int number,
    String version,
    String publishedBy,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Instant publishedAt,
    String message,
    @Nullable Integer rollbackOf,
    Map<String, String> files) {

  /** Compacted: of each key the last record stays. */
  public static final String TOPIC = "wgwhy.rules";

  /** Of all its files together: several times the built-in pack, and one record. */
  public static final int MOST_BYTES = 4 * 1024 * 1024;

  public PublishedPack {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /** Under which the version that applies stands: {@code pack} or {@code tenant/pack}. */
  public static String key(@Nullable String tenant, String pack) {
    return tenant == null ? pack : tenant + "/" + pack;
  }

  /** Under which the version that applies stands. */
  @JsonIgnore
  public String key() {
    return key(tenant, pack);
  }

  /** Under which this version stays: {@code pack@3} or {@code tenant/pack@3}. */
  @JsonIgnore
  public String versionKey() {
    return key() + "@" + number;
  }

  /** Whether nothing applies from this version on. */
  @JsonIgnore
  public boolean isWithdrawn() {
    return files.isEmpty();
  }
}
