package dev.pintle.kube.validation;

import dev.pintle.kube.cel.AdmissionExpressions;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of the configurations of webhooks of admission. What an update leaves as wrong as it was is put up with.
final class WebhookRules {
  private static final List<String> VERSIONS = List.of("v1", "v1beta1");
  private static final String[] WITHOUT_EFFECTS = {"None", "NoneOnDryRun"};
  private static final String[] EFFECTS = {"None", "NoneOnDryRun", "Some", "Unknown"};
  private static final String RULE = "api.admissionregistration.v1.RuleWithOperations";
  private static final int TIMEOUT_SECONDS_MAX = 30;
  private static final int SEGMENTS_MIN = 3;

  private WebhookRules() {}

  /// The rules that an object is held to which replaces another one.
  private record Strictness(
      boolean conditions,
      boolean noEffects,
      boolean knownVersion,
      boolean ownNames,
      boolean selectors) {
    static final Strictness FULL = new Strictness(true, true, true, true, true);

    static Strictness after(JsonObject old, ValidatedObject configuration) {
      List<JsonObject> before = old.objects("webhooks");
      Set<String> names = new HashSet<>();
      before.forEach(hook -> names.add(hook.textOrEmpty("name")));
      ValidationContext context = configuration.context();
      return new Strictness(
          changesConditions(before, configuration.structure().objects("webhooks")),
          before.stream().allMatch(Strictness::isWithoutEffects),
          before.stream().allMatch(Strictness::isOfKnownVersion),
          names.size() == before.size(),
          before.stream()
              .allMatch(hook ->
                  Labels.isValidSelector(context, hook.object("namespaceSelector"))
                      && Labels.isValidSelector(context, hook.object("objectSelector"))));
    }

    private static boolean changesConditions(List<JsonObject> before, List<JsonObject> now) {
      boolean changed = before.size() != now.size();
      for (int i = 0; i < before.size() && !changed; i++) {
        changed =
            !Immutable.isUntouched(
                before.get(i).get("matchConditions"), now.get(i).get("matchConditions"));
      }
      return changed;
    }

    private static boolean isWithoutEffects(JsonObject hook) {
      return Arrays.asList(WITHOUT_EFFECTS).contains(hook.textOrEmpty("sideEffects"));
    }

    private static boolean isOfKnownVersion(JsonObject hook) {
      List<String> versions = hook.texts("admissionReviewVersions");
      return versions.isEmpty() || versions.stream().anyMatch(VERSIONS::contains);
    }
  }

  static Map<String, NamedRule> all() {
    return Map.of("webhooks", WebhookRules::webhooks);
  }

  private static void webhooks(ValidatedObject configuration) {
    JsonObject old = configuration.old();
    Strictness strictness = old == null ? Strictness.FULL : Strictness.after(old, configuration);
    Set<String> names = new HashSet<>();
    AdmissionExpressions expressions = new AdmissionExpressions(false);
    for (ValidatedObject hook : configuration.items("webhooks")) {
      name(hook);
      hook.items("rules").forEach(rule -> rule.context().rules().check(RULE, rule));
      choices(hook, strictness);
      selector(hook, "namespaceSelector", strictness);
      selector(hook, "objectSelector", strictness);
      if (hook.has("reinvocationPolicy")) {
        oneOf(hook, "reinvocationPolicy", "IfNeeded", "Never");
      }
      WebhookAddress.check(hook.childOrEmpty("clientConfig"));
      if (strictness.conditions()) {
        MatchConditions.check(hook, expressions, false);
      }
      versions(hook, strictness.knownVersion());
      String name = hook.text("name");
      if (strictness.ownNames() && !name.isEmpty() && !names.add(name)) {
        hook.duplicate("name");
      }
    }
  }

  private static void name(ValidatedObject hook) {
    String name = hook.text("name");
    List<String> complaints = Formats.dns1123Subdomain(name);
    if (name.isEmpty()) {
      hook.required("name", "");
    } else if (!complaints.isEmpty()) {
      hook.invalid("name", String.join(",", complaints));
    } else if (name.chars().filter(c -> c == '.').count() + 1 < SEGMENTS_MIN) {
      hook.invalid("name", "should be a domain with at least three segments separated by dots");
    }
  }

  private static void choices(ValidatedObject hook, Strictness strictness) {
    if (hook.has("failurePolicy")) {
      oneOf(hook, "failurePolicy", "Fail", "Ignore");
    }
    if (hook.has("matchPolicy")) {
      oneOf(hook, "matchPolicy", "Equivalent", "Exact");
    }
    String[] effects = strictness.noEffects() ? WITHOUT_EFFECTS : EFFECTS;
    if (hook.has("sideEffects")) {
      oneOf(hook, "sideEffects", effects);
    } else {
      hook.required("sideEffects", "must specify one of " + String.join(", ", effects));
    }
    long timeout = hook.number("timeoutSeconds");
    if (hook.has("timeoutSeconds") && (timeout > TIMEOUT_SECONDS_MAX || timeout < 1)) {
      hook.invalid("timeoutSeconds", "the timeout value must be between 1 and 30 seconds");
    }
  }

  private static void oneOf(ValidatedObject hook, String field, String... values) {
    if (!Arrays.asList(values).contains(hook.text(field))) {
      hook.notSupported(field, values);
    }
  }

  private static void selector(ValidatedObject hook, String field, Strictness strictness) {
    ValidatedObject selector = hook.child(field);
    if (selector != null) {
      Labels.checkSelector(selector, !strictness.selectors());
    }
  }

  private static void versions(ValidatedObject hook, boolean known) {
    List<String> versions = hook.texts("admissionReviewVersions");
    FieldPath path = hook.path("admissionReviewVersions");
    if (versions.isEmpty()) {
      hook.add(FieldError.required(path, "must specify one of " + String.join(", ", VERSIONS)));
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < versions.size(); i++) {
      String version = versions.get(i);
      if (!seen.add(version)) {
        hook.add(FieldError.invalid(path.index(i), Json.of(version), "duplicate version"));
        continue;
      }
      for (String complaint : Formats.dns1035Label(version)) {
        hook.add(FieldError.invalid(path.index(i), Json.of(version), complaint));
      }
    }
    if (known && versions.stream().noneMatch(VERSIONS::contains)) {
      hook.invalid(
          "admissionReviewVersions", "must include at least one of " + String.join(", ", VERSIONS));
    }
  }
}
