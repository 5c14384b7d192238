package dev.pintle.kube.instance;

import dev.pintle.kube.cel.Effort;
import dev.pintle.kube.cel.SchemaTypes;
import dev.pintle.kube.cel.ValidationRule;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.ListType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The check of an object against the expressions of its schema, each about the value at its own place.
final class RuleCheck {
  // What the expressions of one object may cost together, in upstream's units: about a second.
  private static final long COST_MAX = 10_000_000;
  private static final String OUT_OF_BUDGET =
      "validation failed due to running out of cost budget, no further validation rules will be run";

  private final Consumer<String> warnings;
  private final List<FieldError> found = new ArrayList<>(0);
  private final SchemaTypes types = new SchemaTypes();
  private final Effort effort = QuickExpressions.effort();
  private long left = effort == Effort.QUICK ? Effort.QUICK.costMax() : COST_MAX;
  private boolean ended;

  private RuleCheck(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /// @param old the object before an update, null for a new one
  static List<FieldError> of(
      SchemaNode root, Json value, @Nullable Json old, Consumer<String> warnings) {
    RuleCheck check = new RuleCheck(warnings);
    Pair pair = old == null ? null : new Pair(value, old);
    check.value(root, true, new Place(value, old, pair), FieldPath.ROOT);
    return check.found.stream().map(RuleCheck::filed).toList();
  }

  /// What is wrong with the object as a whole is filed under no field at all.
  private static FieldError filed(FieldError error) {
    return error.field().isEmpty()
        ? new FieldError(error.kind(), "<nil>", error.value(), error.detail())
        : error;
  }

  /// The nearest value above that has a counterpart: as long as it did not change, what is wrong in it is let through.
  private record Pair(Json now, Json before) {
    boolean isUnchanged() {
      return now.equals(before);
    }
  }

  /// A place in an object.
  ///
  /// @param old the counterpart of the value, null when there is none
  private record Place(Json value, @Nullable Json old, @Nullable Pair nearest) {
    Place part(Json part, @Nullable Json oldPart) {
      return new Place(part, oldPart, oldPart == null ? nearest : new Pair(part, oldPart));
    }
  }

  private void value(SchemaNode node, Place place, FieldPath path) {
    value(node, node.rules().extensions().embeddedResource(), place, path);
  }

  private void value(SchemaNode node, boolean root, Place place, FieldPath path) {
    if (ended || place.value() instanceof Json.Null) {
      return;
    }
    if (!node.rules().extensions().validations().isEmpty()) {
      if (!NodeValidations.areRead(node)) {
        QuickExpressions.endOnce();
      }
      rules(NodeValidations.of(node, root, types), node, place, path);
    }
    if (ended) {
      return;
    }
    switch (place.value()) {
      case JsonObject object -> fields(node, object, place, path);
      case JsonArray list -> items(node, list, place, path);
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
    }
  }

  private void fields(SchemaNode node, JsonObject object, Place place, FieldPath path) {
    for (JsonObject.Field field : object) {
      Json old = place.old() instanceof JsonObject before ? before.get(field.name()) : null;
      Field declared = node.field(field.name());
      if (declared != null && declared.node().typeName().isEmpty()) {
        value(declared.node(), place.part(field.value(), old), path.child(field.name()));
      } else if (declared == null && node.hasItems()) {
        value(node.items(), place.part(field.value(), old), path.key(field.name()));
      }
    }
  }

  private void items(SchemaNode node, JsonArray list, Place place, FieldPath path) {
    for (int i = 0; node.hasItems() && i < list.size(); i++) {
      Json item = list.at(i);
      value(node.items(), place.part(item, counterpart(node, item, place.old())), path.index(i));
    }
  }

  private static @Nullable Json counterpart(SchemaNode node, Json item, @Nullable Json old) {
    if (node.ownership().listType() != ListType.MAP || !(old instanceof JsonArray before)) {
      return null;
    }
    Json key = ListTypes.keyOf(item, node.ownership().mapKeys());
    for (Json candidate : before) {
      if (key.equals(ListTypes.keyOf(candidate, node.ownership().mapKeys()))) {
        return candidate;
      }
    }
    return null;
  }

  private void rules(
      List<NodeValidations.Compiled> rules, SchemaNode node, Place place, FieldPath path) {
    String type = String.join(",", ValueTypes.of(node.kind()));
    if (left <= 0) {
      end(path, type, OUT_OF_BUDGET);
      return;
    }
    for (NodeValidations.Compiled rule : rules) {
      if (!ended) {
        rule(rule, type, place, path);
      }
    }
  }

  /// Nothing more is evaluated, here and elsewhere.
  private void end(FieldPath path, String type, String why) {
    QuickExpressions.end();
    found.add(FieldError.invalid(path, Json.of(type), why));
    ended = true;
  }

  private void rule(NodeValidations.Compiled rule, String type, Place place, FieldPath path) {
    ValidationRule read = rule.rule();
    if (read == null) {
      String problem = "rule compile error: " + rule.problem();
      found.add(FieldError.invalid(path, Json.of(type), problem));
      return;
    }
    if (read.usesOldSelf() && place.old() == null && !rule.optionalOldSelf()) {
      return;
    }
    ValidationRule.Result result = read.run(place.value(), place.old(), effort);
    if (result.cost() > left) {
      end(path, type, OUT_OF_BUDGET);
      return;
    }
    left -= result.cost();
    if (result.cancelled()) {
      end(path, type, why(result.problem(), rule.name()));
    } else if (result.made().isEmpty()) {
      found.add(FieldError.invalid(path, Json.of(type), why(result.problem(), rule.name())));
    } else if (!result.holds()) {
      broken(rule, read, type, place, path);
    }
  }

  private void broken(
      NodeValidations.Compiled rule,
      ValidationRule read,
      String type,
      Place place,
      FieldPath path) {
    FieldPath at = rule.fieldPath().isEmpty() ? path : path.child(rule.fieldPath());
    Optional<String> message = message(rule, type, place, at);
    if (ended) {
      return;
    }
    FieldError error = error(rule, place, at, rule.message(message));
    Pair nearest = place.nearest();
    if (!read.usesOldSelf() && nearest != null && nearest.isUnchanged()) {
      warnings.accept(error.field() + ": " + error.message());
    } else {
      found.add(error);
    }
  }

  /// What the message expression makes, if there is one and it can be computed.
  private Optional<String> message(
      NodeValidations.Compiled rule, String type, Place place, FieldPath path) {
    ValidationRule making = rule.messageExpression();
    if (making == null) {
      return Optional.empty();
    }
    ValidationRule.Result result = making.run(place.value(), place.old(), effort);
    if (result.cost() > left) {
      end(
          path,
          type,
          "messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run");
      return Optional.empty();
    }
    if (result.cancelled()) {
      end(
          path,
          type,
          "no further validation rules will be run due to call cost exceeds limit for messageExpression: "
              + GoText.quote(rule.messageText()));
      return Optional.empty();
    }
    left -= result.cost();
    return result.made().map(made -> made instanceof Json.Text(String text) ? text : "");
  }

  private static String why(String problem, String rule) {
    if (problem.startsWith("no such overload")) {
      return "'%s': call arguments did not match a supported operator, function or macro signature for rule: %s"
          .formatted(problem, rule);
    }
    return problem.startsWith("operation cancelled")
        ? "'%s': no further validation rules will be run due to call cost exceeds limit for rule: %s"
            .formatted(problem, rule)
        : "%s evaluating rule: %s".formatted(problem, rule);
  }

  private static FieldError error(
      NodeValidations.Compiled rule, Place place, FieldPath path, String detail) {
    boolean compound = place.value() instanceof JsonObject || place.value() instanceof JsonArray;
    Json shown = compound ? null : place.value();
    return switch (rule.reason()) {
      case "FieldValueForbidden" -> FieldError.forbidden(path, detail);
      case "FieldValueRequired" -> FieldError.required(path, detail);
      case "FieldValueDuplicate" ->
          new FieldError(FieldError.Kind.DUPLICATE, path.toString(), shown, "");
      default -> FieldError.invalid(path, shown, detail);
    };
  }
}
