package dev.pintle.kube.crd;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.ListType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import dev.pintle.kube.schema.ValueRules;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds a custom resource against what its schema says of values. What is found is worded as upstream's validator does.
public final class SchemaCheck {
  private static final Set<String> SERVER_FIELDS = Set.of("apiVersion", "kind", "metadata");

  private final List<FieldError> found = new ArrayList<>();

  private SchemaCheck() {}

  /// What is wrong with `object`, whose kind, apiVersion and metadata are checked elsewhere.
  public static List<FieldError> of(SchemaNode root, JsonObject object) {
    SchemaCheck check = new SchemaCheck();
    check.required(root, object, FieldPath.ROOT);
    for (JsonObject.Field field : object) {
      Field declared = SERVER_FIELDS.contains(field.name()) ? null : root.field(field.name());
      if (declared != null) {
        check.value(declared.node(), field.value(), FieldPath.ROOT.child(field.name()));
      }
    }
    check.combined(root, object, FieldPath.ROOT);
    return check.found;
  }

  /// What is wrong with one value of a schema, such as a default.
  static List<FieldError> ofValue(SchemaNode node, Json value, FieldPath path) {
    SchemaCheck check = new SchemaCheck();
    check.value(node, value, path);
    return check.found;
  }

  private void value(SchemaNode node, Json value, FieldPath path) {
    if (value instanceof Json.Null && node.rules().nullable()) {
      return;
    }
    if (!ValueTypes.accepts(node.kind(), value)) {
      String type = ValueTypes.wordOf(value);
      found.add(
          new FieldError(
              FieldError.Kind.TYPE_INVALID,
              path.toString(),
              Json.of(type),
              "%s in body must be of type %s: \"%s\""
                  .formatted(path, ValueTypes.wordOf(node.kind()), type)));
      enumeration(node.rules(), value, path);
      return;
    }
    rules(node, value, path);
    combined(node, value, path);
  }

  private void rules(SchemaNode node, Json value, FieldPath path) {
    ValueRules rules = node.rules();
    switch (value) {
      case JsonObject object -> {
        required(node, object, path);
        children(node, object, path);
        PartChecks.properties(rules, object, path, found);
      }
      case JsonArray list -> {
        items(node, list, path);
        PartChecks.items(rules, list, path, found);
        duplicates(node, list, path);
      }
      case Json.Text text -> ScalarChecks.text(rules, text, path, found);
      case Json.Whole whole ->
          ScalarChecks.number(rules.number(), whole, (double) whole.value(), path, found);
      case Json.Decimal decimal ->
          ScalarChecks.number(rules.number(), decimal, decimal.value(), path, found);
      case Json.Bool _, Json.Null _ -> {}
    }
    enumeration(rules, value, path);
  }

  private void required(SchemaNode node, JsonObject object, FieldPath path) {
    for (String name : node.rules().parts().required()) {
      if (!object.has(name)) {
        found.add(FieldError.required(path.child(name), ""));
      }
    }
  }

  private void children(SchemaNode node, JsonObject object, FieldPath path) {
    for (JsonObject.Field field : object) {
      Field declared = node.field(field.name());
      if (declared != null) {
        value(declared.node(), field.value(), path.child(field.name()));
      } else if (node.hasItems()) {
        value(node.items(), field.value(), path.child(field.name()));
      }
    }
  }

  private void items(SchemaNode node, JsonArray list, FieldPath path) {
    for (int i = 0; node.hasItems() && i < list.size(); i++) {
      value(node.items(), list.at(i), path.index(i));
    }
  }

  /// Items of sets differ; items of maps differ in their keys.
  private void duplicates(SchemaNode node, JsonArray list, FieldPath path) {
    ListType type = node.ownership().listType();
    if (type != ListType.SET && type != ListType.MAP) {
      return;
    }
    Set<Json> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      Json identity =
          type == ListType.SET ? list.at(i) : keyOf(list.at(i), node.ownership().mapKeys());
      if (!seen.add(identity)) {
        found.add(FieldError.duplicate(path.index(i), identity));
      }
    }
  }

  private static Json keyOf(Json item, List<String> names) {
    JsonObject key = new JsonObject();
    for (String name : names) {
      Json value = item instanceof JsonObject object ? object.get(name) : null;
      if (value != null) {
        key.set(name, value);
      }
    }
    return key;
  }

  private void enumeration(ValueRules rules, Json value, FieldPath path) {
    List<Json> allowed = rules.enumeration();
    if (!allowed.isEmpty() && !allowed.contains(value)) {
      found.add(
          FieldError.notSupported(path, value, allowed.stream().map(ValueTypes::text).toList()));
    }
  }

  private void combined(SchemaNode node, Json value, FieldPath path) {
    ValueRules.Combined combined = node.rules().combined();
    combined.allOf().forEach(part -> value(part, value, path));
    if (!combined.anyOf().isEmpty()
        && combined.anyOf().stream().noneMatch(part -> fits(part, value))) {
      notOf(combined.anyOf(), value, path, "must validate at least one schema (anyOf)");
    }
    if (!combined.oneOf().isEmpty()) {
      long fitting = combined.oneOf().stream().filter(part -> fits(part, value)).count();
      if (fitting != 1) {
        notOf(
            combined.oneOf(),
            value,
            path,
            "must validate one and only one schema (oneOf). Found %s valid alternatives"
                .formatted(fitting == 0 ? "none" : Long.toString(fitting)));
      }
    }
    @Nullable SchemaNode not = combined.not();
    if (not != null && fits(not, value)) {
      notOf(List.of(), value, path, "must not validate the schema (not)");
    }
  }

  private void notOf(List<SchemaNode> parts, Json value, FieldPath path, String rule) {
    String place = path.toString().isEmpty() ? "\"\"" : "\"" + path + "\"";
    found.add(new FieldError(FieldError.Kind.INVALID, "<nil>", Json.of(""), place + " " + rule));
    if (parts.size() == 1) {
      value(parts.getFirst(), value, path);
    }
  }

  private static boolean fits(SchemaNode node, Json value) {
    SchemaCheck check = new SchemaCheck();
    if (node.kind() == ValueKind.ANY || ValueTypes.accepts(node.kind(), value)) {
      check.rules(node, value, FieldPath.ROOT);
      check.combined(node, value, FieldPath.ROOT);
      return check.found.isEmpty();
    }
    return false;
  }
}
