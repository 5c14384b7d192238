package dev.pintle.examples.controller;

import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.CallGeneratorParams;
import io.kubernetes.client.util.PatchUtils;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A controller that puts a stamp on every ConfigMap of the namespace `default` whose label `stamp` asks for one.
final class Stamper implements AutoCloseable {
  private static final String NAMESPACE = "default";

  private final ApiClient client;
  private final CoreV1Api api;
  private final SharedInformerFactory informers;
  private final SharedIndexInformer<V1ConfigMap> maps;
  private final BlockingQueue<String> names = new LinkedBlockingQueue<>();
  private final Thread worker = Thread.ofVirtual().unstarted(this::work);

  Stamper(ApiClient client) {
    this.client = client;
    this.api = new CoreV1Api(client);
    this.informers = new SharedInformerFactory(client);
    this.maps =
        informers.sharedIndexInformerFor(
            (CallGeneratorParams asked) ->
                api.listNamespacedConfigMap(NAMESPACE)
                    .labelSelector("stamp")
                    .resourceVersion(asked.resourceVersion)
                    .timeoutSeconds(asked.timeoutSeconds)
                    .watch(asked.watch)
                    .buildCall(null),
            V1ConfigMap.class,
            V1ConfigMapList.class);
    maps.addEventHandler(
        new ResourceEventHandler<>() {
          @Override
          public void onAdd(V1ConfigMap map) {
            names.add(String.valueOf(metadata(map).getName()));
          }

          @Override
          public void onUpdate(V1ConfigMap before, V1ConfigMap map) {
            onAdd(map);
          }

          @Override
          public void onDelete(V1ConfigMap map, boolean finalStateUnknown) {}
        });
  }

  Stamper start() {
    informers.startAllRegisteredInformers();
    worker.start();
    return this;
  }

  private static V1ObjectMeta metadata(V1ConfigMap map) {
    return Objects.requireNonNull(map.getMetadata());
  }

  private void work() {
    try {
      while (true) {
        stamp(names.take());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void stamp(String name) {
    V1ConfigMap map = maps.getIndexer().getByKey(NAMESPACE + '/' + name);
    if (map == null) {
      return;
    }
    Map<String, String> labels = Objects.requireNonNull(metadata(map).getLabels());
    String wanted = String.valueOf(labels.get("stamp"));
    Map<String, String> annotations = metadata(map).getAnnotations();
    if (annotations != null && wanted.equals(annotations.get("stamped"))) {
      return;
    }
    V1Patch patch =
        new V1Patch("{\"metadata\":{\"annotations\":{\"stamped\":\"%s\"}}}".formatted(wanted));
    try {
      PatchUtils.patch(
          V1ConfigMap.class,
          () -> api.patchNamespacedConfigMap(name, NAMESPACE, patch).buildCall(null),
          V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
          client);
    } catch (ApiException refused) {
      System.getLogger("stamper")
          .log(System.Logger.Level.WARNING, "%s: no stamp".formatted(name), refused);
    }
  }

  @Override
  public void close() {
    worker.interrupt();
    informers.stopAllRegisteredInformers(true);
  }
}
