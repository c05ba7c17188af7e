package io.wgwhy.cli.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wgwhy.rules.RuleProblem;
import java.nio.file.Path;
import java.util.List;

/** Problems as code reviews read them: SARIF 2.1.0 (OASIS). */
public final class Sarif {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Sarif() {}

  /**
   * The log of one run.
   *
   * @param root the folder that file names are told relative to
   */
  public static JsonNode of(List<RuleProblem> problems, List<RuleProblem> advice, Path root) {
    ObjectNode log = JSON.objectNode();
    log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json").put("version", "2.1.0");
    ObjectNode run = log.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver").put("name", "wgwhy rules lint");
    for (String level : List.of("problem", "advice")) {
      driver.withArray("rules").addObject().put("id", level);
    }
    run.putArray("results");
    problems.forEach(it -> add(run, it, "problem", "error", root));
    advice.forEach(it -> add(run, it, "advice", "note", root));
    return log;
  }

  private static void add(ObjectNode run, RuleProblem it, String id, String level, Path root) {
    ObjectNode result = run.withArray("results").addObject();
    result.put("ruleId", id).put("level", level);
    result.putObject("message").put("text", it.message());
    ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
    place.putObject("artifactLocation").put("uri", uri(Path.of(it.file()), root));
    if (it.line() > 0) {
      ObjectNode region = place.putObject("region").put("startLine", it.line());
      if (it.column() > 0) {
        region.put("startColumn", it.column());
      }
    }
  }

  private static String uri(Path file, Path root) {
    Path full = file.toAbsolutePath().normalize();
    Path base = root.toAbsolutePath().normalize();
    Path told = full.startsWith(base) ? base.relativize(full) : full;
    return told.toString().replace('\\', '/').replace(" ", "%20");
  }
}
