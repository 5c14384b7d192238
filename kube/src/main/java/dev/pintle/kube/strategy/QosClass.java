package dev.pintle.kube.strategy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.quantity.QuantitySyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The quality-of-service class of a pod: `Guaranteed`, `Burstable` or `BestEffort`.
public final class QosClass {
  private static final String BEST_EFFORT = "BestEffort";
  private static final String BURSTABLE = "Burstable";
  private static final String GUARANTEED = "Guaranteed";
  private static final List<String> COMPUTE = List.of("cpu", "memory");

  private QosClass() {}

  public static String of(JsonObject spec) {
    JsonObject whole = spec.object("resources");
    if (whole != null && !whole.isEmpty()) {
      return ofRequirements(whole);
    }
    String found = "";
    for (String list : List.of("initContainers", "containers")) {
      for (JsonObject container : spec.objects(list)) {
        String one = ofRequirements(container.objectOrEmpty("resources"));
        if (one.equals(BURSTABLE) || (!found.isEmpty() && !found.equals(one))) {
          return BURSTABLE;
        }
        found = one;
      }
    }
    return found.isEmpty() ? BEST_EFFORT : found;
  }

  private static String ofRequirements(JsonObject requirements) {
    JsonObject requests = requirements.objectOrEmpty("requests");
    JsonObject limits = requirements.objectOrEmpty("limits");
    boolean any = false;
    boolean guaranteed = true;
    for (String name : COMPUTE) {
      Quantity request = positive(requests.get(name));
      Quantity limit = positive(limits.get(name));
      any |= request != null || limit != null;
      guaranteed &= limit != null && (request == null || request.equals(limit));
    }
    if (!any) {
      return BEST_EFFORT;
    }
    return guaranteed ? GUARANTEED : BURSTABLE;
  }

  private static @Nullable Quantity positive(@Nullable Json amount) {
    if (!(amount instanceof Json.Text(var text))) {
      return null;
    }
    try {
      Quantity quantity = Quantity.parse(text);
      return quantity.sign() > 0 ? quantity : null;
    } catch (QuantitySyntaxException malformed) {
      return null;
    }
  }
}
