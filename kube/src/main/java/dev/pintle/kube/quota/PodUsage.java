package dev.pintle.kube.quota;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.strategy.QosClass;
import dev.pintle.kube.strategy.ResourceAmounts;
import dev.pintle.kube.validation.ResourceNameRules;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The measure of Pods: their number, and what those that have not ended ask for and are limited to.
final class PodUsage implements UsageEvaluator {
  private static final String COUNT = "count/pods";
  private static final String PODS = "pods";
  private static final String REQUESTS = "requests.";
  private static final String LIMITS = "limits.";
  private static final String HUGE_PAGES = "hugepages-";
  private static final String DEVICE_CLASS = "deviceclass.resource.kubernetes.io/";
  private static final List<String> COMPUTE = List.of("cpu", "memory", "ephemeral-storage");

  /// What every container must say if a quota limits it.
  private static final Set<String> DEMANDED =
      Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

  private final Clock clock;

  PodUsage(Clock clock) {
    this.clock = clock;
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    JsonObject pod = request.object();
    JsonObject old = request.old();
    return switch (request.subresource()) {
      case "" ->
          switch (request.action()) {
            case CREATE -> true;
            case UPDATE -> pod != null && old != null && hasDeadline(pod) != hasDeadline(old);
            case DELETE, CONNECT -> false;
          };
      case "resize" -> request.action() == Action.UPDATE;
      default -> false;
    };
  }

  @Override
  public boolean measures(String name, ObjectView view) {
    return name.equals(COUNT)
        || name.equals(PODS)
        || COMPUTE.contains(bare(name))
        || name.startsWith(HUGE_PAGES)
        || name.startsWith(REQUESTS + HUGE_PAGES)
        || isExtended(name);
  }

  /// The name of a resource without what a quota puts before it.
  private static String bare(String name) {
    if (name.startsWith(REQUESTS)) {
      return name.substring(REQUESTS.length());
    }
    return name.startsWith(LIMITS) ? name.substring(LIMITS.length()) : name;
  }

  /// Whether a quota names by it what nodes have beside what all have.
  static boolean isExtended(String name) {
    return name.startsWith(REQUESTS)
        && (!ResourceNameRules.isNative(name) || name.startsWith(REQUESTS + DEVICE_CLASS));
  }

  @Override
  public ResourceAmounts usage(JsonObject pod, String namespace, ObjectView view) {
    ResourceAmounts used = ResourceAmounts.none();
    used.values().put(COUNT, ObjectCount.ONE);
    if (hasEnded(pod)) {
      return used;
    }
    PodResources resources = new PodResources(pod);
    return used.and(compute(resources.requests(), resources.limits()));
  }

  private static ResourceAmounts compute(ResourceAmounts requests, ResourceAmounts limits) {
    ResourceAmounts used = ResourceAmounts.none();
    Map<String, Quantity> values = used.values();
    values.put(PODS, ObjectCount.ONE);
    for (String name : COMPUTE) {
      Quantity request = requests.values().get(name);
      if (request != null) {
        values.put(name, request);
        values.put(REQUESTS + name, request);
      }
      Quantity limit = limits.values().get(name);
      if (limit != null) {
        values.put(LIMITS + name, limit);
      }
    }
    requests
        .values()
        .forEach((name, request) -> {
          if (name.startsWith(HUGE_PAGES)) {
            values.put(name, request);
            values.put(REQUESTS + name, request);
          }
          if (ResourceNameRules.isExtended(name) || name.startsWith(DEVICE_CLASS)) {
            values.put(REQUESTS + name, request);
          }
        });
    return used;
  }

  /// A pod that will not run any more, or whose time to end has gone by, uses nothing but its place.
  private boolean hasEnded(JsonObject pod) {
    String phase = pod.objectOrEmpty("status").textOrEmpty("phase");
    if (phase.equals("Failed") || phase.equals("Succeeded")) {
      return true;
    }
    JsonObject metadata = pod.objectOrEmpty("metadata");
    if (metadata.text("deletionTimestamp") == null
        || !(metadata.get("deletionGracePeriodSeconds") instanceof Json.Whole(var seconds))) {
      return false;
    }
    try {
      Instant deleted = Instant.parse(metadata.textOrEmpty("deletionTimestamp"));
      return clock.instant().isAfter(deleted.plusSeconds(seconds));
    } catch (DateTimeParseException malformed) {
      return false;
    }
  }

  @Override
  public boolean hasScopes() {
    return true;
  }

  @Override
  public boolean matches(QuotaScope scope, JsonObject pod) {
    return switch (scope.name()) {
      case "Terminating" -> hasDeadline(pod);
      case "NotTerminating" -> !hasDeadline(pod);
      case "BestEffort" -> isBestEffort(pod);
      case "NotBestEffort" -> !isBestEffort(pod);
      case "PriorityClass" -> {
        String name = pod.objectOrEmpty("spec").textOrEmpty("priorityClassName");
        yield scope.selects(name.isEmpty() ? Set.of() : Set.of(name));
      }
      case "CrossNamespacePodAffinity" -> hasAffinityElsewhere(pod);
      default -> false;
    };
  }

  private static boolean hasDeadline(JsonObject pod) {
    return pod.objectOrEmpty("spec").get("activeDeadlineSeconds") instanceof Json.Whole(var seconds)
        && seconds >= 0;
  }

  private static boolean isBestEffort(JsonObject pod) {
    String known = pod.objectOrEmpty("status").textOrEmpty("qosClass");
    String named = known.isEmpty() ? QosClass.of(pod.objectOrEmpty("spec")) : known;
    return named.equals("BestEffort");
  }

  private static boolean hasAffinityElsewhere(JsonObject pod) {
    JsonObject affinity = pod.objectOrEmpty("spec").objectOrEmpty("affinity");
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      JsonObject terms = affinity.objectOrEmpty(kind);
      List<JsonObject> all =
          new ArrayList<>(terms.objects("requiredDuringSchedulingIgnoredDuringExecution"));
      for (JsonObject weighted : terms.objects("preferredDuringSchedulingIgnoredDuringExecution")) {
        all.add(weighted.objectOrEmpty("podAffinityTerm"));
      }
      for (JsonObject term : all) {
        if (!term.arrayOrEmpty("namespaces").isEmpty()
            || term.object("namespaceSelector") != null) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public String missing(Set<String> names, JsonObject pod) {
    JsonObject spec = pod.objectOrEmpty("spec");
    if (PodResources.ofWholePod(spec, "requests") || PodResources.ofWholePod(spec, "limits")) {
      return "";
    }
    Set<String> demanded = new TreeSet<>(names);
    demanded.retainAll(DEMANDED);
    Map<String, Set<String>> silent = new TreeMap<>();
    for (String list : List.of("containers", "initContainers")) {
      for (JsonObject container : spec.objects(list)) {
        Set<String> unsaid = new TreeSet<>(demanded);
        unsaid.removeAll(
            compute(
                    ResourceAmounts.of(container, "requests"),
                    ResourceAmounts.of(container, "limits"))
                .values()
                .keySet());
        for (String name : unsaid) {
          silent.computeIfAbsent(name, _ -> new TreeSet<>()).add(container.textOrEmpty("name"));
        }
      }
    }
    List<String> texts = new ArrayList<>();
    silent.forEach((name, containers) -> texts.add(name + " for: " + String.join(",", containers)));
    return texts.isEmpty() ? "" : "must specify " + String.join("; ", texts);
  }

  @Override
  public boolean isToBeCounted(JsonObject old, JsonObject now, ObjectView view) {
    return hasDeadline(old) != hasDeadline(now)
        || UsageEvaluator.super.isToBeCounted(old, now, view);
  }
}
