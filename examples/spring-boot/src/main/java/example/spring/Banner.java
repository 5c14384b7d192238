package example.spring;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import jakarta.annotation.PreDestroy;
import org.springframework.stereotype.Component;

/** The text of the ConfigMap {@code banner}, as it is now: an informer that lives as long as the application. */
@Component
public class Banner {
  private final SharedIndexInformer<ConfigMap> informer;

  public Banner(KubernetesClient client) {
    informer = client.configMaps().inNamespace("default").withName("banner").inform();
  }

  public String text() {
    ConfigMap map = informer.getStore().getByKey("default/banner");
    return map == null ? "" : map.getData().getOrDefault("text", "");
  }

  @PreDestroy
  void close() {
    informer.close();
  }
}
