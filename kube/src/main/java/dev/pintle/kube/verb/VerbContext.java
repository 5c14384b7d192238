package dev.pintle.kube.verb;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.Admission.AdmissionRequest;
import dev.pintle.kube.decode.BodyReader;
import dev.pintle.kube.encode.WholeLists;
import dev.pintle.kube.ownership.FieldOwnership;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.ObjectWriter;
import dev.pintle.kube.worker.FairExecutor;
import dev.pintle.member.Member;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/// What the verbs work with.
///
/// @param workers where what may wait goes on
/// @param bulk where what takes long goes on
/// @param wholeLists the room for lists that have to be made whole
/// @param timers for what happens after a while; what they run must not wait
public record VerbContext(
    Member member,
    ObjectReader objects,
    ObjectWriter writer,
    BodyReader bodies,
    ObjectRules rules,
    List<Admission> admissions,
    FieldOwnership ownership,
    Clock clock,
    RandomGenerator random,
    Executor workers,
    FairExecutor bulk,
    WholeLists wholeLists,
    ScheduledExecutorService timers) {
  public VerbContext {
    admissions = List.copyOf(admissions);
  }

  /// The store as it is now.
  public ObjectView view() {
    return new ObjectView(member.view(), objects);
  }

  void admit(AdmissionRequest attempt, ObjectView view) {
    for (Admission admission : admissions) {
      admission.admit(attempt, view);
    }
  }

  void confirm(AdmissionRequest attempt, ObjectView view) {
    for (Admission admission : admissions) {
      admission.confirm(attempt, view);
    }
  }
}
