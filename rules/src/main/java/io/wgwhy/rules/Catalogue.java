package io.wgwhy.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wgwhy.facts.tunnel.Conclusion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a compiled pack without parsing a rule or a page: the build writes it beside the
 * pack's classes.
 *
 * @param version hash of the sources
 * @param models the classes that the compiler made of the rules
 */
record Catalogue(
    String pack, String version, List<String> models, List<RuleHead> rules, List<Entry> causes) {

  /**
   * A cause's folder.
   *
   * @param frontMatter of its page
   * @param text the page under the front matter
   * @param cases the names of its cases' files
   */
  record Entry(String id, String band, JsonNode frontMatter, String text, List<String> cases) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  static Catalogue read(InputStream in) throws IOException {
    JsonNode tree = JSON.readTree(in);
    List<String> models = new ArrayList<>();
    tree.get("models").forEach(name -> models.add(name.textValue()));
    List<RuleHead> rules = new ArrayList<>();
    tree.get("rules").forEach(rule -> rules.add(rule(rule)));
    List<Entry> causes = new ArrayList<>();
    for (JsonNode cause : tree.get("causes")) {
      List<String> cases = new ArrayList<>();
      cause.get("cases").forEach(name -> cases.add(name.textValue()));
      causes.add(
          new Entry(
              cause.get("id").textValue(),
              cause.get("band").textValue(),
              cause.get("page"),
              cause.get("text").textValue(),
              List.copyOf(cases)));
    }
    return new Catalogue(
        tree.get("pack").textValue(), tree.get("version").textValue(), models, rules, causes);
  }

  private static RuleHead rule(JsonNode rule) {
    String verb = rule.get("verb").textValue();
    return new RuleHead(
        rule.get("name").textValue(),
        rule.get("file").textValue(),
        rule.get("line").intValue(),
        rule.get("cause").textValue(),
        verb == null ? null : Conclusion.Verb.valueOf(verb));
  }

  byte[] json() throws IOException {
    ObjectNode tree = JSON.createObjectNode().put("pack", pack).put("version", version);
    var names = tree.putArray("models");
    models.forEach(names::add);
    var heads = tree.putArray("rules");
    for (RuleHead rule : rules) {
      heads
          .addObject()
          .put("name", rule.name())
          .put("file", rule.file())
          .put("line", rule.line())
          .put("cause", rule.cause())
          .put("verb", rule.verb() == null ? null : rule.verb().name());
    }
    var list = tree.putArray("causes");
    for (Entry cause : causes) {
      ObjectNode entry = list.addObject().put("id", cause.id()).put("band", cause.band());
      cause.cases().forEach(entry.putArray("cases")::add);
      entry.put("text", cause.text()).set("page", cause.frontMatter());
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree);
  }
}
