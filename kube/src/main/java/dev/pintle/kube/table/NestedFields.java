package dev.pintle.kube.table;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A reader of a tree in which anything may be missing.
final class NestedFields {
  static final String NONE = "<none>";
  static final String UNSET = "<unset>";
  static final String UNKNOWN = "<unknown>";

  private NestedFields() {}

  static @Nullable Json at(@Nullable Json start, String... names) {
    Json at = start;
    for (String name : names) {
      at = at instanceof JsonObject object ? object.get(name) : null;
    }
    return at instanceof Json.Null ? null : at;
  }

  /// The text at a place, empty when there is none.
  static String text(@Nullable Json start, String... names) {
    return scalar(at(start, names));
  }

  static String textOr(String fallback, @Nullable Json start, String... names) {
    String text = text(start, names);
    return text.isEmpty() ? fallback : text;
  }

  static long whole(@Nullable Json start, String... names) {
    return at(start, names) instanceof Json.Whole number ? number.value() : 0;
  }

  static boolean isTrue(@Nullable Json start, String... names) {
    return Json.Bool.TRUE.equals(at(start, names));
  }

  static boolean isThere(@Nullable Json start, String... names) {
    return at(start, names) != null;
  }

  static @Nullable JsonObject object(@Nullable Json start, String... names) {
    return at(start, names) instanceof JsonObject object ? object : null;
  }

  /// The objects of a list; none when there is no list.
  static List<JsonObject> objects(@Nullable Json start, String... names) {
    List<JsonObject> objects = new ArrayList<>();
    if (at(start, names) instanceof JsonArray list) {
      for (Json item : list) {
        if (item instanceof JsonObject object) {
          objects.add(object);
        }
      }
    }
    return objects;
  }

  /// The scalars of a list as text; none when there is no list.
  static List<String> texts(@Nullable Json start, String... names) {
    List<String> texts = new ArrayList<>();
    if (at(start, names) instanceof JsonArray list) {
      for (Json item : list) {
        texts.add(scalar(item));
      }
    }
    return texts;
  }

  static int size(@Nullable Json value) {
    return switch (value) {
      case JsonArray list -> list.size();
      case JsonObject map -> map.size();
      case null -> 0;
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> 0;
    };
  }

  static String scalar(@Nullable Json value) {
    return switch (value) {
      case Json.Text text -> text.value();
      case Json.Whole number -> Long.toString(number.value());
      case Json.Decimal number -> Double.toString(number.value());
      case Json.Bool bool -> Boolean.toString(bool.value());
      case null -> "";
      case JsonObject _, JsonArray _, Json.Null _ -> "";
    };
  }

  static Optional<Instant> time(@Nullable Json start, String... names) {
    String text = text(start, names);
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  static boolean isDeleted(JsonObject object) {
    return isThere(object, "metadata", "deletionTimestamp");
  }

  /// The first condition of a type, or null.
  static @Nullable JsonObject condition(JsonObject object, String type) {
    for (JsonObject condition : objects(object, "status", "conditions")) {
      if (text(condition, "type").equals(type)) {
        return condition;
      }
    }
    return null;
  }

  static boolean hasTrueCondition(JsonObject object, String type) {
    return text(condition(object, type), "status").equals("True");
  }
}
