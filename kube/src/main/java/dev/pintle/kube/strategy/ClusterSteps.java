package dev.pintle.kube.strategy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.MetaTime;
import dev.pintle.kube.rule.RuleTime;
import dev.pintle.kube.strategy.StrategyStep.NamedStep;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The steps of namespaces, secrets, nodes, leases, volumes and definitions of custom resources.
final class ClusterSteps {
  private static final String FINALIZER = "kubernetes";
  private static final String PHASE_SINCE = "lastPhaseTransitionTime";

  private ClusterSteps() {}

  static Map<String, NamedStep> all() {
    return Map.ofEntries(
        Map.entry("kubernetesFinalizer", (object, _) -> kubernetesFinalizer(object)),
        Map.entry("namesOfSecrets", (object, _) -> namesOfSecrets(object)),
        Map.entry("nextPhase", ClusterSteps::nextPhase),
        Map.entry("secretType", ClusterSteps::secretType),
        Map.entry("countedSpec", ClusterSteps::countedSpec),
        Map.entry("localService", (object, _) -> localService(object)),
        Map.entry("storedVersions", (object, _) -> storedVersions(object)),
        Map.entry("storedVersionsOfNone", (object, _) -> storedVersionsOfNone(object)),
        Map.entry("coordinationDropped", ClusterSteps::coordinationDropped),
        Map.entry("lastPhaseTransition", (object, _) -> lastPhaseTransition(object)));
  }

  /// Of the secrets of an account nothing but their names is kept.
  private static void namesOfSecrets(JsonObject account) {
    for (JsonObject secret : account.objects("secrets")) {
      secret.removeIf((name, _) -> !name.equals("name"));
    }
  }

  /// When the phase of a volume changed, unless whoever changes it says when.
  private static void nextPhase(JsonObject volume, JsonObject old) {
    JsonObject status = volume.objectAt("status");
    JsonObject before = old.objectOrEmpty("status");
    Json since = status.get(PHASE_SINCE);
    Json sinceBefore = before.get(PHASE_SINCE);
    boolean silent = since == null || since instanceof Json.Null;
    if (status.textOrEmpty("phase").equals(before.textOrEmpty("phase"))) {
      if (silent && sinceBefore != null) {
        status.set(PHASE_SINCE, sinceBefore);
      }
    } else if (silent || Objects.equals(since, sinceBefore)) {
      status.set(PHASE_SINCE, MetaTime.text(RuleTime.now()));
    }
  }

  private static void kubernetesFinalizer(JsonObject namespace) {
    JsonObject spec = namespace.objectAt("spec");
    JsonArray finalizers = spec.array("finalizers");
    if (finalizers == null) {
      spec.set("finalizers", JsonArray.of(Json.of(FINALIZER)));
      return;
    }
    for (Json finalizer : finalizers) {
      if (finalizer.equals(Json.of(FINALIZER))) {
        return;
      }
    }
    finalizers.add(Json.of(FINALIZER));
  }

  /// Whoever names no service means this server, which is there.
  private static void localService(JsonObject apiService) {
    String born = apiService.objectAt("metadata").text("creationTimestamp");
    if (apiService.objectAt("spec").object("service") == null && born != null) {
      JsonObject available =
          new JsonObject()
              .set("type", "Available")
              .set("status", "True")
              .set("lastTransitionTime", born)
              .set("reason", "Local")
              .set("message", "Local APIServices are always available");
      apiService.objectAt("status").set("conditions", JsonArray.of(available));
    }
  }

  /// Of a kind whose first state is not counted.
  private static void countedSpec(JsonObject object, JsonObject old) {
    if (!object.objectOrEmpty("spec").equals(old.objectOrEmpty("spec"))) {
      long before = old.objectOrEmpty("metadata").wholeOrZero("generation");
      object.objectAt("metadata").set("generation", Json.of(before + 1));
    }
  }

  /// The fields by which candidates agree on who leads belong to a feature that is off: they stay only where they are already.
  private static void coordinationDropped(JsonObject lease, JsonObject old) {
    JsonObject before = old.objectOrEmpty("spec");
    if (lease.object("spec") instanceof JsonObject spec) {
      for (String field : List.of("strategy", "preferredHolder")) {
        if (!before.has(field)) {
          spec.remove(field);
        }
      }
    }
  }

  private static void secretType(JsonObject secret, JsonObject old) {
    String type = secret.text("type");
    if ((type == null || type.isEmpty()) && old.get("type") instanceof Json kept) {
      secret.set("type", kept);
    }
  }

  /// The moment of birth, which the metadata already has.
  private static void lastPhaseTransition(JsonObject volume) {
    String born = volume.objectAt("metadata").text("creationTimestamp");
    if (born != null) {
      volume.objectAt("status").set("lastPhaseTransitionTime", born);
    }
  }

  /// Objects may be stored in every version that ever was the one to store them in.
  private static void storedVersions(JsonObject definition) {
    JsonObject status = definition.objectAt("status");
    JsonArray stored = status.array("storedVersions");
    JsonArray all = stored == null ? new JsonArray() : stored;
    for (JsonObject version : definition.objectAt("spec").objects("versions")) {
      Json name = version.get("name");
      if (name != null && Json.Bool.TRUE.equals(version.get("storage"))) {
        boolean known = false;
        for (Json one : all) {
          known |= one.equals(name);
        }
        if (!known) {
          all.add(name);
        }
        break;
      }
    }
    status.set("storedVersions", all);
  }

  /// A status that tells of none has that one back as soon as it is read.
  private static void storedVersionsOfNone(JsonObject definition) {
    JsonArray stored = definition.objectOrEmpty("status").array("storedVersions");
    if (stored == null || stored.isEmpty()) {
      storedVersions(definition);
    }
  }

  /// Texts that a client did not want to encode itself.
  static void stringData(JsonObject secret) {
    JsonObject texts = secret.object("stringData");
    secret.remove("stringData");
    if (texts == null || texts.isEmpty()) {
      return;
    }
    JsonObject data = secret.objectAt("data");
    for (JsonObject.Field entry : texts) {
      String text = entry.value() instanceof Json.Text(var given) ? given : "";
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      data.set(entry.name(), Base64.getEncoder().encodeToString(bytes));
    }
  }

  /// The one range of old clients and the list say the same; the single one wins where they do not.
  static void podRanges(JsonObject node) {
    JsonObject spec = node.object("spec");
    if (spec == null) {
      return;
    }
    String single = spec.text("podCIDR");
    JsonArray ranges = spec.array("podCIDRs");
    if (single != null && !single.isEmpty()) {
      if (ranges == null || ranges.isEmpty() || !ranges.at(0).equals(Json.of(single))) {
        spec.set("podCIDRs", JsonArray.of(Json.of(single)));
      }
    } else if (ranges != null && !ranges.isEmpty()) {
      spec.set("podCIDR", ranges.at(0));
    }
  }
}
