package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of flow schemas: who and which requests they are about.
final class FlowSchemaRules {
  private static final int PRECEDENCE_MAX = 10_000;
  private static final List<String> VERBS =
      List.of(
          "create",
          "delete",
          "deletecollection",
          "get",
          "list",
          "patch",
          "proxy",
          "update",
          "watch");

  private FlowSchemaRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "flowSchema", FlowSchemaRules::flowSchema,
        "flowConditions", FlowSchemaRules::conditions);
  }

  private static void flowSchema(ValidatedObject schema) {
    String name = schema.childOrEmpty("metadata").text("name");
    ValidatedObject spec = schema.childOrEmpty("spec");
    precedence(spec, name);
    ValidatedObject method = spec.child("distinguisherMethod");
    List<String> methods = List.of("ByNamespace", "ByUser");
    if (method != null && !methods.contains(method.text("type"))) {
      Json shown = GoForm.titled(method, "type=Type");
      method.add(FieldError.notSupported(method.path("type"), shown, methods));
    }
    ValidatedObject level = spec.childOrEmpty("priorityLevelConfiguration");
    if (level.text("name").isEmpty()) {
      level.required("name", "must reference a priority level");
    } else {
      level.invalid("name", Formats.dns1123Subdomain(level.text("name")));
    }
    spec.items("rules").forEach(FlowSchemaRules::rule);
    JsonObject fixed = FixedFlowSpecs.ofSchema(name);
    if (fixed != null && !Immutable.same(spec.structure(), fixed)) {
      schema.add(
          FieldError.invalid(
              spec.path(),
              InternalForms.of("FlowSchemaSpec", spec.structure()),
              "spec of '%s' must equal the fixed value".formatted(name)));
    }
  }

  private static void precedence(ValidatedObject spec, String name) {
    long precedence = spec.number("matchingPrecedence");
    String detail =
        precedence <= 0
            ? "must be a positive value"
            : precedence > PRECEDENCE_MAX
                ? "must not be greater than " + PRECEDENCE_MAX
                : precedence == 1 && !name.equals("exempt")
                    ? "only the schema named 'exempt' may have matchingPrecedence 1"
                    : "";
    if (!detail.isEmpty()) {
      spec.add(FieldError.invalid(spec.path("matchingPrecedence"), Json.of(precedence), detail));
    }
  }

  private static void rule(ValidatedObject rule) {
    if (rule.count("subjects") == 0) {
      rule.required("subjects", "subjects must contain at least one value");
    }
    rule.items("subjects").forEach(FlowSchemaRules::subject);
    if (rule.count("resourceRules") == 0 && rule.count("nonResourceRules") == 0) {
      rule.add(
          FieldError.required(
              rule.path(),
              "at least one of resourceRules and nonResourceRules has to be non-empty"));
    }
    rule.items("resourceRules").forEach(FlowSchemaRules::resources);
    rule.items("nonResourceRules").forEach(FlowSchemaRules::nonResources);
  }

  private static void subject(ValidatedObject subject) {
    switch (subject.text("kind")) {
      case "ServiceAccount" -> {
        serviceAccount(subject);
        notOf(subject, "user", "User");
        notOf(subject, "group", "Group");
      }
      case "User" -> {
        named(subject, "user", "User");
        notOf(subject, "serviceAccount", "ServiceAccount");
        notOf(subject, "group", "Group");
      }
      case "Group" -> {
        named(subject, "group", "Group");
        notOf(subject, "serviceAccount", "ServiceAccount");
        notOf(subject, "user", "User");
      }
      default -> subject.notSupported("kind", "Group", "ServiceAccount", "User");
    }
  }

  private static void notOf(ValidatedObject subject, String field, String kind) {
    if (subject.has(field)) {
      subject.forbidden(
          field, "%s is forbidden when subject kind is not '%s'".formatted(field, kind));
    }
  }

  private static @Nullable ValidatedObject member(
      ValidatedObject subject, String field, String kind) {
    ValidatedObject member = subject.child(field);
    if (member == null) {
      subject.required(field, "%s is required when subject kind is '%s'".formatted(field, kind));
    }
    return member;
  }

  private static void named(ValidatedObject subject, String field, String kind) {
    ValidatedObject member = member(subject, field, kind);
    if (member != null && member.text("name").isEmpty()) {
      member.required("name", "");
    }
  }

  private static void serviceAccount(ValidatedObject subject) {
    ValidatedObject account = member(subject, "serviceAccount", "ServiceAccount");
    if (account == null) {
      return;
    }
    String name = account.text("name");
    if (name.isEmpty()) {
      account.required("name", "");
    } else if (!name.equals("*")) {
      account.invalid("name", Formats.dns1123Subdomain(name));
    }
    if (account.text("namespace").isEmpty()) {
      account.required("namespace", "must specify namespace for service account");
    } else {
      account.invalid("namespace", Formats.dns1123Label(account.text("namespace")));
    }
  }

  private static void verbs(ValidatedObject rule) {
    List<String> verbs = rule.texts("verbs");
    if (some(rule, "verbs", "verbs must contain at least one value")
        && alone(rule, "verbs", "verbs")
        && !VERBS.containsAll(verbs)) {
      rule.add(FieldError.notSupported(rule.path("verbs"), rule.shown("verbs"), VERBS));
    }
  }

  private static boolean some(ValidatedObject rule, String field, String detail) {
    if (rule.count(field) == 0) {
      rule.required(field, detail);
      return false;
    }
    return true;
  }

  /// Whether a list does without the item that stands for everything, which must stand alone.
  private static boolean alone(ValidatedObject rule, String field, String title) {
    List<String> values = rule.texts(field);
    if (!values.contains("*")) {
      return true;
    }
    if (values.size() > 1) {
      rule.invalid(field, "if '*' is present, must not specify other " + title);
    }
    return false;
  }

  private static void resources(ValidatedObject rule) {
    verbs(rule);
    if (some(rule, "apiGroups", "resource rules must supply at least one api group")) {
      alone(rule, "apiGroups", "api groups");
    }
    if (some(rule, "resources", "resource rules must supply at least one resource")) {
      alone(rule, "resources", "resources");
    }
    List<String> namespaces = rule.texts("namespaces");
    if (namespaces.isEmpty() && !rule.isTrue("clusterScope")) {
      rule.required(
          "namespaces",
          "resource rules that are not cluster scoped must supply at least one namespace");
    } else if (alone(rule, "namespaces", "namespaces")) {
      for (int i = 0; i < namespaces.size(); i++) {
        for (String complaint : Formats.dns1123Label(namespaces.get(i))) {
          rule.add(
              FieldError.invalid(
                  rule.path("namespaces").index(i),
                  Json.of(namespaces.get(i)),
                  "each member of this list must be '*' or a DNS-1123 label; " + complaint));
        }
      }
    }
  }

  private static void nonResources(ValidatedObject rule) {
    verbs(rule);
    List<String> paths = rule.texts("nonResourceURLs");
    if (some(rule, "nonResourceURLs", "nonResourceURLs must contain at least one value")
        && alone(rule, "nonResourceURLs", "non-resource URLs")) {
      for (int i = 0; i < paths.size(); i++) {
        String complaint = pathComplaint(paths.get(i));
        if (!complaint.isEmpty()) {
          rule.add(
              FieldError.invalid(
                  rule.path("nonResourceURLs").index(i), Json.of(paths.get(i)), complaint));
        }
      }
    }
  }

  private static String pathComplaint(String path) {
    if (path.isEmpty()) {
      return "must not be empty";
    }
    if (!path.startsWith("/")) {
      return "must start with slash";
    }
    if (path.indexOf(' ') >= 0) {
      return "must not contain white-space";
    }
    if (path.contains("//")) {
      return "must not contain double slash";
    }
    int star = path.indexOf('*');
    return star >= 0 && (star < path.length() - 1 || !path.endsWith("/*"))
        ? "wildcard can only do suffix matching"
        : "";
  }

  static void conditions(ValidatedObject object) {
    Set<String> types = new HashSet<>();
    for (ValidatedObject condition : object.childOrEmpty("status").items("conditions")) {
      String type = condition.text("type");
      if (!types.add(type)) {
        condition.add(FieldError.duplicate(condition.path("type"), Json.of(type)));
      }
      if (type.isEmpty()) {
        condition.required("type", "");
      }
    }
  }
}
