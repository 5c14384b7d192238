package dev.pintle.examples.informer;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The texts by which people are greeted: one for each ConfigMap with the label `greeting`, as they are now.
final class Greetings implements AutoCloseable {
  private final Map<String, String> texts = new ConcurrentHashMap<>();
  private final SharedIndexInformer<ConfigMap> informer;

  /// @param changed is run after each change
  Greetings(KubernetesClient client, Runnable changed) {
    informer =
        client
            .configMaps()
            .inNamespace("default")
            .withLabel("greeting")
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(ConfigMap map) {
                    texts.put(name(map), map.getData().getOrDefault("text", ""));
                    changed.run();
                  }

                  @Override
                  public void onUpdate(ConfigMap before, ConfigMap map) {
                    onAdd(map);
                  }

                  @Override
                  public void onDelete(ConfigMap map, boolean lastStateUnknown) {
                    texts.remove(name(map));
                    changed.run();
                  }
                });
  }

  private static String name(ConfigMap map) {
    return map.getMetadata().getName();
  }

  Optional<String> of(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  @Override
  public void close() {
    informer.close();
  }
}
