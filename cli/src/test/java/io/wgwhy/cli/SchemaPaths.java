package io.wgwhy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A JSON Schema as the paths that a record of it can have, {@code addresses.addresses[].cidr}, and
 * what each may be. So two schemas can be compared, however their definitions are called.
 */
record SchemaPaths(Map<String, Allowed> paths) {

  /**
   * What may stand at a path.
   *
   * @param values types, and the values of enumerations
   * @param required whether it must be there where its parent is
   */
  record Allowed(Set<String> values, boolean required) {}

  static SchemaPaths of(JsonNode schema) {
    var paths = new TreeMap<String, Allowed>();
    new Walk(schema, paths).into(schema, "", true, new ArrayList<>());
    return new SchemaPaths(paths);
  }

  /**
   * Why a program with this schema cannot read what was written by the older one; empty if it can.
   */
  List<String> cannotRead(SchemaPaths older) {
    var why = gone(older);
    paths.forEach(
        (path, allowed) -> {
          Allowed was = older.paths.get(path);
          if (was == null) {
            if (allowed.required && older.paths.containsKey(parent(path))) {
              why.add(path + " is required now");
            }
            return;
          }
          was.values.stream()
              .filter(it -> !allowed.values.contains(it))
              .forEach(it -> why.add(path + " cannot be " + it + " any more"));
          if (allowed.required && !was.required) {
            why.add(path + " is required now");
          }
        });
    return why;
  }

  /** Why a program that knows the older schema cannot read what this one says; empty if it can. */
  List<String> cannotBeReadBy(SchemaPaths older) {
    var why = gone(older);
    older.paths.forEach(
        (path, was) -> {
          Allowed allowed = paths.get(path);
          if (allowed == null) {
            return;
          }
          allowed.values.stream()
              .filter(it -> !was.values.contains(it))
              .forEach(it -> why.add(path + " can be " + it + " now"));
          if (was.required && !allowed.required) {
            why.add(path + " may be missing now");
          }
        });
    return why;
  }

  private List<String> gone(SchemaPaths older) {
    var why = new ArrayList<String>();
    older.paths.keySet().stream()
        .filter(it -> !paths.containsKey(it))
        .forEach(it -> why.add(it + " is gone"));
    return why;
  }

  private static String parent(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0 ? "" : path.substring(0, dot);
  }

  private record Walk(JsonNode root, Map<String, Allowed> paths) {

    void into(JsonNode schema, String path, boolean required, List<String> within) {
      if (schema.has("$ref")) {
        String ref = schema.get("$ref").asText();
        if (within.contains(ref)) {
          return; // it contains itself
        }
        var deeper = new ArrayList<>(within);
        deeper.add(ref);
        into(root.at(ref.substring(1)), path, required, deeper);
      }
      for (JsonNode one : schema.path("anyOf")) {
        String kind = kind(one);
        boolean isOneOfSeveral = !kind.isEmpty(); // none of which must be there
        into(
            one,
            isOneOfSeveral ? path + "<" + kind + ">" : path,
            required && !isOneOfSeveral,
            within);
      }
      Set<String> values = new TreeSet<>();
      if (schema.path("type").isArray()) {
        schema.get("type").forEach(it -> values.add(it.asText()));
      } else if (schema.has("type")) {
        values.add(schema.get("type").asText());
      }
      schema.path("enum").forEach(it -> values.add(it.asText()));
      paths.merge(path, new Allowed(values, required), Walk::both);
      Set<String> needed = new TreeSet<>();
      schema.path("required").forEach(it -> needed.add(it.asText()));
      schema
          .path("properties")
          .fields()
          .forEachRemaining(
              it ->
                  into(
                      it.getValue(),
                      path + "." + it.getKey(),
                      needed.contains(it.getKey()),
                      within));
      if (schema.has("items")) {
        into(schema.get("items"), path + "[]", false, within);
      }
    }

    /** The word that tells one alternative from the others, if there is one. */
    private String kind(JsonNode alternative) {
      JsonNode it = alternative;
      while (true) {
        for (JsonNode property : it.path("properties")) {
          if (property.has("const")) {
            return property.get("const").asText();
          }
        }
        if (!it.has("$ref")) {
          return "";
        }
        it = root.at(it.get("$ref").asText().substring(1));
      }
    }

    private static Allowed both(Allowed one, Allowed other) {
      var values = new TreeSet<>(one.values);
      values.addAll(other.values);
      return new Allowed(values, one.required && other.required);
    }
  }
}
