package dev.pintle.kube.instance;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// The lists of allowed values that were met in one check, as sets: a list may be as long as a definition, and is asked for
/// every value.
final class AllowedValues {
  private static final int SCANNED_MAX = 8;

  private final IdentityHashMap<List<Json>, Set<Json>> sets = new IdentityHashMap<>(0);

  /// Whether a value is one of those named; numbers are compared as the named one's type.
  boolean isAmong(List<Json> named, Json value) {
    if (named.size() <= SCANNED_MAX) {
      return named.stream().anyMatch(one -> ValueTypes.isSame(value, one));
    }
    Set<Json> set = sets.computeIfAbsent(named, all -> new HashSet<>(all));
    return switch (value) {
      case Json.Null _ -> false;
      case Json.Whole(long whole) ->
          set.contains(value) || set.contains(new Json.Decimal((double) whole));
      case Json.Decimal(double number, _) ->
          set.contains(value) || set.contains(new Json.Whole((long) number));
      case JsonObject _, JsonArray _, Json.Text _, Json.Bool _ -> set.contains(value);
    };
  }
}
