package dev.pintle.kube.bootstrap;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The reader of the table of roles and bindings; its form is told at its head.
final class RoleTable {
  private static final String API = "rbac.authorization.k8s.io";
  private static final String LABELS = API + "/";

  private final List<JsonObject> objects = new ArrayList<>();
  private JsonArray lines = new JsonArray();

  private RoleTable() {}

  /// The objects in the order of the table, each with its kind and apiVersion.
  static List<JsonObject> parse(Iterable<String> text) {
    RoleTable table = new RoleTable();
    int number = 0;
    for (String line : text) {
      number++;
      try {
        table.line(line);
      } catch (RuntimeException e) {
        throw new IllegalArgumentException("line %d: %s".formatted(number, line.strip()), e);
      }
    }
    return table.objects;
  }

  private void line(String line) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    List<String> words = List.of(line.strip().split(" "));
    switch (words.getFirst()) {
      case "role" -> role(words);
      case "bind" -> binding(words);
      case "group", "user" -> lines.add(subject(words));
      case "account" -> lines.add(account(words.get(1)));
      default -> lines.add(rule(words));
    }
  }

  private void role(List<String> words) {
    JsonObject labels = new JsonObject().set("kubernetes.io/bootstrapping", "rbac-defaults");
    JsonObject role = object("Role", words.get(1), labels);
    lines = new JsonArray();
    role.set("rules", lines);
    for (String word : words.subList(2, words.size())) {
      String label = LABELS + word.substring(1);
      if (word.startsWith("+")) {
        labels.set(label, "true");
      } else {
        JsonObject selector =
            new JsonObject().set("matchLabels", new JsonObject().set(label, "true"));
        role.set("rules", Json.NULL)
            .set(
                "aggregationRule",
                new JsonObject().set("clusterRoleSelectors", JsonArray.of(selector)));
      }
    }
  }

  private void binding(List<String> words) {
    JsonObject labels = new JsonObject().set("kubernetes.io/bootstrapping", "rbac-defaults");
    lines = new JsonArray();
    object("RoleBinding", words.get(1), labels)
        .set("subjects", lines)
        .set(
            "roleRef",
            new JsonObject()
                .set("apiGroup", API)
                .set("kind", words.get(2))
                .set("name", words.get(3)));
  }

  /// @param where `NAME` or `NAMESPACE/NAME`
  private JsonObject object(String kind, String where, JsonObject labels) {
    int slash = where.indexOf('/');
    JsonObject metadata = new JsonObject().set("name", where.substring(slash + 1));
    if (slash > 0) {
      metadata.set("namespace", where.substring(0, slash));
    }
    metadata
        .set("labels", labels)
        .set(
            "annotations",
            new JsonObject().set("rbac.authorization.kubernetes.io/autoupdate", "true"));
    JsonObject object =
        new JsonObject()
            .set("kind", slash > 0 ? kind : "Cluster" + kind)
            .set("apiVersion", API + "/v1")
            .set("metadata", metadata);
    objects.add(object);
    return object;
  }

  private static JsonObject subject(List<String> words) {
    String kind = words.getFirst();
    return new JsonObject()
        .set("kind", kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1))
        .set("apiGroup", API)
        .set("name", words.get(1));
  }

  private static JsonObject account(String where) {
    int slash = where.indexOf('/');
    return new JsonObject()
        .set("kind", "ServiceAccount")
        .set("name", where.substring(slash + 1))
        .set("namespace", where.substring(0, slash));
  }

  private static JsonObject rule(List<String> words) {
    JsonObject rule = new JsonObject().set("verbs", texts(words.getFirst().split(",")));
    List<String> rest = words.subList(1, words.size());
    if (!rest.getFirst().endsWith(":")) {
      return rule.set("nonResourceURLs", texts(rest.toArray(String[]::new)));
    }
    String[] groups = rest.getFirst().substring(0, rest.getFirst().length() - 1).split(",");
    Arrays.setAll(groups, i -> groups[i].equals("core") ? "" : groups[i]);
    int equals = rest.indexOf("=");
    int end = equals < 0 ? rest.size() : equals;
    rule.set("apiGroups", texts(groups))
        .set("resources", texts(rest.subList(1, end).toArray(String[]::new)));
    if (equals >= 0) {
      rule.set(
          "resourceNames", texts(rest.subList(equals + 1, rest.size()).toArray(String[]::new)));
    }
    return rule;
  }

  private static JsonArray texts(String[] texts) {
    return JsonArray.of(Arrays.stream(texts).map(Json::of).toArray(Json[]::new));
  }
}
