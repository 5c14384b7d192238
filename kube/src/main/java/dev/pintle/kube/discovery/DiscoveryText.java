package dev.pintle.kube.discovery;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Verb;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// The small parts that both forms of discovery share.
final class DiscoveryText {
  /// Upstream names the verbs of custom resources in this order, those of its own in alphabetical
  /// order.
  private static final List<Verb> CUSTOM_ORDER =
      List.of(
          Verb.DELETE,
          Verb.DELETECOLLECTION,
          Verb.GET,
          Verb.LIST,
          Verb.PATCH,
          Verb.CREATE,
          Verb.UPDATE,
          Verb.WATCH);

  private DiscoveryText() {}

  static JsonArray verbs(Set<Verb> verbs, boolean custom) {
    JsonArray array = new JsonArray();
    for (Verb verb : custom ? CUSTOM_ORDER : Arrays.asList(Verb.values())) {
      if (verbs.contains(verb)) {
        array.add(Json.of(verb.text()));
      }
    }
    return array;
  }

  /// Sets a list of texts, unless it is empty.
  static void setTexts(JsonObject object, String name, Collection<String> texts) {
    if (!texts.isEmpty()) {
      JsonArray array = new JsonArray();
      texts.forEach(text -> array.add(Json.of(text)));
      object.set(name, array);
    }
  }
}
