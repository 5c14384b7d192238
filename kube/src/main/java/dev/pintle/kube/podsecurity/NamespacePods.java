package dev.pintle.kube.podsecurity;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.format.ShortKeys;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The pods that a namespace has when it comes to enforce something else. So many are looked at, for so long: one of each controller first,
/// since those of one controller are mostly alike. What is remembered of them is so much at most, however many and large they are.
final class NamespacePods {
  static final int CHECKED_MAX = 3_000;
  static final long NANOS_MAX = TimeUnit.SECONDS.toNanos(1);

  /// Of all that is told to be wrong; upstream sends a client no more than 4096.
  static final int REASON_CHARACTERS_MAX = 1 << 20;

  private final ResourceType pods;
  private final Set<String> exemptRuntimeClasses;
  private final LongSupplier nanoTime;
  private final List<Bytes> first = new ArrayList<>();
  private final List<Bytes> more = new ArrayList<>();
  private final Set<String> controllers = new HashSet<>();
  private final Map<String, Offenders> offenders = new HashMap<>();
  private int reasonCharacters;
  private int exempt;

  /// Pods with which the same is wrong.
  ///
  /// @param name the first one's, by name
  private record Offenders(String name, int count) {
    Offenders and(Offenders other) {
      return new Offenders(
          name.compareTo(other.name) <= 0 ? name : other.name, count + other.count);
    }

    String told(String reasons) {
      return switch (count) {
        case 1 -> "%s: %s".formatted(name, reasons);
        case 2 -> "%s (and 1 other pod): %s".formatted(name, reasons);
        default -> "%s (and %d other pods): %s".formatted(name, count - 1, reasons);
      };
    }
  }

  /// @param nanoTime tells how long it takes
  NamespacePods(ResourceType pods, Set<String> exemptRuntimeClasses, LongSupplier nanoTime) {
    this.pods = pods;
    this.exemptRuntimeClasses = exemptRuntimeClasses;
    this.nanoTime = nanoTime;
  }

  /// What whoever changes the namespace should know of pods that would not be let in any more.
  List<String> warnings(String namespace, LevelVersion enforce, ObjectView view) {
    long started = nanoTime.getAsLong();
    view.eachPartWhile(Keys.range(pods, namespace), some -> areMoreWanted(some, view, started));
    long total = view.count(pods, namespace) - exempt;
    int checked = check(enforce, view);
    List<String> warnings = new ArrayList<>();
    if (checked < total) {
      warnings.add(
          "new PodSecurity enforce level only checked against the first %d of %d existing pods"
              .formatted(checked, total));
    }
    if (!offenders.isEmpty()) {
      warnings.add(
          "existing pods in namespace \"%s\" violate the new PodSecurity enforce level \"%s\""
              .formatted(namespace, enforce));
    }
    offenders.entrySet().stream()
        .map(entry -> entry.getValue().told(entry.getKey()))
        .sorted()
        .forEach(warnings::add);
    return warnings;
  }

  @SuppressWarnings("ThreadPriorityCheck") // a virtual thread
  private boolean areMoreWanted(List<KeyValue> some, ObjectView view, long started) {
    some.forEach(entry -> choose(entry, view));
    // There may be a great many, and others want the processor too.
    Thread.yield();
    boolean full = first.size() >= CHECKED_MAX && exemptRuntimeClasses.isEmpty();
    return !full && nanoTime.getAsLong() - started <= NANOS_MAX;
  }

  /// Keeps the keys alone: pods may be large.
  private void choose(KeyValue entry, ObjectView view) {
    StoredObject pod = view.read(pods, entry);
    if (!exemptRuntimeClasses.isEmpty()
        && exemptRuntimeClasses.contains(pod.text("spec.runtimeClassName"))) {
      exempt++;
      return;
    }
    if (first.size() >= CHECKED_MAX) {
      return;
    }
    String controller = controller(pod);
    if (controller.isEmpty() || controllers.add(controller)) {
      first.add(entry.key());
    } else if (more.size() < CHECKED_MAX) {
      more.add(entry.key());
    }
  }

  /// The uid of the owner that controls a pod; empty for none.
  private static String controller(StoredObject pod) {
    if (!pod.facts().ownerUids().isEmpty()) {
      byte[] owners = pod.text("metadata.ownerReferences").getBytes(StandardCharsets.UTF_8);
      if (JsonReader.read(owners) instanceof JsonArray all) {
        for (JsonObject owner : all.objects()) {
          if (owner.isTrue("controller")) {
            return ShortKeys.of(owner.textOrEmpty("uid"));
          }
        }
      }
    }
    return "";
  }

  /// Answers how many it came to look at.
  @SuppressWarnings("ThreadPriorityCheck") // a virtual thread
  private int check(LevelVersion enforce, ObjectView view) {
    long started = nanoTime.getAsLong();
    int checked = 0;
    first.addAll(more.subList(0, Math.min(more.size(), CHECKED_MAX - first.size())));
    for (Bytes key : first) {
      for (KeyValue entry : view.range(RangeRequest.of(KeyRange.point(key))).entries()) {
        check(view.read(pods, entry), enforce);
      }
      checked++;
      if (nanoTime.getAsLong() - started > NANOS_MAX) {
        break;
      }
      // It may take a second, in which others want the processor too.
      Thread.yield();
    }
    return checked;
  }

  private void check(StoredObject pod, LevelVersion enforce) {
    List<PodViolation> violations = PodChecks.violations(enforce, PodUnderCheck.of(pod.tree()));
    if (violations.isEmpty()) {
      return;
    }
    String reasons = PodChecks.reasons(violations);
    boolean known = offenders.containsKey(reasons);
    if (known || reasonCharacters + reasons.length() <= REASON_CHARACTERS_MAX) {
      reasonCharacters += known ? 0 : reasons.length();
      offenders.merge(reasons, new Offenders(pod.name(), 1), Offenders::and);
    }
  }
}
