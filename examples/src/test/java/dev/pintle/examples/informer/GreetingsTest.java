package dev.pintle.examples.informer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.embed.PintleServer;
import dev.pintle.junit.PintleTest;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PintleTest
class GreetingsTest {
  private final Semaphore changes = new Semaphore(0);
  private KubernetesClient client;
  private Greetings greetings;

  @BeforeEach
  void start(KubernetesClient client) {
    this.client = client;
    this.greetings = new Greetings(client, changes::release);
  }

  @AfterEach
  void stop() {
    greetings.close();
  }

  private static ConfigMap greeting(String text) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("morning")
        .withNamespace("default")
        .addToLabels("greeting", "")
        .endMetadata()
        .addToData("text", text)
        .build();
  }

  private void awaitChange() throws InterruptedException {
    assertThat(changes.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aGreetingIsKnownOnceItIsThereAndUntilItGoes() throws Exception {
    assertThat(greetings.of("morning")).isEmpty();
    client.resource(greeting("hello")).create();
    awaitChange();
    assertThat(greetings.of("morning")).contains("hello");
    client.resource(greeting("good morning")).update();
    awaitChange();
    assertThat(greetings.of("morning")).contains("good morning");
    client.resource(greeting("")).delete();
    awaitChange();
    assertThat(greetings.of("morning")).isEmpty();
  }

  /// A reset is a write like others: who watches hears of it.
  @Test
  void evenAResetIsHeardOf(PintleServer server) throws Exception {
    client.resource(greeting("hello")).create();
    awaitChange();
    server.reset();
    awaitChange();
    assertThat(greetings.of("morning")).isEmpty();
  }
}
