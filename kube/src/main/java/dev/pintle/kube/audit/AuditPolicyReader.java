package dev.pintle.kube.audit;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The reader of one policy. A field that it does not know is passed over, as upstream does; what is wrong with others is collected and
/// told together.
final class AuditPolicyReader {
  private static final System.Logger LOG = System.getLogger(AuditPolicyReader.class.getName());

  private static final String VERSION = "audit.k8s.io/v1";
  private static final String KIND = "Policy";
  private static final Set<String> FIELDS =
      Set.of("apiVersion", "kind", "metadata", "rules", "omitStages", "omitManagedFields");
  private static final Set<String> RULE_FIELDS =
      Set.of(
          "level",
          "users",
          "userGroups",
          "verbs",
          "resources",
          "namespaces",
          "nonResourceURLs",
          "omitStages",
          "omitManagedFields");
  private static final Set<String> RESOURCE_FIELDS = Set.of("group", "resources", "resourceNames");

  private final List<String> wrong = new ArrayList<>(0);

  AuditPolicy read(String text) {
    JsonObject document = document(text);
    String version = document.textOrEmpty("apiVersion");
    String kind = document.textOrEmpty("kind");
    if (!version.equals(VERSION) || !kind.equals(KIND)) {
      throw new IllegalArgumentException(
          "failed decoding: no kind %s is registered for version %s (expected: kind %s of %s)"
              .formatted(GoText.quote(kind), GoText.quote(version), KIND, VERSION));
    }
    passOverUnknown(document, FIELDS, "");
    Set<AuditStage> omitted = stages(document, "omitStages");
    boolean without = flag(document, "omitManagedFields", "omitManagedFields", false);
    List<AuditRule> rules = new ArrayList<>();
    List<JsonObject> entries = objects(document, "rules", "rules");
    for (int i = 0; i < entries.size(); i++) {
      rules.add(rule(entries.get(i), "rules[%d]".formatted(i), omitted, without));
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(together(wrong));
    }
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("loaded illegal policy with 0 rules");
    }
    return new AuditPolicy(rules);
  }

  private static JsonObject document(String text) {
    try {
      if (YamlReader.read(text) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonSyntaxException broken) {
      throw new IllegalArgumentException("failed decoding: " + broken.getMessage(), broken);
    }
    throw new IllegalArgumentException("failed decoding: no object (expected: YAML or JSON)");
  }

  private AuditRule rule(JsonObject rule, String at, Set<AuditStage> omitted, boolean without) {
    passOverUnknown(rule, RULE_FIELDS, at + ".");
    AuditLevel level = level(rule, at + ".level");
    List<String> paths = paths(rule, at + ".nonResourceURLs");
    List<AuditResources> resources = resources(rule, at + ".resources");
    Set<AuditStage> own = stages(rule, at + ".omitStages");
    List<String> namespaces = texts(rule, "namespaces", at + ".namespaces");
    if (!paths.isEmpty() && !(resources.isEmpty() && namespaces.isEmpty())) {
      invalid(
          at + ".nonResourceURLs",
          list(paths),
          "rules cannot apply to both regular resources and non-resource URLs");
    }
    boolean withoutOwners = flag(rule, "omitManagedFields", at + ".omitManagedFields", without);
    return new AuditRule(
        AuditVerdict.of(level, omitted, own, withoutOwners),
        texts(rule, "users", at + ".users"),
        texts(rule, "userGroups", at + ".userGroups"),
        texts(rule, "verbs", at + ".verbs"),
        resources,
        namespaces,
        paths);
  }

  private AuditLevel level(JsonObject rule, String at) {
    String text = text(rule, "level", at);
    AuditLevel known = AuditLevel.of(text);
    if (text.isEmpty()) {
      wrong.add(at + ": Required value");
    } else if (known == null) {
      wrong.add(
          "%s: Unsupported value: %s: supported values: %s"
              .formatted(
                  at,
                  GoText.quote(text),
                  AuditLevel.texts().stream()
                      .map(GoText::quote)
                      .collect(Collectors.joining(", "))));
    }
    return known == null ? AuditLevel.NONE : known;
  }

  private List<String> paths(JsonObject rule, String at) {
    List<String> paths = texts(rule, "nonResourceURLs", at);
    for (int i = 0; i < paths.size(); i++) {
      String path = paths.get(i);
      String place = "%s[%d]".formatted(at, i);
      if (path.equals("*")) {
        continue;
      }
      if (!path.startsWith("/")) {
        invalid(
            place, GoText.quote(path), "non-resource URL rules must begin with a '/' character");
      }
      int star = path.indexOf('*');
      if (star >= 0 && star < path.length() - 1) {
        invalid(
            place,
            GoText.quote(path),
            "non-resource URL wildcards '*' must be the final character of the rule");
      }
    }
    return paths;
  }

  /// Upstream's paths name no place in the list.
  private List<AuditResources> resources(JsonObject rule, String at) {
    List<AuditResources> all = new ArrayList<>();
    for (JsonObject entry : objects(rule, "resources", at)) {
      passOverUnknown(entry, RESOURCE_FIELDS, at + ".");
      String group = text(entry, "group", at + ".group");
      List<String> complaints =
          group.isEmpty() || group.equals("*") ? List.of() : Formats.dns1123Subdomain(group);
      if (!complaints.isEmpty()) {
        invalid(at + ".group", GoText.quote(group), String.join(",", complaints));
      }
      List<String> resources = texts(entry, "resources", at + ".resources");
      List<String> names = texts(entry, "resourceNames", at + ".resourceNames");
      if (!names.isEmpty() && resources.isEmpty()) {
        invalid(
            at + ".resourceNames",
            list(names),
            "using resourceNames requires at least one resource");
      }
      all.add(new AuditResources(group, resources, names));
    }
    return all;
  }

  private Set<AuditStage> stages(JsonObject object, String at) {
    Set<AuditStage> stages = new LinkedHashSet<>();
    List<String> texts = texts(object, "omitStages", at);
    for (int i = 0; i < texts.size(); i++) {
      AuditStage stage = AuditStage.of(texts.get(i));
      if (stage == null) {
        invalid(
            "%s[%d]".formatted(at, i),
            GoText.quote(texts.get(i)),
            "allowed stages are " + String.join(",", AuditStage.texts()));
      } else {
        stages.add(stage);
      }
    }
    return stages;
  }

  private void invalid(String at, String value, String why) {
    wrong.add("%s: Invalid value: %s: %s".formatted(at, value, why));
  }

  private static void passOverUnknown(JsonObject object, Set<String> known, String at) {
    for (JsonObject.Field field : object) {
      if (!known.contains(field.name())) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the audit policy has a field that is passed over field={0}{1}",
            at,
            field.name());
      }
    }
  }

  private static boolean isLeftOut(Json value) {
    return value instanceof Json.Null;
  }

  private static String text(JsonObject object, String name, String at) {
    Json value = object.get(name);
    if (value instanceof Json.Text(var text)) {
      return text;
    }
    if (value == null || isLeftOut(value)) {
      return "";
    }
    throw unlike(value, at, "string");
  }

  private static boolean flag(JsonObject object, String name, String at, boolean otherwise) {
    Json value = object.get(name);
    if (value instanceof Json.Bool(var flag)) {
      return flag;
    }
    if (value == null || isLeftOut(value)) {
      return otherwise;
    }
    throw unlike(value, at, "bool");
  }

  private static List<String> texts(JsonObject object, String name, String at) {
    List<String> texts = new ArrayList<>();
    for (Json item : array(object.get(name), at)) {
      if (item instanceof Json.Text(var text)) {
        texts.add(text);
      } else if (isLeftOut(item)) {
        texts.add("");
      } else {
        throw unlike(item, at, "string");
      }
    }
    return texts;
  }

  private static List<JsonObject> objects(JsonObject object, String name, String at) {
    List<JsonObject> objects = new ArrayList<>();
    for (Json item : array(object.get(name), at)) {
      if (!(item instanceof JsonObject entry)) {
        throw unlike(item, at, "an object");
      }
      objects.add(entry);
    }
    return objects;
  }

  private static JsonArray array(@Nullable Json value, String at) {
    if (value instanceof JsonArray array) {
      return array;
    }
    if (value == null || isLeftOut(value)) {
      return new JsonArray();
    }
    throw unlike(value, at, "an array");
  }

  private static IllegalArgumentException unlike(Json value, String at, String expected) {
    return new IllegalArgumentException(
        "failed decoding: %s: %s (expected: %s)".formatted(at, kind(value), expected));
  }

  private static String kind(Json value) {
    return switch (value) {
      case Json.Text _ -> "a string";
      case Json.Null _ -> "null";
      case Json.Bool _ -> "a bool";
      case Json.Whole _ -> "a number";
      case Json.Decimal _ -> "a number";
      case JsonArray _ -> "an array";
      case JsonObject _ -> "an object";
    };
  }

  private static String list(List<String> texts) {
    return texts.stream().map(GoText::quote).collect(Collectors.joining(",", "[", "]"));
  }

  private static String together(List<String> wrong) {
    Set<String> each = new LinkedHashSet<>(wrong);
    return each.size() == 1 ? wrong.getFirst() : "[" + String.join(", ", each) + "]";
  }
}
