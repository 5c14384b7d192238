package dev.pintle.kube.verb;

import dev.pintle.kube.admission.AdmissionChain;
import dev.pintle.kube.decode.BodyReader;
import dev.pintle.kube.ownership.FieldOwnership;
import dev.pintle.kube.registry.RegistryHooks;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.transaction.GuaranteedUpdate;
import dev.pintle.kube.transaction.ObjectLeases;
import dev.pintle.kube.worker.FairExecutor;
import dev.pintle.member.Member;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/// The collaborators that all handlers of verbs share.
///
/// @param leases those that objects hang on which go by themselves
/// @param workers where what may wait goes on
/// @param bulk where what takes long goes on
/// @param timers for what happens after a while; what they run must not wait
public record VerbContext(
    Member member,
    ObjectReader objects,
    BodyReader bodies,
    RestStrategy rules,
    AdmissionChain admission,
    RegistryHooks hooks,
    FieldOwnership ownership,
    ObjectLeases leases,
    Clock clock,
    RandomGenerator random,
    Executor workers,
    FairExecutor bulk,
    ScheduledExecutorService timers) {

  /// The store as it is now.
  public ObjectView view() {
    return new ObjectView(member.view(), objects);
  }

  /// The loop of writes of the object that a request names; as below.
  GuaranteedUpdate updates(ApiRequest request) {
    return updates(request.type(), request.name()).asking(request.notes()::asked);
  }

  /// The loop of writes of one object, which ends in a conflict when every attempt was overtaken.
  public GuaranteedUpdate updates(ResourceType type, String name) {
    return new GuaranteedUpdate(this::view, () -> StatusErrors.objectModified(type, name));
  }
}
