package dev.pintle.examples.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.reflect.TypeToken;
import dev.pintle.junit.PintleTest;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.Watch;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@PintleTest
class StamperTest {
  private static final Type EVENT = new TypeToken<Watch.Response<V1ConfigMap>>() {}.getType();

  private static V1ConfigMap asking(String stamp) {
    return new V1ConfigMap()
        .metadata(new V1ObjectMeta().name("letter").labels(Map.of("stamp", stamp)));
  }

  /// What the letter has in the end.
  private static String stampOf(ApiClient client, String wanted) throws Exception {
    try (Watch<V1ConfigMap> watch =
        Watch.createWatch(
            client,
            new CoreV1Api(client)
                .listNamespacedConfigMap("default")
                .fieldSelector("metadata.name=letter")
                .watch(true)
                .timeoutSeconds(20)
                .buildCall(null),
            EVENT)) {
      for (Watch.Response<V1ConfigMap> event : watch) {
        Map<String, String> has =
            Objects.requireNonNull(event.object.getMetadata()).getAnnotations();
        if (has != null && wanted.equals(has.get("stamped"))) {
          return wanted;
        }
      }
    }
    return "none";
  }

  /// The second time shows that nothing is left of the first.
  @RepeatedTest(2)
  void aLetterIsStamped(ApiClient client) throws Exception {
    try (Stamper _ = new Stamper(client).start()) {
      new CoreV1Api(client).createNamespacedConfigMap("default", asking("red")).execute();
      assertThat(stampOf(client, "red")).isEqualTo("red");
    }
  }

  @Test
  void whatWasThereBeforeIsStampedToo(ApiClient client) throws Exception {
    new CoreV1Api(client).createNamespacedConfigMap("default", asking("blue")).execute();
    try (Stamper _ = new Stamper(client).start()) {
      assertThat(stampOf(client, "blue")).isEqualTo("blue");
    }
  }
}
