package dev.pintle.kube.allocation;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Gives services their families, addresses and node ports, or refuses those that they ask for. What a service has is read
/// from the services themselves, so nothing is ever lost or left over.
public final class ServiceAllocation implements Admission {
  private final ServiceRanges ranges;
  private final Clock clock;
  private final RandomGenerator random;
  private final ReentrantLock choosing = new ReentrantLock();
  private final Reservations addresses = new Reservations();
  private final Reservations ports = new Reservations();
  // What each service has, by its key and version; guarded by `choosing`.
  private Map<Bytes, Known> known = new HashMap<>();

  private record Known(long version, Taken taken) {}

  public ServiceAllocation(ServiceRanges ranges, Clock clock, RandomGenerator random) {
    this.ranges = ranges;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void admit(AdmissionRequest attempt, ObjectView view) {
    ResourceType type = attempt.type();
    JsonObject service = attempt.object();
    boolean isService = type.group().isEmpty() && type.plural().equals("services");
    if (!isService || service == null || !attempt.subresource().isEmpty()) {
      return;
    }
    JsonObject old = attempt.old();
    if (old != null) {
      PatchedAllocations.settle(service.objectAt("spec"), old.objectAt("spec"));
    }
    IpFamilies.settle(attempt, service.objectAt("spec"), old == null ? null : old.objectAt("spec"));
    choosing.lock();
    try {
      allocate(attempt, service, old, view);
    } finally {
      choosing.unlock();
    }
  }

  private void allocate(
      AdmissionRequest attempt, JsonObject service, @Nullable JsonObject old, ObjectView view) {
    String owner = attempt.namespace() + "/" + attempt.name();
    Instant now = clock.instant();
    Taken taken = takenByOthers(attempt, view);
    addresses.addHeldByOthers(taken.addresses(), owner, now);
    ports.addHeldByOthers(taken.ports(), owner, now);
    Taken before = old == null ? Taken.none() : Taken.of(old);
    if (old == null || isExternal(old)) {
      new AddressChoice(attempt, ranges, taken, random).apply(service.objectAt("spec"), before);
    }
    new PortChoice(attempt, ranges.nodePorts(), taken, random)
        .apply(service.objectAt("spec"), before);
    Taken given = Taken.of(service);
    given.addresses().forEach(address -> addresses.reserve(address, owner, now));
    given.ports().forEach(port -> ports.reserve(port, owner, now));
  }

  /// Only what is outside the cluster has no address; all others keep theirs, which validation holds them to.
  private static boolean isExternal(JsonObject service) {
    return "ExternalName".equals(service.objectAt("spec").text("type"));
  }

  private Taken takenByOthers(AdmissionRequest attempt, ObjectView view) {
    Bytes own = Keys.object(attempt.type(), attempt.namespace(), attempt.name());
    Map<Bytes, Known> seen = new HashMap<>();
    Taken all = Taken.none();
    for (KeyValue kv : view.range(RangeRequest.of(Keys.range(attempt.type(), ""))).entries()) {
      Known before = known.get(kv.key());
      Known now =
          before != null && before.version() == kv.modRevision()
              ? before
              : new Known(kv.modRevision(), Taken.of(view.read(attempt.type(), kv).tree()));
      seen.put(kv.key(), now);
      if (!kv.key().equals(own)) {
        all.addAll(now.taken());
      }
    }
    known = seen;
    return all;
  }
}
