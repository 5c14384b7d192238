package dev.pintle.kube.admission;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The admission plugin Priority: a pod's priority is that of its priority class, not what a client writes.
public final class PodPriority implements Admission {
  private static final String PREEMPTING = "PreemptLowerPriority";
  private static final long PRIORITY_WITHOUT_CLASS = 0;

  /// Classes that are there before anybody makes them.
  private static final Map<String, Long> SYSTEM =
      Map.of("system-cluster-critical", 2_000_000_000L, "system-node-critical", 2_000_001_000L);

  private final Supplier<ResourceType> classes;

  public PodPriority(Supplier<ResourceType> classes) {
    this.classes = classes;
  }

  /// The priority that a pod is given.
  ///
  /// @param policy whether pods of the class make room for themselves
  private record Established(String name, long priority, String policy) {}

  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    JsonObject pod = request.object();
    if (!request.isOf("", "pods") || pod == null) {
      return;
    }
    JsonObject spec = pod.objectAt("spec");
    JsonObject old = request.old();
    if (old != null) {
      keep(spec, old.objectAt("spec"), "priority");
      keep(spec, old.objectAt("spec"), "preemptionPolicy");
    } else if (request.action() == Action.CREATE) {
      establish(request, spec, view);
    }
  }

  /// Only one class may be that of all pods without one.
  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    JsonObject written = request.object();
    if (!request.isOf("scheduling.k8s.io", "priorityclasses")
        || written == null
        || !written.isTrue("globalDefault")) {
      return;
    }
    String other = ofDefault(view).name();
    boolean counts = request.action() == Action.CREATE || !other.equals(request.name());
    if (!other.isEmpty() && counts) {
      throw forbidden(
          request,
          "PriorityClass %s is already marked as default. Only one default can exist"
              .formatted(other));
    }
  }

  private static void keep(JsonObject spec, JsonObject old, String field) {
    Json before = old.get(field);
    if (before != null && !spec.has(field)) {
      spec.set(field, before);
    }
  }

  private void establish(AdmissionRequest request, JsonObject spec, ObjectView view) {
    String name = spec.text("priorityClassName");
    Established found =
        name == null || name.isEmpty() ? ofDefault(view) : ofName(request, view, name);
    if (spec.get("priority") instanceof Json.Whole(var given) && given != found.priority()) {
      throw forbidden(
          request,
          "the integer value of priority (%d) must not be provided in pod spec; priority admission controller computed %d from the given PriorityClass name"
              .formatted(given, found.priority()));
    }
    String policy = spec.text("preemptionPolicy");
    if (policy != null && !policy.equals(found.policy())) {
      throw forbidden(
          request,
          "the string value of PreemptionPolicy (%s) must not be provided in pod spec; priority admission controller computed %s from the given PriorityClass name"
              .formatted(policy, found.policy()));
    }
    if (!found.name().isEmpty()) {
      spec.set("priorityClassName", found.name());
    }
    spec.set("priority", Json.of(found.priority()));
    spec.set("preemptionPolicy", found.policy());
  }

  private static StatusError forbidden(AdmissionRequest request, String why) {
    return StatusErrors.forbidden(request.type(), request.name(), why);
  }

  private Established ofName(AdmissionRequest request, ObjectView view, String name) {
    StoredObject found = view.find(classes.get(), "", name);
    if (found != null) {
      return of(found.tree());
    }
    Long system = SYSTEM.get(name);
    if (system != null) {
      return new Established(name, system, PREEMPTING);
    }
    throw forbidden(request, "no PriorityClass with name %s was found".formatted(name));
  }

  /// The class that says it is for pods without one; the least of several.
  private Established ofDefault(ObjectView view) {
    @Nullable Established least = null;
    List<KeyValue> all = view.range(RangeRequest.of(Keys.range(classes.get(), ""))).entries();
    for (KeyValue kv : all) {
      JsonObject one = view.read(classes.get(), kv).tree();
      if (Json.Bool.TRUE.equals(one.get("globalDefault"))) {
        Established established = of(one);
        least = least == null || established.priority() < least.priority() ? established : least;
      }
    }
    return least == null ? new Established("", PRIORITY_WITHOUT_CLASS, PREEMPTING) : least;
  }

  private static Established of(JsonObject priorityClass) {
    String policy = priorityClass.text("preemptionPolicy");
    return new Established(
        priorityClass.objectAt("metadata").textOrEmpty("name"),
        priorityClass.wholeOrZero("value"),
        policy == null ? PREEMPTING : policy);
  }
}
