package io.wgwhy.facts;

import java.util.Map;

/**
 * What the files say that sysctl(8) reads at boot (sysctl.d(5)): settings that are only set now are
 * gone after it.
 *
 * @param values name to value as written last, of the names of {@link Sysctls}; without those that
 *     are commented out; empty when the files set none of them
 */
public record SysctlFiles(String host, long at, Map<String, Long> values) implements Fact {
  @Override
  public String identity() {
    return "sysctl-files/" + host;
  }
}
