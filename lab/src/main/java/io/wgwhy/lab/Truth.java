package io.wgwhy.lab;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside a recording: whether it is broken, and which causes are right answers.
 *
 * @param also the right answers to a second fault; null when there is none
 * @param healed true when the tunnel works again at the end: nothing may be open then
 */
@JsonPropertyOrder({
  "recording",
  "broken",
  "causes",
  "what",
  "explanation",
  "from_the_client_alone",
  "from_the_server_alone",
  "note",
  "also",
  "healed"
})
@JsonInclude(JsonInclude.Include.NON_NULL)
record Truth(
    String recording,
    boolean broken,
    List<String> causes,
    String what,
    String explanation,
    @JsonProperty("from_the_client_alone") String client,
    @JsonProperty("from_the_server_alone") String server,
    String note,
    @Nullable List<String> also,
    @Nullable Boolean healed) {

  static Truth of(Fault fault) {
    return new Truth(
        fault.name(),
        fault.broken(),
        fault.causes().stream().sorted().toList(),
        fault.what(),
        fault.truth().explanation(),
        fault.truth().client(),
        fault.truth().server(),
        fault.truth().note(),
        fault.truth().also().isEmpty() ? null : fault.truth().also().stream().sorted().toList(),
        fault.healsAt() > 0 ? true : null);
  }
}
