package example.quarkus;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The teams of a cluster: namespaces with the label {@code team}. */
@ApplicationScoped
public class Teams {
  private final KubernetesClient client;

  Teams(KubernetesClient client) {
    this.client = client;
  }

  public void add(String name) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("team", "")
                .endMetadata()
                .build())
        .create();
  }

  public List<String> names() {
    return client.namespaces().withLabel("team").list().getItems().stream()
        .map(each -> each.getMetadata().getName())
        .toList();
  }
}
