package dev.pintle.bench.hostile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Every attack, by family.
public final class Catalogue {
  private Catalogue() {}

  public static Map<String, List<Attack>> families() {
    Map<String, List<Attack>> families = new LinkedHashMap<>();
    families.put("bodies", both(BodyAttacks.all(), BodyAttacks.objects()));
    families.put("patches", PatchAttacks.all());
    families.put("rules", both(RuleAttacks.patterns(), RuleAttacks.expressions()));
    families.put("lists", ListAttacks.all());
    families.put("streams", StreamAttacks.all());
    families.put("connections", ConnectionAttacks.all());
    families.put("etcd", EtcdAttacks.all());
    families.put("bindings", CrowdedNamespace.all());
    families.put("webhooks", WebhookAttacks.all());
    return families;
  }

  /// @throws IllegalArgumentException when there is none of that name
  static Attack attack(String name) {
    return Stream.concat(
            families().values().stream().flatMap(List::stream),
            both(OverloadAttacks.all(), OverloadAttacks.afterRestart()).stream())
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no attack: " + name));
  }

  private static List<Attack> both(List<Attack> first, List<Attack> second) {
    List<Attack> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
