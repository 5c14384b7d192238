package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pintle.embed.PintleServer;
import dev.pintle.kernel.keyspace.OrderedKv;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsumerTest {
  @Test
  void aServerIsStartedAndReadFrom() {
    try (PintleServer server = PintleServer.builder().start();
        KubernetesClient client =
            new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig()))
                .build()) {
      client
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withName("a")
                  .endMetadata()
                  .withData(Map.of("k", "v"))
                  .build())
          .inNamespace("default")
          .create();
      assertEquals(
          "v", client.configMaps().inNamespace("default").withName("a").get().getData().get("k"));
    }
  }

  @Test
  void nothingOfWhatIsOptionalIsThere() {
    assertEquals("dev.pintle.kernel.keyspace", OrderedKv.class.getPackageName());
    for (String name : new String[] {"org.rocksdb.RocksDB", "ch.qos.logback.classic.Logger"}) {
      assertThrows(ClassNotFoundException.class, () -> Class.forName(name));
    }
  }
}
