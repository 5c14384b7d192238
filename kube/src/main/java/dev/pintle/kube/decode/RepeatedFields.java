package dev.pintle.kube.decode;

import dev.pintle.kube.object.EarlierValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.OmitPolicy;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.util.List;
import java.util.Map;

/// The reading of fields that come twice as Go reads them into a structure: what comes later is put over what is there. Structures
/// and maps keep what is not said again, and so do the structures of a list as far as it goes.
final class RepeatedFields {
  private final EarlierValues earlier;

  private RepeatedFields(EarlierValues earlier) {
    this.earlier = earlier;
  }

  /// Puts the values of each field of a document together, in place.
  static void join(SchemaNode node, JsonObject document, EarlierValues earlier) {
    if (!earlier.isEmpty()) {
      new RepeatedFields(earlier).object(node, document);
    }
  }

  private void value(SchemaNode node, Json value) {
    if (value instanceof JsonObject object) {
      object(node, object);
    } else if (value instanceof JsonArray list && node.kind() == ValueKind.LIST) {
      list.forEach(item -> value(node.items(), item));
    }
  }

  private void object(SchemaNode node, JsonObject object) {
    Map<String, List<Json>> before = earlier.of(object);
    for (int i = 0; i < object.size(); i++) {
      String name = object.nameAt(i);
      Field field = node.kind() == ValueKind.OBJECT ? node.field(name) : null;
      if (field != null) {
        object.set(name, field(field, before.getOrDefault(name, List.of()), object.valueAt(i)));
      } else if (node.kind() == ValueKind.MAP && node.hasItems()) {
        value(node.items(), object.valueAt(i));
      }
    }
  }

  private Json field(Field field, List<Json> before, Json last) {
    SchemaNode node = field.node();
    value(node, last);
    for (Json one : before) {
      if (!fits(node.kind(), one)) {
        // It is for the shape of the object to tell.
        return one;
      }
    }
    if (before.isEmpty()) {
      return last;
    }
    Json joined = before.getFirst();
    value(node, joined);
    for (Json next : before.subList(1, before.size())) {
      value(node, next);
      joined = over(field, joined, next);
    }
    return over(field, joined, last);
  }

  private static boolean fits(ValueKind kind, Json value) {
    return value instanceof Json.Null
        || switch (kind) {
          case OBJECT, MAP -> value instanceof JsonObject;
          case LIST -> value instanceof JsonArray;
          case TEXT, BYTES -> value instanceof Json.Text;
          case INT32, INT64, DOUBLE -> value instanceof Json.Whole || value instanceof Json.Decimal;
          case BOOLEAN -> value instanceof Json.Bool;
          case ANY, TIME, MICRO_TIME, QUANTITY, INT_OR_STRING -> true;
        };
  }

  private static Json over(Field field, Json there, Json next) {
    boolean isThere = field.node().kind() == ValueKind.OBJECT && there instanceof JsonObject;
    boolean held = isThere && field.omitPolicy() != OmitPolicy.POINTER;
    return next instanceof Json.Null && held ? there : over(field.node(), there, next);
  }

  /// What was there is changed, and costs nothing.
  private static Json over(SchemaNode node, Json there, Json next) {
    return switch (node.kind()) {
      case OBJECT ->
          there instanceof JsonObject structure && next instanceof JsonObject more
              ? structure(node, structure, more)
              : next;
      case MAP -> {
        if (there instanceof JsonObject map && next instanceof JsonObject more) {
          more.forEach(entry -> map.set(entry.name(), entry.value()));
          yield map;
        }
        yield next;
      }
      case LIST -> {
        if (there instanceof JsonArray list && next instanceof JsonArray more) {
          for (int i = 0; i < Math.min(list.size(), more.size()); i++) {
            more.set(i, over(node.items(), list.at(i), more.at(i)));
          }
        }
        yield next;
      }
      case ANY,
          TEXT,
          INT32,
          INT64,
          DOUBLE,
          BOOLEAN,
          BYTES,
          TIME,
          MICRO_TIME,
          QUANTITY,
          INT_OR_STRING ->
          next;
    };
  }

  private static JsonObject structure(SchemaNode node, JsonObject there, JsonObject next) {
    for (JsonObject.Field field : next) {
      Json before = there.get(field.name());
      Field known = node.field(field.name());
      Json value =
          before == null || known == null ? field.value() : over(known, before, field.value());
      there.set(field.name(), value);
    }
    return there;
  }
}
