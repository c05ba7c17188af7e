package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.pack.PublishedPack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What others rely on: the schemas in docs/contracts are those of the code, and of every real
 * record that there is. {@code -Dcontracts=write} writes them anew; what changes then belongs into
 * the changelog.
 */
class ContractsTest {
  private static final Path FOLDER = Path.of("../docs/contracts");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  enum Contract {
    FACT(Fact.class, "A fact, on wgwhy.<tenant>.facts"),
    FINDING(Finding.class, "A finding, on wgwhy.<tenant>.findings"),
    OBSERVATION(Observation.class, "A line of a recording"),
    PACK(PublishedPack.class, "A version of a rule pack, on wgwhy.rules");

    private final Class<?> type;
    private final String title;

    Contract(Class<?> type, String title) {
      this.type = type;
      this.title = title;
    }

    private Path file() {
      String name =
          switch (this) {
            case OBSERVATION -> "recording";
            case PACK -> "rule-pack";
            default -> name().toLowerCase(java.util.Locale.ROOT);
          };
      return FOLDER.resolve(name + ".schema.json");
    }

    private JsonSchema schema() {
      try {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(file()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_schema_is_the_one_of_the_code(Contract contract) throws IOException {
    String made =
        JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(Schemas.of(contract.type, contract.title))
            + "\n";
    if ("write".equals(System.getProperty("contracts"))) {
      Files.createDirectories(FOLDER);
      Files.writeString(contract.file(), made);
    }
    assertThat(Files.readString(contract.file()))
        .as("write it anew with -Dcontracts=write")
        .isEqualTo(made);
  }

  @Test
  void every_line_of_a_real_recording_is_as_the_schema_says() throws IOException {
    JsonSchema schema = Contract.OBSERVATION.schema();
    List<String> wrong = new ArrayList<>();
    int lines = 0;
    try (Stream<Path> files = Files.list(Path.of("../recordings"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".jsonl")).toList()) {
        for (String line : Files.readAllLines(file)) {
          lines++;
          schema.validate(line, InputFormat.JSON).forEach(it -> wrong.add(file + ": " + it));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(lines).isGreaterThan(1_000);
  }

  @Test
  void every_fact_of_a_real_recording_is_as_the_schema_says() {
    JsonSchema schema = Contract.FACT.schema();
    Parsers parsers = new Parsers(Secrets.withTenantKey(new byte[32]));
    Set<String> wrong = new TreeSet<>();
    Set<String> kinds = new TreeSet<>();
    Recorded.all()
        .flatMap(it -> it.observations().stream())
        .flatMap(it -> parsers.parse(it).facts().stream())
        .forEach(
            fact -> {
              JsonNode json = JSON.valueToTree(fact);
              kinds.add(json.get("kind").asText());
              schema.validate(json).forEach(it -> wrong.add(json.get("kind") + ": " + it));
            });
    assertThat(wrong).isEmpty();
    assertThat(kinds).hasSizeGreaterThan(10);
  }

  @Tag("slow")
  @Test
  void every_finding_of_a_real_recording_is_as_the_schema_says() throws IOException {
    JsonSchema schema = Contract.FINDING.schema();
    List<String> wrong = new ArrayList<>();
    Set<String> causes = new TreeSet<>();
    for (Recorded recorded : Recorded.all().toList()) {
      Ran ran = Ran.wgwhy("diagnose", "--json", "../recordings/" + recorded.name() + ".jsonl");
      for (JsonNode finding : JSON.readTree(ran.out()).get("findings")) {
        causes.add(finding.get("cause").asText());
        schema.validate(finding).forEach(it -> wrong.add(recorded.name() + ": " + it));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(causes).hasSizeGreaterThan(15);
  }

  @Test
  void a_record_that_is_not_as_it_should_be_is_refused() throws IOException {
    ObjectNode finding = (ObjectNode) aFinding();
    JsonSchema schema = Contract.FINDING.schema();
    assertThat(schema.validate(finding)).isEmpty();
    assertThat(schema.validate(finding.deepCopy().put("state", "maybe"))).isNotEmpty();
    assertThat(schema.validate(finding.deepCopy().putNull("cause"))).isNotEmpty();
    ObjectNode without = finding.deepCopy();
    without.remove("remedy");
    assertThat(schema.validate(without)).isNotEmpty();
    assertThat(schema.validate(finding.deepCopy().put("later", "a new field"))).isEmpty();
    JsonSchema fact = Contract.FACT.schema();
    assertThat(fact.validate("{\"kind\":\"host-clock\",\"host\":\"a\"}", InputFormat.JSON))
        .isNotEmpty();
    assertThat(fact.validate("{\"kind\":\"no-such\",\"host\":\"a\",\"at\":1}", InputFormat.JSON))
        .isNotEmpty();
  }

  private static JsonNode aFinding() throws IOException {
    Ran ran = Ran.wgwhy("diagnose", "--json", Samples.BLOCKED.toString());
    return JSON.readTree(ran.out()).get("findings").get(0);
  }

  @Test
  void the_topics_are_those_of_the_code_and_what_they_refer_to_is_there() throws IOException {
    JsonNode api = new YAMLMapper().readTree(FOLDER.resolve("asyncapi.yaml").toFile());
    Tenant tenant = new Tenant("acme");
    Set<String> addresses = new TreeSet<>();
    api.get("channels")
        .forEach(it -> addresses.add(it.get("address").asText().replace("{tenant}", "acme")));
    assertThat(addresses)
        .containsExactlyInAnyOrder(
            tenant.facts(), tenant.findings(), tenant.deadLetters(), PublishedPack.TOPIC);
    List<String> references = new ArrayList<>();
    api.findValues("$ref").forEach(it -> references.add(it.asText()));
    assertThat(references).isNotEmpty();
    for (String reference : references) {
      if (reference.startsWith("#")) {
        assertThat(api.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
      } else {
        assertThat(FOLDER.resolve(reference)).exists();
      }
    }
  }
}
