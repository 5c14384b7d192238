package dev.pintle.kube.plugin;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionConfiguration;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.admission.Tolerations;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.strategy.QosClass;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The admission plugin PodTolerationRestriction: pods get the tolerations that their namespace, or the configuration, has for them,
/// and have none but those that are on its list.
public final class PodTolerationRestriction implements Admission {
  private static final String VERSION = "podtolerationrestriction.admission.k8s.io/v1alpha1";
  private static final String KIND = "Configuration";
  private static final Set<String> FIELDS = Set.of("apiVersion", "kind", "default", "whitelist");
  private static final String DEFAULTS = "scheduler.alpha.kubernetes.io/defaultTolerations";
  private static final String ALLOWED = "scheduler.alpha.kubernetes.io/tolerationsWhitelist";

  private final Supplier<ResourceType> namespaces;
  private final JsonObject configured;

  /// @param configuration as [#check] takes it
  public PodTolerationRestriction(
      Supplier<ResourceType> namespaces, Optional<JsonObject> configuration) {
    this.namespaces = namespaces;
    this.configured = configuration.orElseGet(JsonObject::new);
  }

  /// @throws IllegalArgumentException that says what is wrong
  public static void check(JsonObject configuration) {
    String version = configuration.textOrEmpty("apiVersion");
    String kind = configuration.textOrEmpty("kind");
    if (!version.equals(VERSION) || !kind.equals(KIND)) {
      throw new IllegalArgumentException(
          "no kind \"%s\" is registered for version \"%s\" (expected: %s of %s)"
              .formatted(kind, version, KIND, VERSION));
    }
    AdmissionConfiguration.requireKnown(configuration, FIELDS, "");
    for (String field : new String[] {"default", "whitelist"}) {
      Json list = configuration.get(field);
      boolean right =
          list == null
              || Json.NULL.equals(list)
              || (list instanceof JsonArray all && all.objects().size() == all.size());
      if (!right) {
        throw new IllegalArgumentException(field + ": no list of objects");
      }
    }
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    JsonObject pod = request.object();
    if (pod == null || !concerns(request)) {
      return;
    }
    JsonObject spec = pod.objectAt("spec");
    JsonArray more = new JsonArray();
    if (request.action() == Action.CREATE) {
      JsonArray ofNamespace = annotated(request, DEFAULTS, view);
      more = (ofNamespace == null ? configured.arrayOrEmpty("default") : ofNamespace).copy();
    }
    if (!isBestEffort(pod, spec)) {
      more.add(
          new JsonObject()
              .set("key", "node.kubernetes.io/memory-pressure")
              .set("operator", "Exists")
              .set("effect", "NoSchedule"));
    }
    if (!more.isEmpty()) {
      spec.set("tolerations", Tolerations.merged(spec.array("tolerations"), more));
    }
    validate(request, view);
  }

  private static boolean isBestEffort(JsonObject pod, JsonObject spec) {
    String known = pod.objectOrEmpty("status").textOrEmpty("qosClass");
    return (known.isEmpty() ? QosClass.of(spec) : known).equals("BestEffort");
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    JsonObject pod = request.object();
    if (pod == null || !concerns(request)) {
      return;
    }
    JsonArray tolerations = pod.objectOrEmpty("spec").arrayOrEmpty("tolerations");
    if (tolerations.isEmpty()) {
      return;
    }
    JsonArray ofNamespace = annotated(request, ALLOWED, view);
    JsonArray allowed = ofNamespace == null ? configured.arrayOrEmpty("whitelist") : ofNamespace;
    if (!allowed.isEmpty() && !Tolerations.areCovered(tolerations, allowed)) {
      throw StatusErrors.bare(
          500,
          "pod tolerations (possibly merged with namespace default tolerations) conflict with its %s whitelist"
              .formatted(ofNamespace == null ? "cluster" : "namespace"));
    }
  }

  private static boolean concerns(AdmissionRequest request) {
    return (request.action() == Action.CREATE || request.action() == Action.UPDATE)
        && request.isOf("", "pods");
  }

  /// What the namespace says; null when it says nothing.
  private @Nullable JsonArray annotated(AdmissionRequest request, String name, ObjectView view) {
    JsonObject namespace = view.require(namespaces.get(), "", request.namespace()).tree();
    String text = namespace.objectOrEmpty("metadata").objectOrEmpty("annotations").text(name);
    if (text == null) {
      return null;
    }
    if (text.isEmpty()) {
      return new JsonArray();
    }
    try {
      if (JsonReader.read(text) instanceof JsonArray tolerations) {
        return tolerations;
      }
    } catch (JsonSyntaxException broken) {
      throw StatusErrors.bare(500, String.valueOf(broken.getMessage()));
    }
    throw StatusErrors.bare(500, name + ": no list of tolerations");
  }
}
