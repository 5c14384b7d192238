package dev.pintle.kube.protobuf;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.FieldTable;
import dev.pintle.kube.schema.OmitPolicy;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The values that Go shows in JSON where a message said nothing.
final class ZeroValues {
  private ZeroValues() {}

  /// The places of an object's fields that are shown although a message says nothing of them, in order.
  private static final class Absent {
    final int[] places;

    private Absent(int[] places) {
      this.places = places;
    }

    static Absent of(SchemaNode node) {
      FieldTable fields = node.fields();
      return new Absent(
          IntStream.range(0, fields.size())
              .filter(place -> absent(fields.at(place)) != null)
              .toArray());
    }
  }

  /// Adds what a structure without these fields shows, in the order of the fields. Of the many fields that a structure has,
  /// only those are looked at that were read or are shown.
  static JsonObject complete(SchemaNode node, JsonObject read) {
    JsonObject whole = new JsonObject();
    FieldTable fields = node.fields();
    int[] said = places(fields, read);
    int[] unsaid = node.derived(Absent.class, () -> Absent.of(node)).places;
    int nextSaid = 0;
    int nextUnsaid = 0;
    while (nextSaid < said.length || nextUnsaid < unsaid.length) {
      int place = nextSaid < said.length ? said[nextSaid] : Integer.MAX_VALUE;
      int other = nextUnsaid < unsaid.length ? unsaid[nextUnsaid] : Integer.MAX_VALUE;
      nextUnsaid += other <= place ? 1 : 0;
      if (place <= other) {
        nextSaid++;
        Field field = fields.at(place);
        Json value = read.get(field.name());
        set(whole, field, value == null ? absent(field) : shown(field, value));
      } else {
        set(whole, fields.at(other), absent(fields.at(other)));
      }
    }
    return whole;
  }

  private static void set(JsonObject whole, Field field, @Nullable Json shown) {
    if (shown != null) {
      whole.set(field.name(), shown);
    }
  }

  private static int[] places(FieldTable fields, JsonObject read) {
    int[] places = new int[read.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = fields.positionOf(read.nameAt(i));
    }
    Arrays.sort(places);
    return places;
  }

  private static @Nullable Json shown(Field field, Json value) {
    return switch (field.omitPolicy()) {
      case POINTER, NULLABLE, ALWAYS -> value;
      case OMIT_EMPTY -> field.node().isStructure() || !isZero(value) ? value : null;
      case OMIT_ZERO -> isZero(value) ? null : value;
    };
  }

  private static @Nullable Json absent(Field field) {
    OmitPolicy omitPolicy = field.omitPolicy();
    boolean always = omitPolicy == OmitPolicy.ALWAYS;
    return switch (omitPolicy) {
      case POINTER, OMIT_ZERO -> null;
      case NULLABLE -> Json.NULL;
      case OMIT_EMPTY, ALWAYS -> always || field.node().isStructure() ? zero(field.node()) : null;
    };
  }

  static Json zero(SchemaNode node) {
    return switch (node.kind()) {
      case OBJECT -> complete(node, new JsonObject());
      case TEXT -> Json.of("");
      case INT32, INT64, DOUBLE, INT_OR_STRING -> Json.of(0);
      case BOOLEAN -> Json.of(false);
      case QUANTITY -> Json.of("0");
      case MAP, LIST, BYTES, TIME, MICRO_TIME, ANY -> Json.NULL;
    };
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

  /// Whether a field is written although the object says nothing of it: all but pointers, lists,
  /// maps and bytes are.
  static boolean writtenWhenAbsent(Field field) {
    ValueKind kind = field.node().kind();
    return !field.omitPolicy().isPointer()
        && kind != ValueKind.LIST
        && kind != ValueKind.MAP
        && kind != ValueKind.BYTES
        && !(kind == ValueKind.ANY && field.node().typeName().isEmpty());
  }
}
