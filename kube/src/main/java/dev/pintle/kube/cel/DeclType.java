package dev.pintle.kube.cel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The type of a value by its schema, as expressions see it.
///
/// @param fields of an object, by the names that expressions call them
/// @param key of a map
/// @param element of a list or a map
/// @param maxElements how many characters, bytes, items or entries there can be; 0 where that is no question
/// @param minBytes the smallest that it can be in JSON
record DeclType(
    CelType type,
    Map<String, DeclType> fields,
    @Nullable DeclType key,
    @Nullable DeclType element,
    long maxElements,
    long minBytes) {

  static DeclType scalar(CelType type, long maxElements, long minBytes) {
    return new DeclType(type, Map.of(), null, null, maxElements, minBytes);
  }

  /// The field that a name in an expression means, null when there is none.
  @Nullable DeclType field(String name) {
    DeclType field = fields.get(name);
    return field == null && Escapes.isReserved(name) ? fields.get("__" + name + "__") : field;
  }
}
