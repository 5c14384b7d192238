package dev.pintle.kube.validation;

import dev.pintle.kube.cel.AdmissionExpressions;
import dev.pintle.kube.cel.AdmissionExpressions.Complaint;
import dev.pintle.kube.cel.AdmissionExpressions.Result;
import dev.pintle.kube.cel.AdmissionExpressions.Surroundings;
import dev.pintle.kube.cel.Keywords;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.jsonpath.JsonPath;
import dev.pintle.kube.jsonpath.JsonPathException;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rules of policies of admission: what they are about and what their expressions say.
final class AdmissionPolicyRules {
  private static final int ANNOTATIONS_MAX = 20;
  private static final int ANNOTATION_BYTES_MAX = 5 * 1024;
  private static final String ONE_OF_BOTH =
      "validations or auditAnnotations must contain at least one item";

  private AdmissionPolicyRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "paramKind", AdmissionPolicyRules::paramKind,
        "needsResourceRules", AdmissionPolicyRules::needsResourceRules,
        "policyConditions", AdmissionPolicyRules::conditions,
        "validations", AdmissionPolicyRules::validations,
        "mutations", AdmissionPolicyRules::mutations,
        "typeChecking", AdmissionPolicyRules::typeChecking);
  }

  private static void paramKind(ValidatedObject spec) {
    ValidatedObject kind = spec.child("paramKind");
    if (kind == null) {
      return;
    }
    apiVersion(kind, kind.text("apiVersion"));
    String name = kind.text("kind");
    List<String> complaints = Formats.dns1035Label(name.toLowerCase(Locale.ROOT));
    if (name.isEmpty()) {
      kind.required("kind", "");
    } else if (!complaints.isEmpty()) {
      kind.invalid(
          "kind",
          "may have mixed case, but should otherwise match: " + String.join(",", complaints));
    }
  }

  private static void apiVersion(ValidatedObject kind, String text) {
    int slash = text.indexOf('/');
    if (text.isEmpty()) {
      kind.required("apiVersion", "");
      return;
    }
    if (slash != text.lastIndexOf('/')) {
      kind.invalid("apiVersion", "unexpected GroupVersion string: " + text);
      return;
    }
    String group = slash < 0 ? "" : text.substring(0, slash);
    String version = text.substring(slash + 1);
    part(kind, group, group.isEmpty() ? List.of() : Formats.dns1123Subdomain(group));
    if (version.isEmpty()) {
      kind.invalid("apiVersion", "version must be specified");
    } else {
      part(kind, version, Formats.dns1035Label(version));
    }
  }

  private static void part(ValidatedObject kind, String part, List<String> complaints) {
    if (!complaints.isEmpty()) {
      kind.add(
          FieldError.invalid(kind.path("apiVersion"), Json.of(part), String.join(",", complaints)));
    }
  }

  private static void needsResourceRules(ValidatedObject match) {
    if (match.count("resourceRules") == 0) {
      match.required("resourceRules", "");
    }
  }

  /// Looked at only where something changed that they depend on.
  private static void conditions(ValidatedObject spec) {
    JsonObject old = spec.old();
    boolean same =
        old != null
            && Immutable.isUntouched(spec.structure().get("paramKind"), old.get("paramKind"))
            && Immutable.isUntouched(
                spec.structure().get("matchConditions"), old.get("matchConditions"));
    if (!same) {
      MatchConditions.check(spec, new AdmissionExpressions(false), spec.has("paramKind"));
    }
  }

  private static void variables(ValidatedObject spec, AdmissionExpressions expressions) {
    Surroundings around = new Surroundings(spec.has("paramKind"), true, false);
    for (ValidatedObject variable : spec.items("variables")) {
      String name = variable.text("name");
      if (GoSpace.trimmed(name).isEmpty()) {
        variable.required("name", "name is not specified");
      } else if (!isIdentifier(name)) {
        variable.invalid("name", "must be a valid CEL identifier");
      }
      String expression = variable.text("expression");
      if (GoSpace.trimmed(expression).isEmpty()) {
        variable.required("expression", "expression is not specified");
      } else {
        MatchConditions.report(
            variable, "expression", expression, expressions.define(name, expression, around));
      }
    }
  }

  private static boolean isIdentifier(String name) {
    boolean digit = name.charAt(0) >= '0' && name.charAt(0) <= '9';
    return !digit
        && !Keywords.isKeyword(name)
        && name.chars()
            .allMatch(c ->
                c == '_'
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9'));
  }

  private static void validations(ValidatedObject spec) {
    AdmissionExpressions expressions = new AdmissionExpressions(spec.count("variables") > 0);
    variables(spec, expressions);
    if (spec.count("validations") == 0 && spec.count("auditAnnotations") == 0) {
      spec.required("validations", ONE_OF_BOTH);
      spec.required("auditAnnotations", ONE_OF_BOTH);
      return;
    }
    boolean params = spec.has("paramKind");
    for (ValidatedObject validation : spec.items("validations")) {
      validation(validation, expressions, params);
    }
    annotations(spec, expressions, params);
  }

  private static void validation(
      ValidatedObject validation, AdmissionExpressions expressions, boolean params) {
    String expression = validation.text("expression");
    if (GoSpace.trimmed(expression).isEmpty()) {
      validation.required("expression", "expression is not specified");
    } else {
      Surroundings around = new Surroundings(params, true, false);
      MatchConditions.report(
          validation,
          "expression",
          expression,
          expressions.check(expression, around, Result.TRUTH));
    }
    String made = validation.text("messageExpression");
    if (!made.isEmpty() && GoSpace.trimmed(made).isEmpty()) {
      validation.invalid("messageExpression", "must be non-empty if specified");
    } else if (!made.isEmpty()) {
      Surroundings around = new Surroundings(params, false, false);
      MatchConditions.report(
          validation, "messageExpression", made, expressions.check(made, around, Result.TEXT));
    }
    String message = validation.text("message");
    String trimmed = GoSpace.trimmed(message);
    if (!message.isEmpty() && trimmed.isEmpty()) {
      validation.invalid("message", "must be non-empty if specified");
    } else if (trimmed.indexOf('\n') >= 0 || trimmed.indexOf('\r') >= 0) {
      validation.invalid("message", "must not contain line breaks");
    }
    List<String> reasons = List.of("Forbidden", "Invalid", "RequestEntityTooLarge");
    if (validation.has("reason") && !reasons.contains(validation.text("reason"))) {
      validation.notSupported("reason", reasons.toArray(String[]::new));
    }
  }

  private static void annotations(
      ValidatedObject spec, AdmissionExpressions expressions, boolean params) {
    if (spec.count("auditAnnotations") > ANNOTATIONS_MAX) {
      spec.add(
          FieldError.invalid(
              spec.path("auditAnnotations"),
              shown(spec),
              "must not have more than %d auditAnnotations".formatted(ANNOTATIONS_MAX)));
    }
    Set<String> keys = new HashSet<>();
    for (ValidatedObject annotation : spec.items("auditAnnotations")) {
      String name = spec.context().root().childOrEmpty("metadata").text("name");
      String key = annotation.text("key");
      if (name.isEmpty()) {
        annotation.invalidText("key", "requires metadata.name be non-empty");
      } else {
        for (String complaint : Formats.qualifiedName(name + "/" + key)) {
          annotation.add(
              FieldError.invalid(annotation.path("key"), Json.of(name + "/" + key), complaint));
        }
      }
      value(annotation, expressions, new Surroundings(params, true, false));
      if (!keys.add(key)) {
        annotation.add(FieldError.duplicate(annotation.path("key"), Json.of(key)));
      }
    }
  }

  private static JsonArray shown(ValidatedObject spec) {
    JsonArray shown = new JsonArray();
    spec.items("auditAnnotations")
        .forEach(annotation ->
            shown.add(GoForm.titled(annotation, "key=Key", "valueExpression=ValueExpression")));
    return shown;
  }

  private static void value(
      ValidatedObject annotation, AdmissionExpressions expressions, Surroundings around) {
    String written = annotation.text("valueExpression");
    String expression = GoSpace.trimmed(written);
    if (expression.isEmpty()) {
      annotation.required("valueExpression", "valueExpression is not specified");
    } else if (Formats.isLonger(expression, ANNOTATION_BYTES_MAX)) {
      annotation.required(
          "valueExpression", "must not exceed %d bytes in length".formatted(ANNOTATION_BYTES_MAX));
    } else {
      Optional<Complaint> complaint = expressions.check(expression, around, Result.TEXT_OR_NULL);
      MatchConditions.report(annotation, "valueExpression", written, complaint);
    }
  }

  private static void mutations(ValidatedObject spec) {
    AdmissionExpressions expressions = new AdmissionExpressions(true);
    variables(spec, expressions);
    if (spec.count("mutations") == 0) {
      spec.required("mutations", "mutations must contain at least one item");
    }
    Surroundings around = new Surroundings(spec.has("paramKind"), true, true);
    for (ValidatedObject mutation : spec.items("mutations")) {
      switch (mutation.text("patchType")) {
        case "" -> mutation.required("patchType", "");
        case "JSONPatch" -> {
          patch(mutation, "jsonPatch", Result.OPERATIONS, expressions, around);
          other(mutation, "applyConfiguration");
        }
        case "ApplyConfiguration" -> {
          patch(mutation, "applyConfiguration", Result.APPLIED, expressions, around);
          other(mutation, "jsonPatch");
        }
        default -> mutation.notSupported("patchType", "ApplyConfiguration", "JSONPatch");
      }
    }
  }

  private static void patch(
      ValidatedObject mutation,
      String field,
      Result wanted,
      AdmissionExpressions expressions,
      Surroundings around) {
    ValidatedObject patch = mutation.child(field);
    if (patch == null) {
      mutation.required(field, "must be specified when patchType is " + mutation.text("patchType"));
      return;
    }
    String expression = GoSpace.trimmed(patch.text("expression"));
    if (expression.isEmpty()) {
      patch.required("expression", "");
    } else {
      MatchConditions.report(
          patch, "expression", expression, expressions.check(expression, around, wanted));
    }
  }

  private static void typeChecking(ValidatedObject status) {
    for (ValidatedObject warning :
        status.childOrEmpty("typeChecking").items("expressionWarnings")) {
      if (warning.text("warning").isEmpty()) {
        warning.required("warning", "");
      }
      String reference = GoSpace.trimmed(warning.text("fieldRef"));
      if (reference.isEmpty()) {
        warning.required("fieldRef", "");
        continue;
      }
      try {
        JsonPath.parse(reference);
      } catch (JsonPathException wrong) {
        warning.add(
            FieldError.invalid(
                warning.path("fieldRef"),
                Json.of(reference),
                "invalid JSONPath: " + wrong.getMessage()));
      }
    }
  }

  private static void other(ValidatedObject mutation, String field) {
    if (mutation.has(field)) {
      mutation.add(
          FieldError.invalid(
              mutation.path(field),
              Json.of("{" + field + "}"),
              "must not be specified when patchType is " + mutation.text("patchType")));
    }
  }
}
