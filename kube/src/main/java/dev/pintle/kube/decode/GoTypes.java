package dev.pintle.kube.decode;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;

/// The names of types and values in Go, for its words about values of the wrong type.
public final class GoTypes {
  private GoTypes() {}

  static String of(SchemaNode node) {
    return switch (node.kind()) {
      case OBJECT -> structure(node.typeName());
      case MAP -> "map[string]" + (node.hasItems() ? of(node.items()) : "interface {}");
      case LIST -> "[]" + (node.hasItems() ? item(node.items()) : "interface {}");
      // Go reads a time as a text first.
      case TEXT, QUANTITY, TIME, MICRO_TIME -> "string";
      case INT32 -> "int32";
      case INT64 -> "int64";
      case DOUBLE -> "float64";
      case BOOLEAN -> "bool";
      case BYTES -> "[]uint8";
      // Go reads what is no text as a number.
      case INT_OR_STRING -> "int32";
      case ANY -> "interface {}";
    };
  }

  /// Lists of anything have items of a type of their own: there are some in schemas only.
  private static String item(SchemaNode node) {
    return node.kind() == ValueKind.ANY ? "v1.JSON" : of(node);
  }

  /// `io.k8s.api.core.v1.PodSpec` is `v1.PodSpec` in Go.
  static String structure(String typeName) {
    int last = typeName.lastIndexOf('.');
    int before = last < 0 ? -1 : typeName.lastIndexOf('.', last - 1);
    return typeName.substring(before + 1);
  }

  static String simpleName(String typeName) {
    return typeName.substring(typeName.lastIndexOf('.') + 1);
  }

  /// A number that does not fit, as it was written where that is known.
  static String number(Json value) {
    if (value instanceof Json.Decimal(_, var written) && !written.isEmpty()) {
      return "number " + written;
    }
    String text = JsonWriter.text(value);
    boolean whole =
        value instanceof Json.Decimal
            && text.chars().allMatch(c -> c == '-' || Character.isDigit(c));
    return "number " + text + (whole ? ".0" : "");
  }
}
