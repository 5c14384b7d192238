package dev.pintle.kube.table;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.time.Instant;

/// One cell of a row.
@FunctionalInterface
interface Cell {
  /// @param now what ages are counted to
  Json of(JsonObject object, Instant now);
}
