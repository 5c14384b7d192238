package dev.pintle.kube.controller;

import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The conditions by which a namespace that is being deleted says what it waits for: upstream's types, reasons and texts.
final class NamespaceConditions {
  /// Objects that remain, by `RESOURCE.GROUP`.
  private final SortedMap<String, Integer> remaining = new TreeMap<>();

  /// Objects that remain, by the finalizers that hold them.
  private final SortedMap<String, Integer> finalizers = new TreeMap<>();

  private final List<String> failures = new ArrayList<>();

  private record Kind(String type, String reason, String message) {}

  /// Those of a deletion to which nothing stands in the way, in upstream's order.
  private static final List<Kind> FINE =
      List.of(
          new Kind(
              "NamespaceDeletionDiscoveryFailure",
              "ResourcesDiscovered",
              "All resources successfully discovered"),
          new Kind(
              "NamespaceDeletionGroupVersionParsingFailure",
              "ParsedGroupVersions",
              "All legacy kube types successfully parsed"),
          new Kind(
              "NamespaceDeletionContentFailure",
              "ContentDeleted",
              "All content successfully deleted, may be waiting on finalization"),
          new Kind(
              "NamespaceContentRemaining", "ContentRemoved", "All content successfully removed"),
          new Kind(
              "NamespaceFinalizersRemaining",
              "ContentHasNoFinalizers",
              "All content-preserving finalizers finished"));

  /// @param held how many of them each finalizer holds
  void remain(String resource, int objects, Map<String, Integer> held) {
    remaining.merge(resource, objects, Integer::sum);
    held.forEach((finalizer, count) -> finalizers.merge(finalizer, count, Integer::sum));
  }

  void fail(String message) {
    failures.add(message);
  }

  boolean hasFailures() {
    return !failures.isEmpty();
  }

  boolean isEmpty() {
    return remaining.isEmpty() && failures.isEmpty();
  }

  /// Whether something that remains is held by finalizers.
  boolean hasFinalizers() {
    return !finalizers.isEmpty();
  }

  /// Sets them in a namespace; answers whether anything changed.
  boolean set(JsonObject namespace, Instant now) {
    JsonObject status = namespace.objectAt("status");
    JsonArray conditions = status.array("conditions");
    if (conditions == null) {
      conditions = new JsonArray();
      status.set("conditions", conditions);
    }
    boolean changed = false;
    for (Kind fine : FINE) {
      changed |= set(conditions, bad(fine), fine, now);
    }
    return changed;
  }

  private static boolean set(JsonArray conditions, Kind bad, Kind fine, Instant now) {
    String status = bad.message().isEmpty() ? "False" : "True";
    Kind told = bad.message().isEmpty() ? fine : bad;
    JsonObject old = find(conditions, fine.type());
    if (old == null) {
      conditions.add(
          new JsonObject()
              .set("type", fine.type())
              .set("status", status)
              .set("lastTransitionTime", seconds(now))
              .set("reason", told.reason())
              .set("message", told.message()));
      return true;
    }
    boolean turned = !old.textOrEmpty("status").equals(status);
    boolean same =
        old.textOrEmpty("message").equals(told.message())
            && old.textOrEmpty("reason").equals(told.reason());
    if (!turned && same) {
      return false;
    }
    if (turned) {
      old.set("lastTransitionTime", seconds(now));
    }
    old.set("status", status).set("reason", told.reason()).set("message", told.message());
    return true;
  }

  private static String seconds(Instant now) {
    return Instant.ofEpochSecond(now.getEpochSecond()).toString();
  }

  private static @Nullable JsonObject find(JsonArray conditions, String type) {
    for (var item : conditions) {
      if (item instanceof JsonObject condition && condition.textOrEmpty("type").equals(type)) {
        return condition;
      }
    }
    return null;
  }

  /// What is wrong of one type; with an empty message when nothing is.
  private Kind bad(Kind fine) {
    return switch (fine.type()) {
      case "NamespaceDeletionContentFailure" ->
          new Kind(fine.type(), "ContentDeletionFailed", failureText());
      case "NamespaceContentRemaining" ->
          new Kind(
              fine.type(),
              "SomeResourcesRemain",
              listed("Some resources are remaining: ", "%s has %d resource instances", remaining));
      case "NamespaceFinalizersRemaining" ->
          new Kind(
              fine.type(),
              "SomeFinalizersRemain",
              listed(
                  "Some content in the namespace has finalizers remaining: ",
                  "%s in %d resource instances",
                  finalizers));
      default -> new Kind(fine.type(), "", "");
    };
  }

  private String failureText() {
    return failures.isEmpty()
        ? ""
        : "Failed to delete all resource types, %d remaining: %s"
            .formatted(failures.size(), String.join(", ", failures.stream().sorted().toList()));
  }

  private static String listed(String begin, String each, SortedMap<String, Integer> counts) {
    if (counts.isEmpty()) {
      return "";
    }
    List<String> texts = new ArrayList<>();
    counts.forEach((name, count) -> texts.add(each.formatted(name, count)));
    return begin + String.join(", ", texts);
  }
}
