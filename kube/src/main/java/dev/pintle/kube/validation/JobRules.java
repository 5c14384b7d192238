package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of jobs, but for what their policies say.
final class JobRules {
  static final String CONTROLLER_UID = "batch.kubernetes.io/controller-uid";
  static final String JOB_NAME = "batch.kubernetes.io/job-name";
  private static final String OLD_CONTROLLER_UID = "controller-uid";
  private static final String OLD_JOB_NAME = "job-name";
  private static final int PARALLELISM_OF_INDEXED_MAX = 100_000;
  private static final int FAILED_INDEXES_MAX = 100_000;
  private static final int MANY_COMPLETIONS = 100_000;
  private static final int PARALLELISM_OF_MANY_MAX = 10_000;
  private static final int FAILED_INDEXES_OF_MANY_MAX = 10_000;
  private static final int MANAGER_BYTES_MAX = 63;
  // What a suspended job that has not started may change of its pods.
  private static final List<String> SCHEDULING =
      List.of("nodeSelector", "tolerations", "schedulingGates");

  private static final Set<String> GENERATED =
      Set.of(CONTROLLER_UID, JOB_NAME, OLD_CONTROLLER_UID, OLD_JOB_NAME);

  private JobRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "metadataOfJob", JobRules::metadata,
        "generatedSelector", JobRules::generatedSelector,
        "selectorOfJob", JobRules::selectorOfJob,
        "nameAllowsCompletions", JobRules::nameAllowsCompletions,
        "failedIndexesNeedLimit", JobRules::failedIndexesNeedLimit,
        "managedBy", JobRules::managedBy,
        "completions", JobRules::completions,
        "restartPolicyOfJob", JobRules::restartPolicy,
        "completionsKept", JobRules::completionsKept,
        "templateKept", JobRules::templateKept);
  }

  /// A job without labels has those of its pods later, when they are known to be right.
  private static void metadata(ValidatedObject job) {
    ValidatedObject metadata = job.childOrEmpty("metadata");
    JsonObject checked = metadata.structure().copy();
    if (GENERATED.containsAll(names(checked.objectOrEmpty("labels")))) {
      checked.remove("labels");
    }
    ValidatedObject shown =
        new ValidatedObject(job.context(), metadata.path(), checked, metadata.old());
    new MetadataOnCreate(Formats::dns1123Subdomain).check(shown, true);
  }

  private static Set<String> names(JsonObject labels) {
    Set<String> names = new HashSet<>();
    labels.forEach(label -> names.add(label.name()));
    return names;
  }

  private static void generatedSelector(ValidatedObject job) {
    ValidatedObject spec = job.childOrEmpty("spec");
    JsonObject selector = spec.structure().object("selector");
    if (spec.isTrue("manualSelector") || selector == null) {
      return;
    }
    ValidatedObject metadata = job.childOrEmpty("metadata");
    String uid = metadata.text("uid");
    String name = metadata.text("name");
    if (uid.isEmpty()) {
      metadata.required("uid", "");
    }
    ValidatedObject template = spec.childOrEmpty("template").childOrEmpty("metadata");
    requireLabel(template, OLD_CONTROLLER_UID, uid);
    requireLabel(template, OLD_JOB_NAME, name);
    requireLabel(template, CONTROLLER_UID, uid);
    requireLabel(template, JOB_NAME, name);
    JsonObject labels =
        new JsonObject()
            .set(CONTROLLER_UID, uid)
            .set(JOB_NAME, name)
            .set(OLD_CONTROLLER_UID, uid)
            .set(OLD_JOB_NAME, name);
    if (SelectorMatch.isValid(selector) && !SelectorMatch.matches(selector, labels)) {
      WorkloadRules.invalidSelector(spec, "`selector` not auto-generated");
    }
  }

  private static void requireLabel(ValidatedObject metadata, String label, String expected) {
    JsonObject labels = metadata.map("labels");
    if (expected.equals(labels.text(label))) {
      return;
    }
    FieldPath path = metadata.path("labels").key(label);
    String detail = "must be '%s'".formatted(expected);
    metadata.add(
        labels.has(label)
            ? FieldError.invalid(path, GoForm.map(labels), detail)
            : FieldError.required(path, detail));
  }

  private static void selectorOfJob(ValidatedObject job) {
    ValidatedObject spec = job.childOrEmpty("spec");
    JsonObject selector = spec.structure().object("selector");
    if (selector == null) {
      spec.required("selector", "");
    } else {
      Labels.checkSelector(spec.childOrEmpty("selector"));
    }
    if (SelectorMatch.isValid(selector)) {
      WorkloadRules.requireMatch(spec, selector);
    }
  }

  private static boolean isIndexed(ValidatedObject spec) {
    return spec.text("completionMode").equals("Indexed");
  }

  /// The last pod's host has the job's name and its index.
  private static void nameAllowsCompletions(ValidatedObject job) {
    ValidatedObject spec = job.childOrEmpty("spec");
    long completions = spec.number("completions");
    if (!isIndexed(spec) || completions <= 0) {
      return;
    }
    ValidatedObject metadata = job.childOrEmpty("metadata");
    String host = metadata.text("name") + "-" + (completions - 1);
    if (!Formats.dns1123Label(host).isEmpty()) {
      metadata.invalid("name", "will not able to create pod with invalid DNS label: " + host);
    }
  }

  private static void failedIndexesNeedLimit(ValidatedObject spec) {
    if (spec.has("maxFailedIndexes") && !spec.has("backoffLimitPerIndex")) {
      spec.required("backoffLimitPerIndex", "when maxFailedIndexes is specified");
    }
  }

  private static void managedBy(ValidatedObject spec) {
    if (!spec.has("managedBy")) {
      return;
    }
    String manager = spec.text("managedBy");
    int slash = manager.indexOf('/');
    if (manager.isEmpty()) {
      spec.required("managedBy", "");
    } else if (slash <= 0 || slash == manager.length() - 1) {
      spec.invalid("managedBy", "must be a domain-prefixed path (such as \"acme.io/foo\")");
    } else {
      domainAndPath(spec, manager.substring(0, slash), manager.substring(slash + 1));
    }
    if (Formats.bytes(manager) > MANAGER_BYTES_MAX) {
      spec.add(FieldError.tooLong(spec.path("managedBy"), MANAGER_BYTES_MAX));
    }
  }

  private static void domainAndPath(ValidatedObject spec, String domain, String path) {
    FieldPath at = spec.path("managedBy");
    for (String complaint : Formats.dns1123Subdomain(domain)) {
      spec.add(FieldError.invalid(at, Json.of(domain), complaint));
    }
    String expression = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
    if (!path.matches(expression)) {
      String detail = "Invalid path (regex used for validation is '%s')".formatted(expression);
      spec.add(FieldError.invalid(at, Json.of(path), detail));
    }
  }

  private static void completions(ValidatedObject spec) {
    if (isIndexed(spec)) {
      indexed(spec);
      return;
    }
    if (spec.has("completionMode") && !spec.text("completionMode").equals("NonIndexed")) {
      return;
    }
    for (String field : List.of("backoffLimitPerIndex", "maxFailedIndexes")) {
      if (spec.has(field)) {
        spec.invalid(field, "requires indexed completion mode");
      }
    }
  }

  private static void indexed(ValidatedObject spec) {
    boolean counted = spec.has("completions");
    if (!counted) {
      spec.required("completions", "when completion mode is Indexed");
    }
    atMost(
        spec,
        "parallelism",
        PARALLELISM_OF_INDEXED_MAX,
        "must be less than or equal to %d when completion mode is Indexed");
    if (counted
        && spec.has("maxFailedIndexes")
        && spec.number("maxFailedIndexes") > spec.number("completions")) {
      spec.invalid("maxFailedIndexes", "must be less than or equal to completions");
    }
    atMost(spec, "maxFailedIndexes", FAILED_INDEXES_MAX, "must be less than or equal to %d");
    if (spec.number("completions") > MANY_COMPLETIONS && spec.has("backoffLimitPerIndex")) {
      many(spec);
    }
  }

  private static void many(ValidatedObject spec) {
    if (!spec.has("maxFailedIndexes")) {
      String detail = "must be specified when completions is above %d".formatted(MANY_COMPLETIONS);
      spec.required("maxFailedIndexes", detail);
    }
    String detail =
        "must be less than or equal to %%d when completions are above %d and used with backoff limit per index"
            .formatted(MANY_COMPLETIONS);
    atMost(spec, "parallelism", PARALLELISM_OF_MANY_MAX, detail);
    atMost(spec, "maxFailedIndexes", FAILED_INDEXES_OF_MANY_MAX, detail);
  }

  private static void atMost(ValidatedObject spec, String field, int most, String detail) {
    if (spec.number(field) > most) {
      spec.invalid(field, detail.formatted(most));
    }
  }

  private static void restartPolicy(ValidatedObject spec) {
    ValidatedObject podSpec = spec.childOrEmpty("template").childOrEmpty("spec");
    switch (podSpec.text("restartPolicy")) {
      case "", "Always" ->
          podSpec.required("restartPolicy", "valid values: \"OnFailure\", \"Never\"");
      case "Never" -> {}
      case "OnFailure" -> {
        if (spec.has("podFailurePolicy")) {
          podSpec.invalid(
              "restartPolicy", "only \"Never\" is supported when podFailurePolicy is specified");
        }
      }
      default -> podSpec.notSupported("restartPolicy", "OnFailure", "Never");
    }
  }

  private static void completionsKept(ValidatedObject job) {
    ValidatedObject spec = job.childOrEmpty("spec");
    if (!isIndexed(spec)) {
      Immutable.check(spec, "completions");
      return;
    }
    JsonObject old = spec.old();
    Json before = old == null ? null : old.get("completions");
    if (spec.has("completions")
        && !Immutable.same(spec.value("completions"), before)
        && spec.number("completions") != spec.number("parallelism")) {
      spec.invalid("completions", "can only be modified in tandem with spec.parallelism");
    }
  }

  private static void templateKept(ValidatedObject job) {
    JsonObject old = job.old();
    JsonObject oldSpec = old == null ? null : old.object("spec");
    JsonObject oldTemplate = oldSpec == null ? null : oldSpec.object("template");
    JsonObject template = job.childOrEmpty("spec").structure().object("template");
    if (old == null || oldSpec == null || oldTemplate == null || template == null) {
      return;
    }
    FieldPath path = job.childOrEmpty("spec").path("template");
    if (Json.Bool.TRUE.equals(oldSpec.get("suspend")) && mayChange(old)) {
      JsonObject allowed = withScheduling(oldTemplate.copy(), template).objectOrEmpty("spec");
      if (!InternalForms.same("PodSpec", template.objectOrEmpty("spec"), allowed)) {
        Json shown = InternalForms.of("PodSpec", template.objectOrEmpty("spec"));
        job.add(FieldError.invalid(path.child("spec"), shown, Immutable.MESSAGE));
      }
    } else if (!InternalForms.same("PodTemplateSpec", template, oldTemplate)) {
      Json shown = InternalForms.of("PodTemplateSpec", template);
      job.add(FieldError.invalid(path, shown, Immutable.MESSAGE));
    }
  }

  /// Whether a suspended job has no pods that a change could miss.
  private static boolean mayChange(JsonObject job) {
    JsonObject status = job.object("status");
    if (status == null) {
      return true;
    }
    boolean idle = !(status.get("active") instanceof Json.Whole(var active)) || active == 0;
    return idle && (status.text("startTime") == null || isSuspendedCondition(status));
  }

  private static boolean isSuspendedCondition(JsonObject status) {
    JsonArray conditions = status.array("conditions");
    if (conditions == null) {
      return false;
    }
    for (Json condition : conditions) {
      if (condition instanceof JsonObject object
          && "Suspended".equals(object.text("type"))
          && "True".equals(object.text("status"))) {
        return true;
      }
    }
    return false;
  }

  private static JsonObject withScheduling(JsonObject old, JsonObject template) {
    JsonObject podSpec = template.objectAt("spec");
    JsonObject oldSpec = old.objectAt("spec");
    SCHEDULING.forEach(field -> move(podSpec, oldSpec, field));
    move(template.objectAt("metadata"), old.objectAt("metadata"), "labels");
    move(template.objectAt("metadata"), old.objectAt("metadata"), "annotations");
    JsonObject affinity = podSpec.object("affinity");
    if (affinity != null || oldSpec.object("affinity") != null) {
      move(
          affinity == null ? new JsonObject() : affinity,
          oldSpec.objectAt("affinity"),
          "nodeAffinity");
    }
    for (String list : List.of("containers", "initContainers")) {
      moveResources(podSpec, oldSpec, list);
    }
    return old;
  }

  private static void moveResources(JsonObject from, JsonObject to, String list) {
    JsonArray given = from.array(list);
    JsonArray kept = to.array(list);
    if (given == null || kept == null || given.size() != kept.size()) {
      return;
    }
    for (int i = 0; i < kept.size(); i++) {
      if (given.at(i) instanceof JsonObject container
          && kept.at(i) instanceof JsonObject old
          && container.text("name") instanceof String name
          && name.equals(old.text("name"))) {
        move(container, old, "resources");
      }
    }
  }

  private static void move(JsonObject from, JsonObject to, String field) {
    @Nullable Json value = from.get(field);
    if (value == null) {
      to.remove(field);
    } else {
      to.set(field, value);
    }
  }
}
