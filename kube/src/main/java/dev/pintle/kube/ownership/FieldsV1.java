package dev.pintle.kube.ownership;

import dev.pintle.kube.object.CompactTexts;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The form of a [FieldSet] in JSON: an object a level, with `f:` before the name of a field, `k:` before the fields that
/// identify an item, `v:` before the member of a set, `i:` before an index, and `.` for the level itself where it is a member
/// and has members below.
final class FieldsV1 {
  static final String SELF = ".";
  private static final int BYTES_AT_FIRST = 4096;

  private FieldsV1() {}

  /// The object of a set. That of a large one is no tree before somebody looks into it, which nobody does that only stores or answers it.
  static JsonObject write(FieldSet set) {
    if (isLarge(set, CompactTexts.WORTH_IT)) {
      JsonWriter out = new JsonWriter(BYTES_AT_FIRST);
      write(out, set, false);
      return JsonObject.unread(out.toBytes());
    }
    return tree(set);
  }

  private static boolean isLarge(FieldSet set, int nodes) {
    if (set.nodes().size() >= nodes) {
      return true;
    }
    for (FieldSet.Node node : set.nodes()) {
      if (isLarge(node.children(), nodes)) {
        return true;
      }
    }
    return false;
  }

  /// @param self whether the level itself is a member that has to say so
  private static void write(JsonWriter out, FieldSet set, boolean self) {
    out.raw(self ? "{\".\":{}" : "{");
    boolean first = !self;
    for (FieldSet.Node node : set.nodes()) {
      if (!first) {
        out.raw(',');
      }
      first = false;
      FieldSet below = node.children();
      out.string(text(node.element())).raw(':');
      write(out, below, node.member() && !below.isEmpty());
    }
    out.raw('}');
  }

  private static JsonObject tree(FieldSet set) {
    JsonObject level = new JsonObject();
    for (FieldSet.Node node : set.nodes()) {
      JsonObject below = new JsonObject();
      if (node.member() && !node.children().isEmpty()) {
        below.set(SELF, new JsonObject());
      }
      for (JsonObject.Field field : tree(node.children())) {
        below.set(field.name(), field.value());
      }
      level.set(text(node.element()), below);
    }
    return level;
  }

  static String text(PathElement element) {
    return switch (element) {
      case PathElement.Name(var name) -> "f:" + name;
      case PathElement.Key(var fields) -> "k:" + key(fields);
      case PathElement.Value(var value) -> "v:" + JsonWriter.text(value);
      case PathElement.Index(var index) -> "i:" + index;
    };
  }

  private static String key(List<PathElement.KeyField> fields) {
    JsonObject key = new JsonObject();
    fields.forEach(field -> key.set(field.name(), field.value()));
    return JsonWriter.text(key);
  }

  /// Reads a set. A kind of element that is not known is left out with all below it.
  ///
  /// @throws IllegalArgumentException when it is no set at all
  static FieldSet read(Json fields) {
    FieldSetCollector collector = new FieldSetCollector();
    if (fields instanceof JsonObject level) {
      read(level, new ArrayList<>(), collector);
    } else if (!(fields instanceof Json.Null)) {
      throw new IllegalArgumentException(
          "fieldsV1: %s (expected: an object)".formatted(JsonWriter.text(fields)));
    }
    return collector.set();
  }

  private static void read(JsonObject level, List<PathElement> above, FieldSetCollector collector) {
    for (int i = 0; i < level.size(); i++) {
      PathElement element = level.nameAt(i).equals(SELF) ? null : element(level.nameAt(i));
      if (element == null) {
        continue;
      }
      above.add(element);
      if (!(level.valueAt(i) instanceof JsonObject below)) {
        throw wrong(level.nameAt(i), "an object below it");
      }
      if (isMember(below)) {
        collector.add(above);
      }
      read(below, above, collector);
      above.removeLast();
    }
  }

  /// Where nothing below is understood, the path itself is meant.
  private static boolean isMember(JsonObject below) {
    if (below.has(SELF)) {
      return true;
    }
    for (int i = 0; i < below.size(); i++) {
      if (element(below.nameAt(i)) != null) {
        return false;
      }
    }
    return true;
  }

  /// Null for a kind of element that is not known.
  static @Nullable PathElement element(String text) {
    if (text.length() < 2 || text.charAt(1) != ':') {
      throw wrong(text, "f:, k:, v: or i: in front");
    }
    String rest = text.substring(2);
    return switch (text.charAt(0)) {
      case 'f' -> new PathElement.Name(rest);
      case 'k' -> key(text, json(text, rest));
      case 'v' -> new PathElement.Value(json(text, rest));
      case 'i' -> index(text, rest);
      default -> null;
    };
  }

  private static PathElement key(String text, Json json) {
    if (!(json instanceof JsonObject object)) {
      throw wrong(text, "an object after k:");
    }
    List<PathElement.KeyField> fields = new ArrayList<>(object.size());
    object.forEach(field -> fields.add(new PathElement.KeyField(field.name(), field.value())));
    return PathElement.Key.of(fields);
  }

  private static PathElement index(String text, String digits) {
    try {
      return new PathElement.Index(Integer.parseInt(digits));
    } catch (NumberFormatException notANumber) {
      throw wrong(text, "a whole number after i:");
    }
  }

  private static Json json(String text, String json) {
    try {
      return JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
    } catch (JsonSyntaxException broken) {
      throw wrong(text, "JSON after the colon");
    }
  }

  private static IllegalArgumentException wrong(String text, String expected) {
    return new IllegalArgumentException("fieldsV1: %s (expected: %s)".formatted(text, expected));
  }
}
