package dev.pintle.kube.controller;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.ownership.Write;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.kube.verb.ApiRequest;
import dev.pintle.kube.verb.AppliedStatus;
import dev.pintle.kube.verb.EnsureExists;
import dev.pintle.kube.verb.VerbContext;
import dev.pintle.kube.workqueue.Contention;
import dev.pintle.kube.workqueue.Restrained;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The writes of one controller. One that is overtaken is not tried again: the controller sees what overtook it as a change. None writes an
/// object again at once that somebody else has undone or changed since: it throws [Restrained], longer each time (see [Contention]).
final class ReconciledWrite {
  private final VerbContext context;
  private final Contention<Bytes> contention = new Contention<>(System::nanoTime);

  ReconciledWrite(VerbContext context) {
    this.context = context;
  }

  /// Writes what a controller says of an object by applying it.
  ///
  /// @throws dev.pintle.kube.status.StatusError when the store takes no writes
  void applyStatus(ResourceType type, StoredObject old, AppliedStatus status) {
    write(type, old, status.over(context.ownership(), type, old.tree()));
  }

  /// Writes an object whose status the server itself has changed; nothing when it is as it was.
  ///
  /// @throws dev.pintle.kube.status.StatusError when the store takes no writes
  void updateStatus(ResourceType type, StoredObject old, JsonObject now) {
    if (now.equals(old.tree())) {
      return;
    }
    Write write =
        new Write(
            type.groupVersionKind(), type.schema(), type.hasStatus(), "status", ApiRequest.SERVER);
    JsonArray owners = context.ownership().updated(write, old.tree(), now);
    if (owners != null) {
      now.objectAt("metadata").set("managedFields", owners);
    }
    write(type, old, now);
  }

  /// Writes an object that the server itself has changed, in the name of `manager`; nothing when it is as it was.
  ///
  /// @throws dev.pintle.kube.status.StatusError when the store takes no writes
  void update(ResourceType type, StoredObject old, JsonObject now, String manager) {
    if (now.equals(old.tree())) {
      return;
    }
    Write write = new Write(type.groupVersionKind(), type.schema(), type.hasStatus(), "", manager);
    JsonArray owners = context.ownership().updated(write, old.tree(), now);
    if (owners != null) {
      now.objectAt("metadata").set("managedFields", owners);
    }
    write(type, old, now);
  }

  private void write(ResourceType type, StoredObject old, JsonObject now) {
    long before = contention.require(old.key(), old::version);
    JsonObject shaped = Canonicalizer.canonical(type.schema(), now);
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      transaction
          .unchanged(old.key(), old.version())
          .put(old.key(), context.objects().write(type, shaped, null))
          .commit(context.member())
          .ifPresent(revision -> contention.wrote(old.key(), before, revision));
    }
  }

  /// @throws dev.pintle.kube.status.StatusError when the store takes no writes
  void delete(StoredObject old) {
    long before = contention.require(old.key(), old::version);
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      transaction
          .unchanged(old.key(), old.version())
          .delete(old.key())
          .commit(context.member())
          .ifPresent(_ -> contention.wrote(old.key(), before, 0));
    }
  }

  /// Makes those of the objects that are not there; what cannot be made does not stand before the rest.
  ///
  /// @param time as in [EnsureExists#asFarAsPossible]
  /// @throws RuntimeException why one of them could not be made
  void make(List<EnsureExists.Wanted> wanted, Duration time) {
    List<EnsureExists.Wanted> missing = new ArrayList<>(wanted);
    missing.removeIf(each -> context.view().has(key(each)));
    Map<Bytes, Long> before = new HashMap<>();
    List<EnsureExists.Wanted> now = new ArrayList<>();
    Restrained restrained = null;
    try {
      Restrained.each(
          missing,
          each -> {
            before.put(key(each), contention.require(key(each), () -> 0));
            now.add(each);
          });
    } catch (Restrained later) {
      restrained = later;
    }
    List<EnsureExists.Unmade> unmade =
        now.isEmpty() ? List.of() : EnsureExists.asFarAsPossible(context, now, time);
    before.forEach((key, version) -> noteMade(key, version));
    if (!unmade.isEmpty()) {
      throw unmade.getFirst().why();
    }
    if (restrained != null) {
      throw restrained;
    }
  }

  private void noteMade(Bytes key, long before) {
    long made = context.view().createRevision(key);
    if (made != 0) {
      contention.wrote(key, before, made);
    }
  }

  private static Bytes key(EnsureExists.Wanted wanted) {
    return Keys.object(wanted.type(), wanted.namespace(), wanted.name());
  }
}
