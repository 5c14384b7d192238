package dev.pintle.kube.protobuf;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.protobuf.MessagePlan.Part;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The reader of messages as objects. What the plan does not know is skipped, as the real server does.
final class MessageReader {
  /// How deep messages may lie in one another; upstream's types go to about 20, schemas of custom
  /// resources deeper.
  static final int DEPTH_MAX = 200;

  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int WRAPPED = 1;

  private int depth;

  JsonObject message(SchemaNode node, ProtoInput in) {
    enter();
    JsonObject read = new JsonObject();
    fields(MessagePlan.of(node), in, read);
    depth--;
    return ZeroValues.complete(node, read);
  }

  private void enter() {
    if (++depth > DEPTH_MAX) {
      throw new ProtobufException("messages within messages: more than %d".formatted(DEPTH_MAX));
    }
  }

  private void fields(MessagePlan plan, ProtoInput in, JsonObject into) {
    while (in.next()) {
      Part part = plan.part(in.number());
      Field field = part == null ? null : part.field();
      if (field != null) {
        field(field, in, into);
      } else if (part != null && part.embedded() != null) {
        enter();
        fields(part.embedded(), in.message(), into);
        depth--;
      } else {
        in.skip();
      }
    }
  }

  private void field(Field field, ProtoInput in, JsonObject into) {
    SchemaNode node = field.node();
    switch (node.kind()) {
      case MAP -> entry(node.items(), in.message(), into.objectAt(field.name()));
      case LIST -> list(field.name(), node, in, into);
      case OBJECT,
          TEXT,
          INT32,
          INT64,
          DOUBLE,
          BOOLEAN,
          BYTES,
          TIME,
          MICRO_TIME,
          QUANTITY,
          INT_OR_STRING,
          ANY ->
          into.set(field.name(), value(node, in));
    }
  }

  Json value(SchemaNode node, ProtoInput in) {
    return switch (node.kind()) {
      case TEXT -> Json.of(in.text());
      case INT32 -> {
        int narrowed = (int) number(in);
        yield Json.of(narrowed);
      }
      case INT64 -> Json.of(number(in));
      case BOOLEAN -> Json.of(number(in) != 0);
      case DOUBLE -> decimal(in);
      case BYTES -> Json.of(Base64.getEncoder().encodeToString(in.byteString()));
      case OBJECT -> message(node, in.message());
      case TIME -> SpecialForms.readTime(in.message(), false);
      case MICRO_TIME -> SpecialForms.readTime(in.message(), true);
      case QUANTITY -> SpecialForms.readQuantity(in.message());
      case INT_OR_STRING -> SpecialForms.readIntOrString(in.message());
      case ANY -> any(node, in.message());
      case LIST -> wrapped(node, in.message());
      case MAP ->
          throw new ProtobufException("a map inside a map or list (expected: none in any message)");
    };
  }

  private static long number(ProtoInput in) {
    in.expect(WireType.VARINT);
    return in.varint();
  }

  /// Go writes a whole number of this type without a fraction.
  private static Json decimal(ProtoInput in) {
    in.expect(WireType.FIXED64);
    double value = in.fixedDouble();
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
    return whole ? Json.of((long) value) : new Json.Decimal(value);
  }

  private Json any(SchemaNode node, ProtoInput in) {
    OneOf union = OneOf.of(node);
    if (union == null) {
      return SpecialForms.readRaw(in);
    }
    enter();
    Json read = union.read(this, in);
    depth--;
    return read;
  }

  private void list(String name, SchemaNode node, ProtoInput in, JsonObject into) {
    if (!node.typeName().isEmpty()) {
      into.set(name, value(node, in));
      return;
    }
    JsonArray array = into.array(name);
    if (array == null) {
      array = new JsonArray();
      into.set(name, array);
    }
    item(node.items(), in, array);
  }

  /// Numbers may come packed: many in one run of bytes.
  private void item(SchemaNode items, ProtoInput in, JsonArray into) {
    boolean number =
        switch (items.kind()) {
          case INT32, INT64, BOOLEAN -> true;
          case OBJECT,
              MAP,
              LIST,
              TEXT,
              DOUBLE,
              BYTES,
              TIME,
              MICRO_TIME,
              QUANTITY,
              INT_OR_STRING,
              ANY ->
              false;
        };
    if (!number || in.wireType() == WireType.VARINT) {
      into.add(value(items, in));
      return;
    }
    ProtoInput packed = in.message();
    while (!packed.atEnd()) {
      into.add(Json.of(packed.varint()));
    }
  }

  private JsonArray wrapped(SchemaNode node, ProtoInput in) {
    JsonArray array = new JsonArray();
    while (in.next()) {
      if (in.number() == WRAPPED) {
        item(node.items(), in, array);
      } else {
        in.skip();
      }
    }
    return array;
  }

  private void entry(SchemaNode values, ProtoInput in, JsonObject into) {
    enter();
    String key = "";
    @Nullable Json value = null;
    while (in.next()) {
      switch (in.number()) {
        case KEY -> key = in.text();
        case VALUE -> value = value(values, in);
        default -> in.skip();
      }
    }
    depth--;
    into.set(key, value == null ? ZeroValues.zero(values) : value);
  }
}
