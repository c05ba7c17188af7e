package io.wgwhy.lab;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/** What stands beside a recording: whether it is broken, and which causes are right answers. */
@JsonPropertyOrder({
  "recording",
  "broken",
  "causes",
  "what",
  "explanation",
  "from_the_client_alone",
  "from_the_server_alone",
  "note"
})
record Truth(
    String recording,
    boolean broken,
    List<String> causes,
    String what,
    String explanation,
    @JsonProperty("from_the_client_alone") String client,
    @JsonProperty("from_the_server_alone") String server,
    String note) {

  static Truth of(Fault fault) {
    return new Truth(
        fault.name(),
        fault.broken(),
        fault.causes().stream().sorted().toList(),
        fault.what(),
        fault.truth().explanation(),
        fault.truth().client(),
        fault.truth().server(),
        fault.truth().note());
  }
}
