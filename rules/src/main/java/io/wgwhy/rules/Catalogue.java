package io.wgwhy.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of a compiled pack without parsing a rule or a page: the build writes it beside the
 * pack's classes.
 *
 * @param version hash of the sources
 * @param models the classes that the compiler made of the rules
 * @param rules each rule's name, and the file and line where it stands
 */
record Catalogue(
    String pack,
    String version,
    List<String> models,
    Map<String, String> rules,
    List<Entry> causes) {

  /**
   * A cause's folder.
   *
   * @param frontMatter of its page
   * @param text the page under the front matter
   */
  record Entry(String id, String band, JsonNode frontMatter, String text) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  static Catalogue read(InputStream in) throws IOException {
    JsonNode tree = JSON.readTree(in);
    List<String> models = new ArrayList<>();
    tree.get("models").forEach(name -> models.add(name.textValue()));
    Map<String, String> rules = new LinkedHashMap<>();
    tree.get("rules").properties().forEach(e -> rules.put(e.getKey(), e.getValue().textValue()));
    List<Entry> causes = new ArrayList<>();
    for (JsonNode cause : tree.get("causes")) {
      causes.add(
          new Entry(
              cause.get("id").textValue(),
              cause.get("band").textValue(),
              cause.get("page"),
              cause.get("text").textValue()));
    }
    return new Catalogue(
        tree.get("pack").textValue(), tree.get("version").textValue(), models, rules, causes);
  }

  byte[] json() throws IOException {
    ObjectNode tree = JSON.createObjectNode().put("pack", pack).put("version", version);
    var names = tree.putArray("models");
    models.forEach(names::add);
    var places = tree.putObject("rules");
    rules.forEach(places::put);
    var list = tree.putArray("causes");
    for (Entry cause : causes) {
      list.addObject()
          .put("id", cause.id())
          .put("band", cause.band())
          .put("text", cause.text())
          .set("page", cause.frontMatter());
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree);
  }
}
