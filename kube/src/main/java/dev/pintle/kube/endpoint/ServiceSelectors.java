package dev.pintle.kube.endpoint;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.informer.Informer;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The selectors of every service, by which a change of a pod is known to matter to some of them. It keeps the selectors and nothing else.
public final class ServiceSelectors implements Informer.Handler {
  private static final List<String> PLAIN_PARTS =
      List.of(
          "spec.hostname",
          "spec.subdomain",
          "spec.nodeName",
          "status.phase",
          "status.podIP",
          "status.podIPs");

  private final ResourceType pods;
  private final ResourceType services;
  private final ServicePods selected;
  private final ObjectReader reader;
  private final Bytes podPrefix;
  private final Bytes servicePrefix;
  private final List<Listener> listeners;

  /// By namespace.
  private final Map<String, SelectorIndex> selectors = new HashMap<>();

  /// A controller that has something to do for services.
  public interface Listener {
    /// @param key `NAMESPACE/NAME`
    void serviceChanged(String key);

    /// Pods behind the service changed.
    void podsChanged(String key);
  }

  public ServiceSelectors(ServiceTypes types, ObjectReader reader, List<Listener> listeners) {
    this.services = types.services();
    this.pods = types.pods();
    this.selected = types.selected();
    this.reader = reader;
    this.servicePrefix = Keys.collection(services, "");
    this.podPrefix = Keys.collection(pods, "");
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void replacing() {
    selectors.clear();
  }

  @Override
  public void present(KeyValue kv) {
    if (kv.key().startsWith(servicePrefix)) {
      service(kv);
    }
  }

  @Override
  public void changed(WatchEvent event) {
    if (event.key().startsWith(podPrefix)) {
      pod(event);
    } else if (event.key().startsWith(servicePrefix)) {
      if (event.kind() == WatchEvent.Kind.PUT) {
        service(event.current());
      } else {
        String key = Keys.rest(servicePrefix, event.key());
        forget(key);
        listeners.forEach(listener -> listener.serviceChanged(key));
      }
    }
  }

  private void service(KeyValue kv) {
    String key = Keys.rest(servicePrefix, kv.key());
    Optional<Map<String, String>> selector = SelectingService.selectorOf(reader.read(services, kv));
    if (selector.isPresent()) {
      selectors.computeIfAbsent(namespace(key), _ -> new SelectorIndex()).put(key, selector.get());
      selected.expect(namespace(key), selector.get());
    } else {
      forget(key);
    }
    listeners.forEach(listener -> listener.serviceChanged(key));
  }

  private void forget(String key) {
    selectors.computeIfPresent(
        namespace(key),
        (_, services) -> {
          services.remove(key);
          return services.isEmpty() ? null : services;
        });
  }

  private static String namespace(String key) {
    return key.substring(0, Math.max(0, key.indexOf('/')));
  }

  private void pod(WatchEvent event) {
    SelectorIndex near = selectors.get(namespace(Keys.rest(podPrefix, event.key())));
    if (near == null) {
      return;
    }
    StoredObject before = event.previous() == null ? null : reader.read(pods, event.previous());
    StoredObject now =
        event.kind() == WatchEvent.Kind.PUT ? reader.read(pods, event.current()) : null;
    if (before != null && now != null && isSame(before, now)) {
      return;
    }
    Set<String> concerned = new LinkedHashSet<>();
    if (before != null) {
      near.select(before.labels(), concerned);
    }
    if (now != null) {
      near.select(now.labels(), concerned);
    }
    concerned.forEach(key -> listeners.forEach(listener -> listener.podsChanged(key)));
  }

  /// Whether services need not mind the change.
  private static boolean isSame(StoredObject before, StoredObject now) {
    return before.uid().equals(now.uid())
        && before.isBeingDeleted() == now.isBeingDeleted()
        && before.labels().equals(now.labels())
        && PLAIN_PARTS.stream().allMatch(path -> before.text(path).equals(now.text(path)))
        && isAsReady(before, now);
  }

  private static boolean isAsReady(StoredObject before, StoredObject now) {
    String conditions = "status.conditions";
    return before.text(conditions).equals(now.text(conditions)) || isReady(before) == isReady(now);
  }

  private static boolean isReady(StoredObject pod) {
    String conditions = pod.text("status.conditions");
    JsonArray read =
        !conditions.isEmpty()
                && JsonReader.read(conditions.getBytes(StandardCharsets.UTF_8))
                    instanceof JsonArray all
            ? all
            : new JsonArray();
    return new ServicePod(new JsonObject().set("status", new JsonObject().set("conditions", read)))
        .isReady();
  }
}
