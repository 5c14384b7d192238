package example.spring;

import dev.pintle.embed.PintleServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * The cluster of the tests, as a bean: it lives exactly as long as the application that talks to it. A context that Spring keeps for the next
 * test class keeps its server; one that it throws away closes it.
 */
@TestConfiguration(proxyBeanMethods = false)
class ClusterConfiguration {
  @Bean
  PintleServer cluster() {
    return PintleServer.builder().start();
  }

  @Bean
  KubernetesClient client(PintleServer cluster) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
        .build();
  }
}
