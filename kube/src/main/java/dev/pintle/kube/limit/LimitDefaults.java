package dev.pintle.kube.limit;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// The amounts that containers get that did not say what they need.
final class LimitDefaults {
  private static final String ANNOTATION = "kubernetes.io/limit-ranger";
  private static final Map<String, String> LISTS =
      Map.of("containers", "container", "initContainers", "init container");

  private LimitDefaults() {}

  static void apply(List<JsonObject> items, JsonObject pod) {
    JsonObject requests = new JsonObject();
    JsonObject limits = new JsonObject();
    for (JsonObject item : items) {
      if ("Container".equals(item.text("type"))) {
        copy(item, "defaultRequest", requests);
        copy(item, "default", limits);
      }
    }
    List<String> told = new ArrayList<>();
    for (String list : List.of("containers", "initContainers")) {
      for (JsonObject container : pod.objectAt("spec").objects(list)) {
        String whose = " for %s %s".formatted(LISTS.get(list), container.text("name"));
        tell(told, given(container, "requests", requests), " request" + whose);
        tell(told, given(container, "limits", limits), " limit" + whose);
      }
    }
    if (!told.isEmpty()) {
      pod.objectAt("metadata")
          .objectAt("annotations")
          .set(ANNOTATION, "LimitRanger plugin set: " + String.join("; ", told));
    }
  }

  private static void copy(JsonObject item, String field, JsonObject to) {
    JsonObject amounts = item.object(field);
    if (amounts != null) {
      amounts.forEach(amount -> to.set(amount.name(), amount.value()));
    }
  }

  /// The names of what was given, in order.
  private static SortedSet<String> given(JsonObject container, String field, JsonObject defaults) {
    SortedSet<String> given = new TreeSet<>();
    for (JsonObject.Field amount : defaults) {
      JsonObject amounts = container.objectAt("resources").objectAt(field);
      if (!amounts.has(amount.name())) {
        Json value = amount.value();
        amounts.set(amount.name(), value);
        given.add(amount.name());
      }
    }
    return given;
  }

  private static void tell(List<String> told, SortedSet<String> given, String what) {
    if (!given.isEmpty()) {
      told.add(String.join(", ", given) + what);
    }
  }
}
