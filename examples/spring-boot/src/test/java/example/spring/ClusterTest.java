package example.spring;

import dev.pintle.embed.PintleServer;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** What all tests of this application have. */
@SpringBootTest
@Import(ClusterConfiguration.class)
abstract class ClusterTest {
  /** The servers of all test classes that ran so far, for this example alone. */
  static final Set<PintleServer> SEEN = new LinkedHashSet<>();

  @Autowired PintleServer cluster;
  @Autowired KubernetesClient client;
  @Autowired Banner banner;

  @BeforeEach
  void see() {
    SEEN.add(cluster);
  }

  /** The informer of the application goes on and hears of it. */
  @AfterEach
  void emptyTheCluster() {
    cluster.reset();
  }

  void hang(String text) {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("banner")
                .withNamespace("default")
                .endMetadata()
                .addToData("text", text)
                .build())
        .create();
  }

  boolean isSoon(String text) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!banner.text().equals(text) && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    return banner.text().equals(text);
  }
}
