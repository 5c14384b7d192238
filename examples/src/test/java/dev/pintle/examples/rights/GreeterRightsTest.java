package dev.pintle.examples.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.junit.AsUser;
import dev.pintle.junit.LoadManifests;
import dev.pintle.junit.PintleTest;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import org.junit.jupiter.api.Test;

@PintleTest
@LoadManifests("rbac/greeter.yaml")
class GreeterRightsTest {
  private static final String GREETER = "system:serviceaccount:tools:greeter";

  @Test
  void itReadsWhatItNeeds(@AsUser(GREETER) KubernetesClient greeter) {
    assertThat(greeter.configMaps().inNamespace("tools").list().getItems()).isNotEmpty();
  }

  @Test
  void itMayNotWrite(@AsUser(GREETER) KubernetesClient greeter) {
    assertThatThrownBy(
            () -> greeter.configMaps().inNamespace("tools").withName("kube-root-ca.crt").delete())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("cannot delete resource \"configmaps\"");
  }

  @Test
  void itSeesNothingOfOthers(@AsUser(GREETER) ApiClient greeter) {
    CoreV1Api api = new CoreV1Api(greeter);
    assertThatThrownBy(() -> api.listNamespacedConfigMap("default").execute())
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.getCode()).isEqualTo(403));
  }

  @Test
  void aGroupIsEnoughWhereARoleNamesIt(
      @AsUser(value = "ann", groups = "system:masters") KubernetesClient ann) {
    assertThat(ann.secrets().inAnyNamespace().list()).isNotNull();
  }
}
