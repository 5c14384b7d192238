package dev.pintle.kube.decode;

import dev.pintle.kube.object.FieldOrder;
import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonRangeException;
import dev.pintle.kube.object.Utf8Order;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The maker, from a tree, of what the real server would have after reading it into its structures and writing it
/// again: fields in order, unknown ones gone and reported, empty ones absent or present as upstream declares them,
/// values of the right type.
public final class Canonicalizer {
  private static final int UNKNOWN_REPORTED_MAX = 100;
  private static final int REPORTED_CHARACTERS_MAX = 100_000;

  private static final DocumentStep ROOT = DocumentStep.ROOT;

  private final List<? super String> unknown;
  private boolean emptyIsNull;
  private boolean converts;
  private @Nullable FirstFault first;
  private int reported;
  private int reportedCharacters;

  private Canonicalizer(List<? super String> unknown) {
    this.unknown = unknown;
  }

  /// The object as the structures of `node` hold it; parts are shared with `object`, which is given away.
  ///
  /// @param unknown takes the path of each field that is not known (`spec.foo`)
  static JsonObject shape(SchemaNode node, JsonObject object, List<? super String> unknown) {
    return node.typeName().isEmpty()
        ? CustomCanonicalizer.shape(node, object, unknown, false)
        : structure(node, object, unknown);
  }

  /// As [#shape], of what was applied: nulls of custom resources stay where they were said, and are for validation to tell of.
  static JsonObject applied(SchemaNode node, JsonObject object) {
    List<String> unknown = new ArrayList<>();
    return node.typeName().isEmpty()
        ? CustomCanonicalizer.shape(node, object, unknown, true)
        : structure(node, object, unknown);
  }

  /// As [#shape], in the way and the words of upstream's conversion of maps into structures, which has no text to read: whole
  /// numbers lose what does not fit.
  static JsonObject convert(SchemaNode node, JsonObject object, List<? super String> unknown) {
    Canonicalizer canonicalizer = new Canonicalizer(unknown);
    canonicalizer.converts = true;
    return canonicalizer.object(node, object, ROOT);
  }

  /// The fault that Go tells of an object that could not be shaped: it reads in the order of the document, and on after values of a
  /// wrong type.
  ///
  /// @param found by shaping it, for when no other is found
  static Undecodable fault(SchemaNode node, JsonObject object, Undecodable found) {
    if (node.typeName().isEmpty()) {
      return found;
    }
    Canonicalizer canonicalizer = new Canonicalizer(new ArrayList<>());
    FirstFault first = new FirstFault();
    canonicalizer.first = first;
    try {
      canonicalizer.look(first, node, object, ROOT);
    } catch (Undecodable worse) {
      return worse;
    }
    return first.or(found);
  }

  private void look(FirstFault faults, SchemaNode node, JsonObject object, DocumentStep place) {
    for (int i = 0; i < object.size(); i++) {
      Field field = node.field(object.nameAt(i));
      Json value = object.valueAt(i);
      if (field != null && !(value instanceof Json.Null)) {
        tried(faults, () -> value(field.node(), value, place.field(field.name(), node), node));
      }
    }
  }

  /// Answers nothing where Go would read on.
  private static Json tried(FirstFault first, Supplier<Json> work) {
    try {
      return work.get();
    } catch (Undecodable fault) {
      first.take(fault);
      return Json.NULL;
    }
  }

  /// As [#shape], for a structure that is no whole object.
  static JsonObject structure(SchemaNode node, JsonObject object, List<? super String> unknown) {
    return new Canonicalizer(unknown).object(node, object, ROOT);
  }

  /// As [#structure], at a place of a document; what is not known is told to nobody, and what cannot be read at once.
  static JsonObject structureAt(SchemaNode node, JsonObject object, DocumentStep place) {
    try {
      return new Canonicalizer(new ArrayList<>()).object(node, object, place);
    } catch (Undecodable wrong) {
      throw new Undecodable(wrong.getMessage());
    }
  }

  /// The metadata of an object inside another; parts are shared with `value`, which is given away.
  ///
  /// @throws Undecodable for what is no metadata
  public static JsonObject metadata(SchemaNode objectMeta, Json value) {
    return CustomCanonicalizer.metadata(objectMeta, value, new ArrayList<>());
  }

  /// As upstream writes it; for objects that were right when they were read, or were changed by our own hands.
  public static JsonObject canonical(SchemaNode node, JsonObject object) {
    return shape(node, object, new ArrayList<>());
  }

  /// As [#canonical], with what a store of protobuf loses: a list or map without items is none, so that a field that is always
  /// written is `null`.
  public static JsonObject ofProtobufStore(SchemaNode node, JsonObject object) {
    Canonicalizer canonicalizer = new Canonicalizer(new ArrayList<>());
    canonicalizer.emptyIsNull = true;
    return canonicalizer.object(node, object, ROOT);
  }

  private JsonObject object(SchemaNode node, JsonObject object, DocumentStep place) {
    JsonObject shaped = new JsonObject();
    int known = 0;
    for (Field field : node.fields()) {
      Json value = object.get(field.name());
      if (value != null) {
        known++;
      }
      Json kept =
          value == null || value instanceof Json.Null
              ? whenAbsent(field, value)
              : field(field, value, place, node);
      if (kept != null) {
        shaped.set(field.name(), kept);
        respell(shaped, field.node(), value, kept);
      } else if (value != null && isEmptyCollection(field.node(), value)) {
        shaped.omit(field.name(), value);
      }
    }
    if (known < object.size()) {
      extra(node, object, shaped, place);
    }
    return shaped;
  }

  private static void respell(JsonObject shaped, SchemaNode node, @Nullable Json given, Json kept) {
    if (given != null && Respelled.is(node, given, kept)) {
      shaped.respell();
    }
  }

  private void extra(SchemaNode node, JsonObject object, JsonObject shaped, DocumentStep place) {
    boolean keep = node.preservesUnknownFields() || node.hasItems();
    for (int i = 0; i < object.size(); i++) {
      String name = object.nameAt(i);
      if (node.field(name) != null) {
        continue;
      }
      if (keep) {
        Json value = object.valueAt(i);
        shaped.set(
            name,
            node.hasItems() ? value(node.items(), value, place.field(name, node), node) : value);
      } else {
        report(place.field(name, node));
      }
    }
  }

  private void report(DocumentStep place) {
    if (reported++ < UNKNOWN_REPORTED_MAX && reportedCharacters < REPORTED_CHARACTERS_MAX) {
      String path = place.path(true);
      reportedCharacters += path.length();
      unknown.add(path);
    }
  }

  private @Nullable Json field(Field field, Json value, DocumentStep place, SchemaNode owner) {
    SchemaNode node = field.node();
    Json shaped = value(node, value, place.field(field.name(), owner), owner);
    return switch (field.omitPolicy()) {
      case POINTER, NULLABLE -> shaped;
      case ALWAYS -> emptyIsNull && isEmptyCollection(node, shaped) ? Json.NULL : shaped;
      case OMIT_EMPTY -> !node.isStructure() && isZero(shaped) ? null : shaped;
      case OMIT_ZERO -> isZero(shaped) ? null : shaped;
    };
  }

  private @Nullable Json whenAbsent(Field field, @Nullable Json value) {
    return switch (field.omitPolicy()) {
      case POINTER -> value != null && field.node().rules().nullable() ? value : null;
      case OMIT_EMPTY -> field.node().isStructure() ? zero(field.node()) : null;
      case OMIT_ZERO -> null;
      case NULLABLE -> Json.NULL;
      // Go writes bytes that nobody gave as null, and those of no length as an empty text.
      case ALWAYS -> field.node().kind() == ValueKind.BYTES ? Json.NULL : zero(field.node());
    };
  }

  private Json zero(SchemaNode node) {
    return switch (node.kind()) {
      case OBJECT -> empty(node);
      case TEXT, BYTES -> Json.of("");
      case QUANTITY -> Json.of("0");
      case INT32, INT64, DOUBLE, INT_OR_STRING -> Json.of(0);
      case BOOLEAN -> Json.of(false);
      case MAP, LIST, TIME, MICRO_TIME, ANY -> Json.NULL;
    };
  }

  private JsonObject empty(SchemaNode node) {
    return object(node, new JsonObject(), ROOT);
  }

  private static boolean isEmptyCollection(SchemaNode node, Json value) {
    return node.kind() == ValueKind.LIST
        ? value instanceof JsonArray list && list.isEmpty()
        : node.kind() == ValueKind.MAP && value instanceof JsonObject map && map.isEmpty();
  }

  private static boolean isZero(Json value) {
    return switch (value) {
      case JsonObject object -> object.isEmpty();
      case JsonArray array -> array.isEmpty();
      case Json.Text(var text) -> text.isEmpty();
      case Json.Whole(var number) -> number == 0;
      case Json.Decimal(var number, _) -> number == 0;
      case Json.Bool(var truth) -> !truth;
      case Json.Null _ -> true;
    };
  }

  private Json value(SchemaNode node, Json value, DocumentStep place, SchemaNode owner) {
    return switch (node.kind()) {
      case OBJECT ->
          value instanceof JsonObject object
              ? structure(node, object, place)
              : nullOrWrong(node, value, place, owner);
      case MAP ->
          value instanceof JsonObject map
              ? map(node, map, place, owner)
              : nullOrWrong(node, value, place, owner);
      case LIST ->
          value instanceof JsonArray list
              ? list(node, list, place, owner)
              : nullOrWrong(node, value, place, owner);
      case ANY -> any(node, value, place, owner);
      case TEXT, INT32, INT64, DOUBLE, BOOLEAN, BYTES, TIME, MICRO_TIME, QUANTITY, INT_OR_STRING ->
          value instanceof Json.Null && !owner.typeName().isEmpty()
              ? zero(node)
              : scalar(node, value, place, owner);
    };
  }

  private Json any(SchemaNode node, Json value, DocumentStep place, SchemaNode owner) {
    if (SchemaUnion.isOne(node)) {
      // Where there is no text it is read of one that is made for it alone.
      return SchemaUnion.shape(node, value, owner, converts ? ROOT : place);
    }
    return converts ? FieldOrder.throughout(value) : finite(value);
  }

  private static Json finite(Json value) {
    if (JsonRangeException.found(value) instanceof String tooLarge) {
      throw Undecodable.later(tooLarge);
    }
    return value;
  }

  private Json structure(SchemaNode node, JsonObject object, DocumentStep place) {
    if (first == null) {
      return object(node, object, place);
    }
    look(first, node, object, place);
    return object;
  }

  private Json scalar(SchemaNode node, Json value, DocumentStep place, SchemaNode owner) {
    Json converted = converts ? GoConversion.number(node, value) : value;
    if (converts && node.kind() == ValueKind.BYTES) {
      if (value instanceof Json.Text(var text)) {
        GoConversion.requireBase64(text);
      } else if (value instanceof JsonArray list) {
        converted = GoConversion.octets(list);
      }
    }
    return ScalarDecoder.accept(node, converted, () -> wrong(node, value, place, owner));
  }

  /// A null inside a list or map is Go's zero value.
  private Json nullOrWrong(SchemaNode node, Json value, DocumentStep place, SchemaNode owner) {
    if (value instanceof Json.Null) {
      return zero(node);
    }
    throw wrong(node, value, place, owner);
  }

  private JsonObject map(SchemaNode node, JsonObject map, DocumentStep place, SchemaNode owner) {
    if (!node.hasItems()) {
      finite(map);
      return map;
    }
    SchemaNode items = node.items();
    JsonObject shaped = new JsonObject();
    boolean sorted = true;
    for (int i = 0; i < map.size(); i++) {
      String name = map.nameAt(i);
      sorted &= i == 0 || Utf8Order.compare(map.nameAt(i - 1), name) < 0;
      Json value = map.valueAt(i);
      // Upstream's conversion does not say by which key it came to what it does not know.
      DocumentStep step = converts ? place : place.key(name);
      Json kept =
          first == null
              ? value(items, value, step, owner)
              : tried(first, () -> value(items, value, step, owner));
      shaped.set(name, kept);
      respell(shaped, items, value, kept);
    }
    if (!sorted) {
      FieldOrder.sort(shaped);
    }
    return shaped;
  }

  private JsonArray list(SchemaNode node, JsonArray list, DocumentStep place, SchemaNode owner) {
    if (!node.hasItems()) {
      finite(list);
      return list;
    }
    SchemaNode items = node.items();
    JsonArray shaped = new JsonArray();
    for (int i = 0; i < list.size(); i++) {
      Json item = list.at(i);
      DocumentStep step = place.item(i);
      shaped.add(
          first == null
              ? value(items, item, step, owner)
              : tried(first, () -> value(items, item, step, owner)));
    }
    return shaped;
  }

  private Undecodable wrong(SchemaNode node, Json value, DocumentStep place, SchemaNode owner) {
    // A time is read as a text, which knows nothing of the type that it becomes.
    String type = isTime(node) ? GoTypes.of(node) : place.type(node);
    if (converts) {
      return new Undecodable(GoConversion.wrong(node, value, type));
    }
    String what =
        (ScalarDecoder.isWhole(node) || node.kind() == ValueKind.INT_OR_STRING)
                && (value instanceof Json.Decimal || value instanceof Json.Whole)
            ? GoTypes.number(value)
            : GoValues.kind(value);
    String structure = GoTypes.simpleName(owner.typeName());
    String path = place.path(false);
    if (node.kind() == ValueKind.BYTES && value instanceof JsonArray list) {
      Json wrong = ScalarDecoder.notAnOctet(list);
      what =
          wrong instanceof Json.Whole || wrong instanceof Json.Decimal
              ? GoTypes.number(wrong)
              : GoValues.kind(wrong);
      type = "uint8";
    }
    String told =
        structure.isEmpty() && path.isEmpty()
            ? "json: cannot unmarshal %s into Go value of type %s".formatted(what, type)
            : "json: cannot unmarshal %s into Go struct field %s.%s of type %s"
                .formatted(what, structure, path, type);
    return readsItself(node) ? new Undecodable(told) : Undecodable.later(told);
  }

  private static boolean isTime(SchemaNode node) {
    return node.kind() == ValueKind.TIME || node.kind() == ValueKind.MICRO_TIME;
  }

  private static boolean readsItself(SchemaNode node) {
    return switch (node.kind()) {
      case TIME, MICRO_TIME, QUANTITY, INT_OR_STRING -> true;
      case OBJECT, MAP, LIST, TEXT, INT32, INT64, DOUBLE, BOOLEAN, BYTES, ANY -> false;
    };
  }
}
