package dev.pintle.kube.defaults;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.quantity.QuantitySyntaxException;
import java.util.List;
import java.util.Map;

/// The rounding of amounts of resources: what is finer than a thousandth becomes the next thousandth, away from zero.
final class ResourceListDefaults {
  private static final int MILLI_PLACES = 3;

  private ResourceListDefaults() {}

  static Map<String, NamedDefault> all() {
    return Map.of(
        "roundLimitsAndRequests", rounding("limits", "requests"),
        "roundOverhead", rounding("overhead"),
        "roundAllocated", rounding("allocatedResources"),
        "roundCapacity", rounding("capacity", "allocatable", "allocatedResources"),
        "roundHardAndUsed", rounding("hard", "used"),
        "roundBounds", rounding("max", "min", "default", "defaultRequest", "maxLimitRequestRatio"));
  }

  private static NamedDefault rounding(String... fields) {
    List<String> names = List.of(fields);
    return structure -> {
      for (String name : names) {
        JsonObject amounts = structure.object(name);
        if (amounts != null) {
          round(amounts);
        }
      }
    };
  }

  private static void round(JsonObject amounts) {
    for (int i = 0; i < amounts.size(); i++) {
      if (amounts.valueAt(i) instanceof Json.Text(var text) && mayBeFiner(text)) {
        String rounded = rounded(text);
        if (!rounded.equals(text)) {
          amounts.set(amounts.nameAt(i), Json.of(rounded));
          amounts.respell();
        }
      }
    }
  }

  /// Most amounts are whole, and are told so by their letters alone.
  private static boolean mayBeFiner(String text) {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case 'n', 'u', '.', 'e', 'E' -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  private static String rounded(String text) {
    try {
      return Quantity.parse(text).roundedTo(MILLI_PLACES).toString();
    } catch (QuantitySyntaxException _) {
      // What is no amount is refused where bodies are read; here it stands as it was stored.
      return text;
    }
  }
}
