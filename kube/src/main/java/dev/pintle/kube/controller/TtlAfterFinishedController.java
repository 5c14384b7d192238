package dev.pintle.kube.controller;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.controller.LocalClient.Target;
import dev.pintle.kube.informer.Informer;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.workqueue.QueueWorkers;
import dev.pintle.kube.workqueue.WorkQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The controller that deletes Jobs which have `ttlSecondsAfterFinished`, with all that is theirs, at the instant when that time is over:
/// upstream's `ttl-after-finished-controller`.
public final class TtlAfterFinishedController implements Informer.Handler, AutoCloseable {
  /// The name by which it is turned on and off.
  public static final String NAME = "ttl-after-finished-controller";

  private static final String TTL = "spec.ttlSecondsAfterFinished";
  private static final int WORKERS = 5;

  private final LocalClient client;
  private final ResourceType jobs;
  private final Bytes prefix;
  private final Clock clock;
  private final WorkQueue<String> queue;
  private final QueueWorkers<String> workers;

  /// @param clock of the time of day
  public TtlAfterFinishedController(
      LocalClient client,
      ResourceType jobs,
      Clock clock,
      WorkQueue<String> queue,
      ControllerFailures failures) {
    this.client = client;
    this.jobs = jobs;
    this.prefix = Keys.collection(jobs, "");
    this.clock = clock;
    this.queue = queue;
    this.workers = new QueueWorkers<>(NAME, queue, failures, this::isSynced);
    workers.start(WORKERS);
  }

  @Override
  public void present(KeyValue kv) {
    if (kv.key().startsWith(prefix) && end(client.context().objects().read(jobs, kv)).isPresent()) {
      queue.add(Keys.rest(prefix, kv.key()));
    }
  }

  @Override
  public void changed(WatchEvent event) {
    switch (event.kind()) {
      case PUT -> present(event.current());
      case DELETE -> {
        if (event.key().startsWith(prefix)) {
          queue.dropLater(Keys.rest(prefix, event.key()));
        }
      }
    }
  }

  /// When a job is to go; empty for one that is not to, or is going already.
  private static Optional<Instant> end(StoredObject job) {
    String seconds = job.text(TTL);
    if (seconds.isEmpty() || job.isBeingDeleted()) {
      return Optional.empty();
    }
    for (JsonObject condition : job.tree().objectOrEmpty("status").objects("conditions")) {
      String type = condition.textOrEmpty("type");
      String finished = condition.textOrEmpty("lastTransitionTime");
      if ((type.equals("Complete") || type.equals("Failed"))
          && condition.textOrEmpty("status").equals("True")
          && !finished.isEmpty()) {
        return Optional.of(Instant.parse(finished).plusSeconds(Long.parseLong(seconds)));
      }
    }
    return Optional.empty();
  }

  private boolean isSynced(String key) {
    int slash = key.indexOf('/');
    Target target = new Target(jobs, key.substring(0, slash), key.substring(slash + 1));
    StoredObject job = client.context().view().find(jobs, target.namespace(), target.name());
    Optional<Instant> end = job == null ? Optional.empty() : end(job);
    if (job == null || end.isEmpty()) {
      return true;
    }
    Duration left = Duration.between(clock.instant(), end.get());
    if (left.isPositive()) {
      queue.addAfter(key, left);
      return true;
    }
    JsonObject options =
        new JsonObject()
            .set("propagationPolicy", "Foreground")
            .set("preconditions", new JsonObject().set("uid", Json.of(job.uid())));
    Refusals.unlessOvertaken(() -> client.delete(target, options));
    return true;
  }

  @Override
  public void close() {
    workers.close();
  }
}
