package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pintle.junit.AsUser;
import dev.pintle.junit.PintleTest;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

@PintleTest
class ExtensionTest {
  @Test
  void aTestIsGivenClientsOfWhoeverItAsksFor(
      KubernetesClient admin, @AsUser("alice") KubernetesClient alice) {
    assertEquals("default", admin.namespaces().withName("default").get().getMetadata().getName());
    KubernetesClientException refused =
        Assertions.assertThrows(
            KubernetesClientException.class, () -> alice.namespaces().withName("default").get());
    assertEquals(403, refused.getCode());
  }
}
