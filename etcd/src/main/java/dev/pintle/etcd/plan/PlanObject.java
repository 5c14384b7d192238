package dev.pintle.etcd.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// An object of the text of a plan, which knows where it stands, and which of its fields were asked for.
final class PlanObject {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  /// A plan, its levels and rules, and the values of a rule.
  private static final int DEPTH_MAX = 6;

  private final String where;
  private final Map<String, Object> fields;
  private final Set<String> asked = new TreeSet<>();

  private PlanObject(String where, Map<String, Object> fields) {
    this.where = where;
    this.fields = fields;
  }

  static PlanObject read(byte[] text) {
    try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw PlanNames.bad("plan", "no object", "{\"levels\": [...], \"rules\": [...]}");
      }
      PlanObject plan = new PlanObject("", object(in, 0));
      if (in.nextToken() != null) {
        throw PlanNames.bad("plan", "more behind its end", "one object");
      }
      return plan;
    } catch (JacksonException noJson) {
      throw PlanNames.bad(
          "line %d, column %d"
              .formatted(noJson.getLocation().getLineNr(), noJson.getLocation().getColumnNr()),
          noJson.getOriginalMessage(),
          "JSON");
    }
  }

  private static Map<String, Object> object(JsonParser in, int depth) {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      in.nextToken();
      fields.put(name, value(in, depth + 1));
    }
    return fields;
  }

  /// What is of no type that a plan has stays a text that tells its type.
  private static Object value(JsonParser in, int depth) {
    if (depth > DEPTH_MAX) {
      throw PlanNames.bad(
          "plan", "nested deeper than " + DEPTH_MAX, "levels and rules, and their values");
    }
    return switch (in.currentToken()) {
      case START_OBJECT -> object(in, depth);
      case START_ARRAY -> array(in, depth);
      case VALUE_STRING -> in.getString();
      case VALUE_NUMBER_INT -> new WrittenNumber(in.getString());
      case null, default -> new OddValue(String.valueOf(in.getString()));
    };
  }

  private static List<Object> array(JsonParser in, int depth) {
    List<Object> values = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(in, depth + 1));
    }
    return values;
  }

  /// A whole number, as it is written.
  private record WrittenNumber(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  /// A value of a type that no field of a plan has.
  private record OddValue(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  String where() {
    return where;
  }

  String where(String field) {
    return where.isEmpty() ? field : where + "." + field;
  }

  boolean has(String field) {
    asked.add(field);
    return fields.containsKey(field);
  }

  private @Nullable Object value(String field) {
    return has(field) ? fields.get(field) : null;
  }

  IllegalArgumentException missing(String field, String expected) {
    return PlanNames.bad(where(field), "missing", expected);
  }

  String text(String field) {
    Object value = value(field);
    if (value == null) {
      throw missing(field, "a text");
    }
    return text(where(field), value);
  }

  private static String text(String where, Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw PlanNames.bad(where, value.toString(), "a text");
  }

  /// The texts of an array, each once; none when it is left out.
  List<String> texts(String field) {
    List<Object> values = array(field);
    List<String> texts = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      String at = "%s[%d]".formatted(where(field), i);
      String text = text(at, values.get(i));
      if (!known.add(text)) {
        throw PlanNames.bad(at, text, "each value once");
      }
      texts.add(text);
    }
    return texts;
  }

  List<PlanObject> objects(String field) {
    List<Object> values = array(field);
    List<PlanObject> objects = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String at = "%s[%d]".formatted(where(field), i);
      if (!(values.get(i) instanceof Map<?, ?> map)) {
        throw PlanNames.bad(at, values.get(i).toString(), "an object");
      }
      Map<String, Object> named = new LinkedHashMap<>();
      map.forEach((name, value) -> named.put((String) name, value));
      objects.add(new PlanObject(at, named));
    }
    return objects;
  }

  private List<Object> array(String field) {
    Object value = value(field);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> values) {
      return List.copyOf(values);
    }
    throw PlanNames.bad(where(field), value.toString(), "an array");
  }

  Optional<Integer> number(String field, int min, int max) {
    Object value = value(field);
    if (value == null) {
      return Optional.empty();
    }
    String text = value.toString();
    // Beyond so many digits it is larger than any limit.
    if (value instanceof WrittenNumber && text.length() <= 9) {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return Optional.of(number);
      }
    }
    throw PlanNames.bad(where(field), text, "%d to %d".formatted(min, max));
  }

  /// Refuses fields that nobody asked for.
  void requireNothingElse() {
    for (String field : fields.keySet()) {
      if (!asked.contains(field)) {
        throw new IllegalArgumentException(
            "%s: no such field (expected: one of %s)"
                .formatted(where(field), String.join(", ", asked)));
      }
    }
  }
}
