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
            _ -> (crd, _) -> Json.of(Values.hasTrueCondition(crd, "Established"))),
        Map.entry("apiservice-service", _ -> PlainCells.text(ControlCells::apiService)),
        Map.entry("apiservice-available", _ -> PlainCells.text(ControlCells::available)),
        Map.entry("migration-resource", _ -> PlainCells.text(ControlCells::migrated)),
        Map.entry("migration-status", _ -> PlainCells.text(ControlCells::migrationStatus)));
  }

  private static String role(JsonObject binding) {
    return Values.text(binding, "roleRef", "kind") + "/" + Values.text(binding, "roleRef", "name");
  }

  private static String subjects(JsonObject binding, String kind) {
    return String.join(
        ", ",
        Values.objects(binding, "subjects").stream()
            .filter(subject -> Values.text(subject, "kind").equals(kind))
            .map(subject -> subjectName(subject, kind))
            .toList());
  }

  private static String subjectName(JsonObject subject, String kind) {
    String name = Values.text(subject, "name");
    return kind.equals("ServiceAccount") ? Values.text(subject, "namespace") + "/" + name : name;
  }

  private static String csrCondition(JsonObject request) {
    String decision =
        Values.condition(request, "Denied") != null
            ? "Denied"
            : Values.condition(request, "Approved") != null ? "Approved" : "Pending";
    String failed = Values.condition(request, "Failed") != null ? ",Failed" : "";
    String issued = Values.text(request, "status", "certificate").isEmpty() ? "" : ",Issued";
    return decision + failed + issued;
  }

  private static String csrDuration(JsonObject request) {
    return Values.isThere(request, "spec", "expirationSeconds")
        ? HumanDuration.human(
            Duration.ofSeconds(Values.whole(request, "spec", "expirationSeconds")))
        : Values.NONE;
  }

  private static String podCertificateState(JsonObject request) {
    return CERTIFICATE_STATES.stream()
        .filter(type -> Values.condition(request, type) != null)
        .findFirst()
        .orElse("Pending");
  }

  private static String paramKind(JsonObject policy) {
    JsonObject kind = Values.object(policy, "spec", "paramKind");
    return kind == null
        ? Values.UNSET
        : Values.text(kind, "apiVersion") + "/" + Values.text(kind, "kind");
  }

  private static String paramReference(JsonObject binding) {
    JsonObject reference = Values.object(binding, "spec", "paramRef");
    String name = Values.text(reference, "name");
    if (!name.isEmpty()) {
      return Values.textOr("*", reference, "namespace") + "/" + name;
    }
    JsonObject selector = Values.object(reference, "selector");
    return selector == null ? Values.UNSET : Selectors.selector(selector);
  }

  private static String dangling(JsonObject flowSchema) {
    return Values.textOr("?", Values.condition(flowSchema, "Dangling"), "status");
  }

  private static Json priorityLevel(JsonObject level, String field) {
    JsonObject limited = Values.object(level, "spec", "limited");
    @Nullable JsonObject holder =
        field.equals("nominalConcurrencyShares")
            ? limited
            : Values.object(limited, "limitResponse", "queuing");
    return holder == null ? Json.of(Values.NONE) : Json.of(Values.whole(holder, field));
  }

  private static String servedVersions(JsonObject definition) {
    return String.join(
        ",",
        Values.objects(definition, "spec", "versions").stream()
            .filter(version -> Values.isTrue(version, "served"))
            .map(version -> Values.text(version, "name"))
            .toList());
  }

  private static String apiService(JsonObject service) {
    JsonObject reference = Values.object(service, "spec", "service");
    return reference == null
        ? "Local"
        : Values.text(reference, "namespace") + "/" + Values.text(reference, "name");
  }

  private static String available(JsonObject service) {
    JsonObject condition = Values.condition(service, "Available");
    String status = Values.textOr("Unknown", condition, "status");
    String reason = Values.text(condition, "reason");
    return status.equals("True") || reason.isEmpty() ? status : "%s (%s)".formatted(status, reason);
  }

  private static String migrated(JsonObject migration) {
    String group = Values.text(migration, "spec", "resource", "group");
    String resource = Values.text(migration, "spec", "resource", "resource");
    return group.isEmpty() ? resource : resource + "." + group;
  }

  private static String migrationStatus(JsonObject migration) {
    return MIGRATION_STATES.stream()
        .filter(type -> Values.hasTrueCondition(migration, type))
        .reduce((_, last) -> last)
        .orElse("Unknown");
  }
}
