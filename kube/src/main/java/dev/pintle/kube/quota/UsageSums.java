package dev.pintle.kube.quota;

import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.strategy.ResourceAmounts;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/// The arithmetic of what is used.
final class UsageSums {
  private UsageSums() {}

  /// Those amounts that have one of the names.
  static ResourceAmounts masked(ResourceAmounts amounts, Collection<String> names) {
    ResourceAmounts kept = amounts.and(ResourceAmounts.none());
    kept.values().keySet().retainAll(names);
    return kept;
  }

  /// How much one is more than the other; nothing is less than nothing.
  static ResourceAmounts growth(ResourceAmounts now, ResourceAmounts before) {
    ResourceAmounts growth = ResourceAmounts.none();
    now.values()
        .forEach((name, amount) -> {
          Quantity rest = amount.minus(before.amount(name));
          if (rest.sign() > 0) {
            growth.values().put(name, rest);
          }
        });
    return growth;
  }

  static ResourceAmounts withoutZeros(ResourceAmounts amounts) {
    ResourceAmounts kept = amounts.and(ResourceAmounts.none());
    kept.values().values().removeIf(amount -> amount.sign() == 0);
    return kept;
  }

  /// As refusals name them.
  static String text(ResourceAmounts amounts, Collection<String> names) {
    Map<String, Quantity> masked = masked(amounts, names).values();
    return masked.entrySet().stream()
        .map(amount -> amount.getKey() + "=" + amount.getValue())
        .collect(Collectors.joining(","));
  }
}
