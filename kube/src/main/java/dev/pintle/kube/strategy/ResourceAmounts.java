package dev.pintle.kube.strategy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.quantity.QuantitySyntaxException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The amounts of what is asked for, by the names of resources.
public record ResourceAmounts(Map<String, Quantity> values) {
  private static final List<String> OF_WHOLE_PODS = List.of("cpu", "memory");

  public static ResourceAmounts none() {
    return new ResourceAmounts(new TreeMap<>());
  }

  public static ResourceAmounts of(@Nullable JsonObject amounts) {
    ResourceAmounts read = none();
    if (amounts != null) {
      for (JsonObject.Field amount : amounts) {
        Quantity quantity = quantity(amount.value());
        if (quantity != null) {
          read.values.put(amount.name(), quantity);
        }
      }
    }
    return read;
  }

  private static @Nullable Quantity quantity(Json value) {
    try {
      return value instanceof Json.Text(var text) ? Quantity.parse(text) : null;
    } catch (QuantitySyntaxException malformed) {
      return null;
    }
  }

  /// @param field `requests` or `limits` of what has resources
  public static ResourceAmounts of(JsonObject holder, String field) {
    JsonObject resources = holder.object("resources");
    return of(resources == null ? null : resources.object(field));
  }

  /// What a pod needs at most at one time: all of its containers together, or what an init container needs before them.
  public static ResourceAmounts ofPod(JsonObject spec, String field) {
    ResourceAmounts all = ofContainers(spec, field);
    ResourceAmounts whole = of(spec, field);
    for (String name : OF_WHOLE_PODS) {
      Quantity amount = whole.values.get(name);
      if (amount != null) {
        all.values.put(name, amount);
      }
    }
    return all;
  }

  /// As [#ofPod], whatever is said of the pod as a whole.
  public static ResourceAmounts ofContainers(JsonObject spec, String field) {
    return ofContainers(spec, container -> of(container, field));
  }

  /// As above.
  ///
  /// @param each what one container needs
  public static ResourceAmounts ofContainers(
      JsonObject spec, Function<JsonObject, ResourceAmounts> each) {
    ResourceAmounts all = none();
    spec.objects("containers").forEach(container -> all.add(each.apply(container)));
    ResourceAmounts sidecars = none();
    ResourceAmounts starting = none();
    for (JsonObject container : spec.objects("initContainers")) {
      ResourceAmounts own = each.apply(container);
      if ("Always".equals(container.text("restartPolicy"))) {
        all.add(own);
        sidecars.add(own);
        starting.raiseTo(sidecars);
      } else {
        own.add(sidecars);
        starting.raiseTo(own);
      }
    }
    all.raiseTo(starting);
    return all;
  }

  /// How much of one resource; zero where nothing is said.
  public Quantity amount(String name) {
    return values.getOrDefault(name, Quantity.ZERO);
  }

  /// Both together.
  public ResourceAmounts and(ResourceAmounts other) {
    ResourceAmounts both = new ResourceAmounts(new TreeMap<>(values));
    both.add(other);
    return both;
  }

  private void add(ResourceAmounts other) {
    other.values.forEach((name, amount) -> values.merge(name, amount, Quantity::plus));
  }

  private void raiseTo(ResourceAmounts other) {
    other.values.forEach((name, amount) ->
        values.merge(name, amount, (one, two) -> one.compareTo(two) >= 0 ? one : two));
  }
}
