package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.flow.ServiceTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The times that requests are taken to be executed, learned by resource and verb.
final class LearnedTimes {
  /// Resources and verbs that are told apart; what comes after them is taken to last as long as upstream takes all of them to.
  private static final int KEPT_MAX = 5_000;

  private final Map<Kind, AtomicReference<ServiceTime>> known = new ConcurrentHashMap<>();

  /// A kind of requests.
  private record Kind(String groupResource, String subresource, String verb) {}

  /// @param groupResource of a resource that is served: clients make up others
  @Nullable AtomicReference<ServiceTime> of(String groupResource, String subresource, String verb) {
    Kind kind = new Kind(groupResource, subresource, verb);
    AtomicReference<ServiceTime> found = known.get(kind);
    return found != null || known.size() >= KEPT_MAX
        ? found
        : known.computeIfAbsent(kind, _ -> new AtomicReference<>(ServiceTime.UNKNOWN));
  }
}
