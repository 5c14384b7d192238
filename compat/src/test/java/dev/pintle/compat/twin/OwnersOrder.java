package dev.pintle.compat.twin;

import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The order of the owners of fields: those who apply first, then by the second in which they wrote, by manager, version and
/// sub-resource.
final class OwnersOrder {
  private static final Comparator<JsonNode> BY_OPERATION = by("operation");
  private static final Comparator<JsonNode> BY_NAMES =
      by("manager").thenComparing(by("apiVersion")).thenComparing(by("subresource"));

  /// For comparing lists that were written in different seconds.
  static final Comparator<JsonNode> WITHOUT_TIMES = BY_OPERATION.thenComparing(BY_NAMES);

  private static final Comparator<JsonNode> WHOLE =
      BY_OPERATION.thenComparing(by("time")).thenComparing(BY_NAMES);

  private OwnersOrder() {}

  private static Comparator<JsonNode> by(String field) {
    return Comparator.comparing(owner -> owner.path(field).asString(""));
  }

  static boolean holds(List<JsonNode> owners) {
    for (int i = 1; i < owners.size(); i++) {
      if (WHOLE.compare(owners.get(i - 1), owners.get(i)) > 0) {
        return false;
      }
    }
    return true;
  }
}
