package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of migrations of stored objects to another version.
final class MigrationRules {
  private static final List<String> CONDITION =
      List.of("type", "status", "observedGeneration", "lastTransitionTime", "reason", "message");

  private MigrationRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "migration", MigrationRules::migration,
        "migrationSpecKept", MigrationRules::specKept,
        "migrationStatus", MigrationRules::status);
  }

  private static void migration(ValidatedObject migration) {
    ValidatedObject resource = migration.childOrEmpty("spec").childOrEmpty("resource");
    String name = resource.text("resource");
    List<String> complaints = Formats.dns1035Label(name);
    if (name.isEmpty()) {
      resource.required("resource", "resource is required to be set");
    } else if (!complaints.isEmpty()) {
      resource.invalid("resource", String.join(",", complaints));
    }
    String group = resource.text("group");
    List<String> ofGroup = group.isEmpty() ? List.of() : Formats.dns1123Subdomain(group);
    if (!ofGroup.isEmpty()) {
      resource.invalid("group", String.join(",", ofGroup));
    }
  }

  private static void specKept(ValidatedObject migration) {
    ValidatedObject spec = migration.childOrEmpty("spec");
    if (!Immutable.same(spec.structure(), spec.old())) {
      ValidatedObject resource = spec.childOrEmpty("resource");
      JsonObject shown =
          new JsonObject()
              .set(
                  "Resource",
                  new JsonObject()
                      .set("group", resource.text("group"))
                      .set("resource", resource.text("resource")));
      migration.add(FieldError.invalid(spec.path(), shown, Immutable.MESSAGE));
    }
  }

  private static void status(ValidatedObject migration) {
    ValidatedObject status = migration.childOrEmpty("status");
    String version = status.text("resourceVersion");
    if (!version.isEmpty() && !isVersion(version)) {
      status.invalid("resourceVersion", "resource version is not well formed: " + version);
    }
    ConditionRules.check(status, "conditions");
    JsonObject old = status.old();
    String before = old == null ? "" : old.textOrEmpty("resourceVersion");
    if (!before.isEmpty() && !before.equals(version)) {
      status.invalidText("resourceVersion", Immutable.MESSAGE);
    }
    JsonObject now = status.structure();
    if (holds(now, "Succeeded") && holds(now, "Failed")) {
      wrong(status, "Both success and failed conditions cannot be true at the same time");
    }
    if (holds(old, "Succeeded") && !holds(now, "Succeeded")) {
      wrong(status, "Success condition cannot be set to false once it is true");
    }
    if (holds(old, "Failed") && !holds(now, "Failed")) {
      wrong(status, "Failed condition cannot be set to false once it is true");
    }
  }

  /// A whole number without a sign, that does not begin with a zero.
  private static boolean isVersion(String text) {
    return text.charAt(0) != '0' && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /// The first condition of its type counts.
  private static boolean holds(@Nullable JsonObject status, String type) {
    return status != null
        && status.objects("conditions").stream()
            .filter(condition -> condition.textOrEmpty("type").equals(type))
            .findFirst()
            .filter(condition -> condition.textOrEmpty("status").equals("True"))
            .isPresent();
  }

  private static void wrong(ValidatedObject status, String detail) {
    Json shown = status.value("conditions");
    if (shown instanceof JsonArray list) {
      JsonArray ordered = new JsonArray();
      for (Json item : list) {
        ordered.add(item instanceof JsonObject object ? GoForm.inOrder(object, CONDITION) : item);
      }
      shown = ordered;
    }
    status.add(
        FieldError.invalid(status.path("conditions"), shown == null ? Json.NULL : shown, detail));
  }
}
