package dev.pintle.kube.conversion;

import dev.pintle.kube.conversion.ConversionTable.Pair;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersionKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The table of kinds that have a second form, and of how one is made of the other.
public final class Conversions {
  private static final String AUTOSCALER = "HorizontalPodAutoscaler";

  private final ConversionTable table = ConversionTable.read();
  private final Autoscalers autoscalers = new Autoscalers(table);

  /// The kind as which objects are stored, when it is another one.
  public Optional<GroupVersionKind> storedAs(GroupVersionKind kind) {
    return switch (kind.kind()) {
      // Nearly every object is of a kind that has one form only.
      case AUTOSCALER, "Event", PriorityLevels.KIND, "FlowSchema" ->
          table.pairs().stream()
              .filter(pair -> pair.old().equals(kind))
              .findFirst()
              .map(Pair::stored);
      default -> Optional.empty();
    };
  }

  /// The object as one of kind `to`, with its fields in any order; `object` is given away.
  public JsonObject convert(JsonObject object, GroupVersionKind from, GroupVersionKind to) {
    JsonObject converted = object;
    for (Pair pair : table.pairs()) {
      if (pair.old().equals(from) && pair.stored().equals(to)) {
        converted = upward(pair, object);
      } else if (pair.stored().equals(from) && pair.old().equals(to)) {
        converted = downward(pair, object);
      }
    }
    return converted.set("apiVersion", to.groupVersion().text()).set("kind", to.kind());
  }

  private JsonObject upward(Pair pair, JsonObject object) {
    return switch (pair.old().kind()) {
      case AUTOSCALER -> autoscalers.upward(object);
      case PriorityLevels.KIND -> PriorityLevels.upward(object);
      default -> renamed(object, pair.names());
    };
  }

  private JsonObject downward(Pair pair, JsonObject object) {
    if (pair.old().kind().equals(AUTOSCALER)) {
      return autoscalers.downward(object);
    }
    if (pair.old().kind().equals(PriorityLevels.KIND)) {
      return PriorityLevels.downward(object);
    }
    Map<String, String> back = new LinkedHashMap<>();
    pair.names().forEach((old, stored) -> back.put(stored, old));
    return renamed(object, back);
  }

  private static JsonObject renamed(JsonObject object, Map<String, String> names) {
    JsonObject renamed = new JsonObject();
    object.forEach(
        field -> renamed.set(names.getOrDefault(field.name(), field.name()), field.value()));
    return renamed;
  }
}
