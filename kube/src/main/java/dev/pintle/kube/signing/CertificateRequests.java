package dev.pintle.kube.signing;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.controller.LocalClient;
import dev.pintle.kube.controller.LocalClient.Target;
import dev.pintle.kube.informer.Informer;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.workqueue.QueueWorkers;
import dev.pintle.kube.workqueue.WorkQueue;
import java.util.Base64;
import java.util.List;

/// A controller that looks at every CertificateSigningRequest when it is written.
public final class CertificateRequests implements Informer.Handler, AutoCloseable {
  private static final int WORKERS = 2;

  private final LocalClient client;
  private final ResourceType requests;
  private final Bytes prefix;
  private final Care care;
  private final WorkQueue<String> queue;
  private final QueueWorkers<String> workers;

  /// The part of a controller that does something about a request.
  public interface Care {
    /// @return false when it is to look again after a while
    boolean isDone(Request request);
  }

  /// A request as it is stored.
  ///
  /// @param target its place
  public record Request(LocalClient client, Target target, JsonObject tree) {
    JsonObject spec() {
      return tree.objectOrEmpty("spec");
    }

    List<JsonObject> conditions() {
      return tree.objectOrEmpty("status").objects("conditions");
    }

    boolean has(String condition) {
      return conditions().stream()
          .anyMatch(each ->
              each.textOrEmpty("type").equals(condition)
                  && each.textOrEmpty("status").equals("True"));
    }

    /// Whether a condition is there at all, which counts for decisions.
    boolean mentions(String condition) {
      return conditions().stream().anyMatch(each -> each.textOrEmpty("type").equals(condition));
    }

    String certificate() {
      return tree.objectOrEmpty("status").textOrEmpty("certificate");
    }

    byte[] pem() {
      return Base64.getDecoder().decode(spec().textOrEmpty("request"));
    }

    void add(JsonObject condition) {
      tree.objectAt("status").arrayAt("conditions").add(condition);
    }

    void write(String subresource) {
      client.update(target, subresource, tree);
    }
  }

  /// @param name by which it is turned on and off
  public CertificateRequests(
      String name,
      LocalClient client,
      ResourceType requests,
      Care care,
      WorkQueue<String> queue,
      ControllerFailures failures) {
    this.client = client;
    this.requests = requests;
    this.prefix = Keys.collection(requests, "");
    this.care = care;
    this.queue = queue;
    this.workers = new QueueWorkers<>(name, queue, failures, this::isSynced);
    workers.start(WORKERS);
  }

  @Override
  public void present(KeyValue kv) {
    if (kv.key().startsWith(prefix)) {
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

  private boolean isSynced(String name) {
    StoredObject stored = client.context().view().find(requests, "", name);
    return stored == null
        || care.isDone(new Request(client, new Target(requests, "", name), stored.tree()));
  }

  @Override
  public void close() {
    workers.close();
  }
}
