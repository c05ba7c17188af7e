package io.wgwhy.cli;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** JSON Schemas of what stands on topics and in recordings, made of the records' own types. */
final class Schemas {
  private Schemas() {}

  static JsonNode of(Class<?> type, String title) {
    SchemaGeneratorConfigBuilder builder =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(
                new JacksonModule(
                    JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY,
                    JacksonOption.RESPECT_JSONPROPERTY_ORDER))
            .with(Option.DEFINITIONS_FOR_ALL_OBJECTS)
            .with(Option.NULLABLE_ARRAY_ITEMS_ALLOWED)
            .with(Option.EXTRA_OPEN_API_FORMAT_VALUES);
    builder
        .forFields()
        .withRequiredCheck(field -> !isNullable(field))
        .withNullableCheck(Schemas::isNullable);
    builder
        .forTypesInGeneral()
        .withCustomDefinitionProvider(
            (found, context) ->
                isWrittenAsText(found.getErasedType())
                    ? new CustomDefinition(
                        context.getGeneratorConfig().createObjectNode().put("type", "string"),
                        CustomDefinition.DefinitionType.INLINE,
                        CustomDefinition.AttributeInclusion.YES)
                    : null);
    var schema = new SchemaGenerator(builder.build()).generateSchema(type);
    schema.put("title", title);
    return schema;
  }

  private static boolean isWrittenAsText(Class<?> type) {
    return !type.isEnum()
        && Stream.of(type.getDeclaredMethods())
            .anyMatch(
                it ->
                    it.isAnnotationPresent(JsonValue.class)
                        && it.getReturnType().equals(String.class));
  }

  private static boolean isNullable(FieldScope field) {
    if (field.isFakeContainerItemScope()) {
      return false;
    }
    Field raw = field.getRawMember();
    AnnotatedType type = raw.getAnnotatedType();
    return type.isAnnotationPresent(Nullable.class);
  }
}
