package dev.pintle.kube.cel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An operation of a JSON patch that an expression makes (`JSONPatch{op: "add", path: "/a", value: 1}`).
///
/// @param value null when there is none
record PatchOperation(String op, String path, String from, @Nullable Value value)
    implements StructuredValue {
  private static final String NAME = "JSONPatch";

  static PatchOperation of(Map<String, Value> fields) {
    return new PatchOperation(
        text(fields, "op"), text(fields, "path"), text(fields, "from"), fields.get("value"));
  }

  private static String text(Map<String, Value> fields, String name) {
    Value value = fields.getOrDefault(name, Value.of(""));
    if (value instanceof Value.Text(String text)) {
      return text;
    }
    throw new CelException(
        "unexpected type %s for JSONPatchType '%s' field"
            .formatted(TypeConversions.goType(value), name));
  }

  @Override
  public @Nullable Value field(String name) {
    String text =
        switch (name) {
          case "op" -> op;
          case "path" -> path;
          case "from" -> from;
          default -> "";
        };
    return name.equals("value") ? value : text.isEmpty() ? null : Value.of(text);
  }

  @Override
  public CelException unset(String name) {
    return new CelException("unsupported indexer: " + name);
  }

  @Override
  public String typeName() {
    return NAME;
  }

  @Override
  public String goTypeName() {
    return "*mutation.JSONPatchVal";
  }
}
