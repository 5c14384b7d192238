package dev.pintle.kube.crd;

import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.store.StoredForm;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.member.Member;
import dev.pintle.member.StoreView.Found;
import dev.pintle.member.WatchHub;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The custom resources of a definition that is being deleted.
final class CustomResources implements AutoCloseable {
  private static final int BATCH = 100;

  private final Member member;
  private final AtomicLong watchId = new AtomicLong();
  private final ConcurrentHashMap<Long, Runnable> waiting = new ConcurrentHashMap<>();
  private final WatchHub.Stream stream;

  CustomResources(Member member) {
    this.member = member;
    this.stream = member.watches().open(this::accept);
  }

  /// Deletes what may go and marks what has finalizers; answers whether nothing was there.
  boolean deleteAll(KeyRange range, Instant now) {
    if (!(member.view().range(RangeRequest.of(range)) instanceof Found(var result))) {
      return false;
    }
    List<KeyValue> found = result.entries();
    for (int from = 0; from < found.size(); from += BATCH) {
      List<KeyValue> batch = found.subList(from, Math.min(from + BATCH, found.size()));
      if (!isDeleted(batch, now)) {
        // Somebody changed one of them: the others go all the same.
        batch.forEach(one -> isDeleted(List.of(one), now));
      }
    }
    return found.isEmpty();
  }

  private boolean isDeleted(List<KeyValue> batch, Instant now) {
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      batch.forEach(kv -> delete(kv, now, transaction));
      return transaction.isEmpty() || transaction.commit(member).isPresent();
    }
  }

  private static void delete(KeyValue kv, Instant now, ObjectTransaction transaction) {
    if (!(JsonReader.read(kv.value().array()) instanceof JsonObject object)) {
      transaction.unchanged(kv.key(), kv.modRevision()).delete(kv.key());
      return;
    }
    JsonObject metadata = object.objectAt("metadata");
    JsonArray finalizers = metadata.array("finalizers");
    if (finalizers == null || finalizers.isEmpty()) {
      transaction.unchanged(kv.key(), kv.modRevision()).delete(kv.key());
    } else if (!metadata.has("deletionTimestamp")) {
      metadata.set("deletionTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
      metadata.set("deletionGracePeriodSeconds", Json.of(0));
      if (metadata.get("generation") instanceof Json.Whole(long generation)) {
        metadata.set("generation", Json.of(generation + 1));
      }
      GroupVersionKind kind =
          GroupVersionKind.of(object.textOrEmpty("apiVersion"), object.textOrEmpty("kind"));
      transaction
          .unchanged(kv.key(), kv.modRevision())
          .put(kv.key(), StoredForm.of(kind).write(object));
    }
  }

  /// Runs `action` once something in `range` is deleted.
  void onNextChange(KeyRange range, Runnable action) {
    long id = watchId.incrementAndGet();
    waiting.put(id, action);
    stream.create(id, new WatchHub.Spec(range, 0, false, true, false, false));
    // What was deleted between the look and the watch would not be told.
    if (member.view().range(RangeRequest.of(range).limitedTo(1)) instanceof Found(var result)
        && result.entries().isEmpty()) {
      fire(id);
    }
  }

  private boolean accept(List<WatchHub.Notice> notices) {
    for (WatchHub.Notice notice : notices) {
      if (notice instanceof WatchHub.Notice.Events events) {
        fire(events.watchId());
      }
    }
    return true;
  }

  private void fire(long id) {
    Runnable action = waiting.remove(id);
    if (action != null) {
      stream.cancel(id);
      action.run();
    }
  }

  @Override
  public void close() {
    stream.close();
  }
}
