package dev.pintle.kube.table;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Cells of what governs the API itself: roles, certificates, admission, flow control, definitions and services of it.
final class ControlCells {
  private static final List<String> MIGRATION_STATES = List.of("Running", "Failed", "Succeeded");
  private static final List<String> CERTIFICATE_STATES = List.of("Issued", "Denied", "Failed");

  private ControlCells() {}

  static Map<String, Function<List<String>, Cell>> all() {
    return Map.ofEntries(
        Map.entry("role-reference", _ -> PlainCells.text(ControlCells::role)),
        Map.entry(
            "subjects",
            arguments -> PlainCells.text(binding -> subjects(binding, arguments.getFirst()))),
        Map.entry("csr-condition", _ -> PlainCells.text(ControlCells::csrCondition)),
        Map.entry("csr-duration", _ -> PlainCells.text(ControlCells::csrDuration)),
        Map.entry("pod-certificate-state", _ -> PlainCells.text(ControlCells::podCertificateState)),
        Map.entry("param-kind", _ -> PlainCells.text(ControlCells::paramKind)),
        Map.entry("param-reference", _ -> PlainCells.text(ControlCells::paramReference)),
        Map.entry("flow-schema-missing-level", _ -> PlainCells.text(ControlCells::dangling)),
        Map.entry(
            "priority-level",
            arguments -> (level, _) -> priorityLevel(level, arguments.getFirst())),
        Map.entry("crd-versions", _ -> PlainCells.text(ControlCells::servedVersions)),
        Map.entry(
            "crd-established",
            _ -> (crd, _) -> Json.of(NestedFields.hasTrueCondition(crd, "Established"))),
        Map.entry("apiservice-service", _ -> PlainCells.text(ControlCells::apiService)),
        Map.entry("apiservice-available", _ -> PlainCells.text(ControlCells::available)),
        Map.entry("migration-resource", _ -> PlainCells.text(ControlCells::migrated)),
        Map.entry("migration-status", _ -> PlainCells.text(ControlCells::migrationStatus)));
  }

  private static String role(JsonObject binding) {
    return NestedFields.text(binding, "roleRef", "kind")
        + "/"
        + NestedFields.text(binding, "roleRef", "name");
  }

  private static String subjects(JsonObject binding, String kind) {
    return String.join(
        ", ",
        NestedFields.objects(binding, "subjects").stream()
            .filter(subject -> NestedFields.text(subject, "kind").equals(kind))
            .map(subject -> subjectName(subject, kind))
            .toList());
  }

  private static String subjectName(JsonObject subject, String kind) {
    String name = NestedFields.text(subject, "name");
    return kind.equals("ServiceAccount")
        ? NestedFields.text(subject, "namespace") + "/" + name
        : name;
  }

  private static String csrCondition(JsonObject request) {
    String decision =
        NestedFields.condition(request, "Denied") != null
            ? "Denied"
            : NestedFields.condition(request, "Approved") != null ? "Approved" : "Pending";
    String failed = NestedFields.condition(request, "Failed") != null ? ",Failed" : "";
    String issued = NestedFields.text(request, "status", "certificate").isEmpty() ? "" : ",Issued";
    return decision + failed + issued;
  }

  private static String csrDuration(JsonObject request) {
    return NestedFields.isThere(request, "spec", "expirationSeconds")
        ? HumanDuration.human(
            Duration.ofSeconds(NestedFields.whole(request, "spec", "expirationSeconds")))
        : NestedFields.NONE;
  }

  private static String podCertificateState(JsonObject request) {
    return CERTIFICATE_STATES.stream()
        .filter(type -> NestedFields.condition(request, type) != null)
        .findFirst()
        .orElse("Pending");
  }

  private static String paramKind(JsonObject policy) {
    JsonObject kind = NestedFields.object(policy, "spec", "paramKind");
    return kind == null
        ? NestedFields.UNSET
        : NestedFields.text(kind, "apiVersion") + "/" + NestedFields.text(kind, "kind");
  }

  private static String paramReference(JsonObject binding) {
    JsonObject reference = NestedFields.object(binding, "spec", "paramRef");
    String name = NestedFields.text(reference, "name");
    if (!name.isEmpty()) {
      return NestedFields.textOr("*", reference, "namespace") + "/" + name;
    }
    JsonObject selector = NestedFields.object(reference, "selector");
    return selector == null ? NestedFields.UNSET : Selectors.selector(selector);
  }

  private static String dangling(JsonObject flowSchema) {
    return NestedFields.textOr("?", NestedFields.condition(flowSchema, "Dangling"), "status");
  }

  private static Json priorityLevel(JsonObject level, String field) {
    JsonObject limited = NestedFields.object(level, "spec", "limited");
    @Nullable JsonObject holder =
        field.equals("nominalConcurrencyShares")
            ? limited
            : NestedFields.object(limited, "limitResponse", "queuing");
    return holder == null ? Json.of(NestedFields.NONE) : Json.of(NestedFields.whole(holder, field));
  }

  private static String servedVersions(JsonObject definition) {
    return String.join(
        ",",
        NestedFields.objects(definition, "spec", "versions").stream()
            .filter(version -> NestedFields.isTrue(version, "served"))
            .map(ControlCells::versionName)
            .sorted()
            .toList());
  }

  private static String versionName(JsonObject version) {
    String name = NestedFields.text(version, "name");
    return NestedFields.isTrue(version, "storage") ? name + "(storage)" : name;
  }

  private static String apiService(JsonObject service) {
    JsonObject reference = NestedFields.object(service, "spec", "service");
    return reference == null
        ? "Local"
        : NestedFields.text(reference, "namespace") + "/" + NestedFields.text(reference, "name");
  }

  private static String available(JsonObject service) {
    JsonObject condition = NestedFields.condition(service, "Available");
    String status = NestedFields.textOr("Unknown", condition, "status");
    String reason = NestedFields.text(condition, "reason");
    return status.equals("True") || reason.isEmpty() ? status : "%s (%s)".formatted(status, reason);
  }

  private static String migrated(JsonObject migration) {
    String group = NestedFields.text(migration, "spec", "resource", "group");
    String resource = NestedFields.text(migration, "spec", "resource", "resource");
    return group.isEmpty() ? resource : resource + "." + group;
  }

  private static String migrationStatus(JsonObject migration) {
    return MIGRATION_STATES.stream()
        .filter(type -> NestedFields.hasTrueCondition(migration, type))
        .reduce((_, last) -> last)
        .orElse("Unknown");
  }
}
