package dev.pintle.kube.instance;

import dev.pintle.kube.cel.Effort;
import dev.pintle.kube.cel.SchemaTypes;
import dev.pintle.kube.cel.ValidationRule;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
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
  static final long COST_MAX = 10_000_000;
  private static final String OUT_OF_BUDGET =
      "validation failed due to running out of cost budget, no further validation rules will be run";

  private static final String OUT_OF_BUDGET_FOR_MESSAGE =
      "messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run";
  private static final String MESSAGE_COST =
      "no further validation rules will be run due to call cost exceeds limit for messageExpression: ";

  private final Consumer<String> warnings;
  private final List<FieldError> found = new ArrayList<>(0);
  private final SchemaTypes types = new SchemaTypes();
  private final Effort effort;
  private long left;
  private boolean ended;

  private RuleCheck(Consumer<String> warnings, Effort effort, long costMax) {
    this.warnings = warnings;
    this.effort = effort;
    this.left = costMax;
  }

  /// @param old the object before an update, null for a new one
  static List<FieldError> of(
      SchemaNode root, Json value, @Nullable Json old, Consumer<String> warnings) {
    Effort effort = QuickExpressions.effort();
    long costMax = effort == Effort.QUICK ? Effort.QUICK.costMax() : COST_MAX;
    RuleCheck check = new RuleCheck(warnings, effort, costMax);
    Place whole = new Place(value, Counterpart.of(root, value, old), null, true);
    check.value(root, true, whole, FieldPath.ROOT);
    return check.found.stream().map(RuleCheck::filed).toList();
  }

  /// The end of a check.
  ///
  /// @param left what later expressions may still cost, less than nothing when they are not to be evaluated
  record Verdict(List<FieldError> found, long left) {}

  /// A default that is held against the expressions of its schema.
  ///
  /// @param whole whether it is a whole object of the API
  /// @param old what was there before, null for nothing; that nothing changed lets nothing through
  static Verdict ofDefault(
      SchemaNode node, boolean whole, Json value, @Nullable Json old, FieldPath path, long left) {
    RuleCheck check = new RuleCheck(_ -> {}, Effort.FULL, left);
    check.value(node, whole, new Place(value, Counterpart.of(node, value, old), null, false), path);
    return new Verdict(check.found, check.ended ? -1 : check.left);
  }

  /// What is wrong with the object as a whole is filed under no field at all.
  private static FieldError filed(FieldError error) {
    return error.field().isEmpty()
        ? new FieldError(error.kind(), "<nil>", error.value(), error.detail())
        : error;
  }

  /// A place in an object.
  ///
  /// @param counterpart what stood there before, null when nothing did
  /// @param above that of the value around, which speaks for one that has none
  /// @param lenient whether what is wrong is let through as long as nothing changed
  private record Place(
      Json value, @Nullable Counterpart counterpart, @Nullable Counterpart above, boolean lenient) {

    @Nullable Json old() {
      return counterpart == null || counterpart.before() instanceof Json.Null
          ? null
          : counterpart.before();
    }

    Place field(String name, Json part) {
      if (counterpart == null) {
        return new Place(part, null, above, lenient);
      }
      // That the kind and the version of an object were others before is not seen.
      boolean ofKind = above == null && (name.equals("apiVersion") || name.equals("kind"));
      return new Place(part, counterpart.part(name), counterpart, lenient && !ofKind);
    }

    Place item(int index, Json part) {
      return counterpart == null
          ? new Place(part, null, above, lenient)
          : new Place(part, counterpart.item(index), counterpart, lenient);
    }

    boolean isUnchanged() {
      Counterpart nearest = counterpart == null ? above : counterpart;
      return lenient && nearest != null && nearest.isUnchanged();
    }
  }

  private void value(SchemaNode node, Place place, FieldPath path) {
    value(node, isEmbedded(node), place, path);
  }

  private static boolean isEmbedded(SchemaNode node) {
    return node.rules().extensions().embeddedResource();
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

  /// What expressions cannot speak of is left out, with all that is in it.
  private void fields(SchemaNode node, JsonObject object, Place place, FieldPath path) {
    for (JsonObject.Field field : object) {
      Field declared = node.field(field.name());
      if (declared != null && declared.node().typeName().isEmpty()) {
        if (SchemaTypes.isKnown(declared.node())) {
          value(
              declared.node(), place.field(field.name(), field.value()), path.child(field.name()));
        }
      } else if (declared == null && node.hasItems()) {
        value(node.items(), place.field(field.name(), field.value()), path.key(field.name()));
      }
    }
  }

  private void items(SchemaNode node, JsonArray list, Place place, FieldPath path) {
    for (int i = 0; node.hasItems() && i < list.size(); i++) {
      value(node.items(), place.item(i, list.at(i)), path.index(i));
    }
  }

  private void rules(
      List<NodeValidations.Compiled> rules, SchemaNode node, Place place, FieldPath path) {
    String type = node.kind() == ValueKind.INT_OR_STRING ? "" : typeOf(node);
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

  private static String typeOf(SchemaNode node) {
    return String.join(",", ValueTypes.of(node.kind()));
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
    boolean told = read.usesOldSelf() || !place.isUnchanged();
    Optional<String> message = message(rule, type, place, at, told);
    if (!ended) {
      tell(error(rule, place, at, rule.message(message)), told);
    }
  }

  /// What is wrong is refused, or, where nothing changed, let through with a warning.
  private void tell(FieldError error, boolean refused) {
    if (refused) {
      found.add(error);
    } else {
      warnings.accept(filed(error).field() + ": " + error.message());
    }
  }

  /// What the message expression makes, if there is one and it can be computed.
  private Optional<String> message(
      NodeValidations.Compiled rule, String type, Place place, FieldPath path, boolean told) {
    ValidationRule making = rule.messageExpression();
    if (making == null) {
      return Optional.empty();
    }
    Json old = rule.oldSelfInMessage() ? place.old() : null;
    ValidationRule.Result result = making.run(place.value(), old, effort);
    if (result.cost() > left) {
      endAtMessage(path, type, OUT_OF_BUDGET_FOR_MESSAGE, told);
      return Optional.empty();
    }
    if (result.cancelled()) {
      endAtMessage(path, type, MESSAGE_COST + GoText.quote(rule.messageText()), told);
      return Optional.empty();
    }
    left -= result.cost();
    return result.made().map(made -> made instanceof Json.Text(String text) ? text : "");
  }

  private void endAtMessage(FieldPath path, String type, String why, boolean told) {
    QuickExpressions.end();
    tell(FieldError.invalid(path, Json.of(type), why), told);
    ended = true;
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
