package dev.pintle.kube.validation;

import dev.pintle.kube.conversion.Conversions;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The rules of autoscalers, which are those of the newer form for both.
final class AutoscalerRules {
  private AutoscalerRules() {}

  /// Made when the first autoscaler of the old form comes.
  private static final class Loaded {
    static final Conversions CONVERSIONS = new Conversions();

    private Loaded() {}
  }

  static Map<String, NamedRule> all() {
    return Map.of(
        "autoscaler", autoscaler -> spec(newest(autoscaler).childOrEmpty("spec")),
        "autoscalerStatus", autoscaler -> status(newest(autoscaler).childOrEmpty("status")));
  }

  private static ValidatedObject newest(ValidatedObject autoscaler) {
    ResourceType type = autoscaler.context().type();
    if (type.version().equals("v2")) {
      return autoscaler;
    }
    GroupVersionKind from = type.groupVersionKind();
    Optional<GroupVersionKind> to = Loaded.CONVERSIONS.storedAs(from);
    if (to.isEmpty()) {
      return autoscaler;
    }
    JsonObject old = autoscaler.old();
    return new ValidatedObject(
        autoscaler.context(),
        autoscaler.path(),
        Loaded.CONVERSIONS.convert(autoscaler.structure().copy(), from, to.get()),
        old == null ? null : Loaded.CONVERSIONS.convert(old.copy(), from, to.get()));
  }

  private static void spec(ValidatedObject spec) {
    // What an update changes is told last, what was so before in its place.
    List<FieldError> later = new ArrayList<>(0);
    replicas(spec, later);
    target(spec.childOrEmpty("scaleTargetRef"));
    MetricRules.check(spec);
    ValidatedObject behavior = spec.child("behavior");
    if (behavior != null) {
      ScalingRules.check(behavior);
    }
    later.forEach(spec::add);
  }

  private static void replicas(ValidatedObject spec, List<FieldError> later) {
    boolean bounded = spec.has("minReplicas");
    long least = spec.number("minReplicas");
    long most = spec.number("maxReplicas");
    if (least < 0) {
      teller(spec, "minReplicas", later).accept(atLeast(spec.path("minReplicas"), least, 0));
    }
    if (most == 0) {
      boolean changed = Immutable.isChanged(spec, "maxReplicas");
      String detail = changed ? "" : "must be set and greater than 0";
      teller(spec, "maxReplicas", later)
          .accept(FieldError.required(spec.path("maxReplicas"), detail));
    } else if (most < 0) {
      teller(spec, "maxReplicas", later).accept(atLeast(spec.path("maxReplicas"), most, 1));
    }
    if (bounded && most < least) {
      spec.add(
          FieldError.invalid(
              spec.path("maxReplicas"),
              Json.of(most),
              "must be greater than or equal to `minReplicas`"));
    }
  }

  private static Consumer<FieldError> teller(
      ValidatedObject spec, String field, List<FieldError> later) {
    return Immutable.isChanged(spec, field) ? later::add : spec::add;
  }

  private static FieldError atLeast(FieldPath path, long number, int least) {
    return FieldError.invalid(
        path, Json.of(number), "must be greater than or equal to %d".formatted(least));
  }

  /// What is scaled. Its version may be any one while version and kind stay; things of the core group have none of their own.
  private static void target(ValidatedObject target) {
    names(target);
    JsonObject old = target.old();
    boolean same =
        old != null
            && old.textOrEmpty("apiVersion").equals(target.text("apiVersion"))
            && old.textOrEmpty("kind").equals(target.text("kind"));
    if (!same) {
      boolean isCore = target.text("kind").equals("ReplicationController");
      String complaint = versionComplaint(target.text("apiVersion"), isCore);
      if (complaint != null) {
        target.invalidText("apiVersion", complaint);
      }
    }
  }

  static void names(ValidatedObject reference) {
    PathSegments.require(reference, "kind");
    PathSegments.require(reference, "name");
  }

  /// Null when nothing is wrong.
  static @Nullable String versionComplaint(String version, boolean isCoreAllowed) {
    int slash = version.indexOf('/');
    boolean lone = version.equals("/");
    if (!lone && slash >= 0 && version.indexOf('/', slash + 1) >= 0) {
      return "unexpected GroupVersion string: " + version;
    }
    return isCoreAllowed || slash > 0 ? null : "apiVersion must specify API group";
  }

  private static void status(ValidatedObject status) {
    for (ValidatedObject condition : status.items("conditions")) {
      condition.notNegative("observedGeneration");
    }
    status.notNegative("currentReplicas");
    status.notNegative("desiredReplicas");
  }
}
