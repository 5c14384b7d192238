package dev.pintle.compat.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.HeardMaps;
import dev.pintle.embed.ClientSettings;
import dev.pintle.embed.EtcdConnection;
import dev.pintle.embed.PintleServer;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.GetOption;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The work of a test of an operator: fabric8's client, and jetcd, against a server of the same JVM.
class EmbeddedIT {
  private static final int SECONDS_MAX = 20;

  private PintleServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() {
    server = PintleServer.builder().start();
    client = clientOf(Config.fromKubeconfig(server.kubeconfig()));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void anInformerIsRightAcrossAReset() throws Exception {
    HeardMaps heard = HeardMaps.ofAll();
    try (SharedIndexInformer<ConfigMap> informer =
        client.configMaps().inNamespace("default").inform(heard)) {
      client.resource(HeardMaps.map("a", "1")).inNamespace("default").create();
      assertThat(heard.next()).isEqualTo("added a 1");
      client.resource(HeardMaps.map("a", "2")).inNamespace("default").update();
      assertThat(heard.next()).isEqualTo("updated a 2");
      server.reset();
      assertThat(heard.next()).isEqualTo("deleted a 2");
      assertThat(client.configMaps().inNamespace("default").withName("a").get()).isNull();
      client.resource(HeardMaps.map("a", "3")).inNamespace("default").create();
      assertThat(heard.next()).isEqualTo("added a 3");
      assertThat(informer.getStore().listKeys()).contains("default/a");
    }
  }

  @Test
  void aDeletedNamespaceEnds() {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName("short").endMetadata().build())
        .create();
    client.resource(HeardMaps.map("inside", "1")).inNamespace("short").create();
    client.namespaces().withName("short").delete();
    client
        .namespaces()
        .withName("short")
        .waitUntilCondition(there -> there == null, SECONDS_MAX, TimeUnit.SECONDS);
    assertThat(client.configMaps().inNamespace("short").list().getItems()).isEmpty();
  }

  @Test
  void aPodCanBeMadeAtOnceAndAfterAReset() {
    for (int round = 0; round < 3; round++) {
      Pod made = client.resource(pod()).inNamespace("default").create();
      assertThat(made.getSpec().getServiceAccountName()).isEqualTo("default");
      server.reset();
    }
  }

  @Test
  void theSettingsAreThoseOfTheClient() {
    ClientSettings settings = server.clientSettings();
    ConfigBuilder plain =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(settings.masterUrl())
            .withNamespace(settings.namespace())
            .withCaCertData(settings.caCertData());
    Config byToken = plain.withOauthToken(settings.oauthToken()).build();
    Config byCertificate =
        plain
            .withOauthToken(null)
            .withClientCertData(settings.clientCertData())
            .withClientKeyData(settings.clientKeyData())
            .withClientKeyAlgo(settings.clientKeyAlgo())
            .build();
    for (Config config : new Config[] {byToken, byCertificate}) {
      try (KubernetesClient other = clientOf(config)) {
        assertThat(other.namespaces().withName("default").get()).isNotNull();
      }
    }
  }

  @Test
  void theStoreHasWhatTheApiWrote() throws Exception {
    client.resource(HeardMaps.map("a", "1")).inNamespace("default").create();
    EtcdConnection etcd = server.etcd();
    try (Client store =
        Client.builder()
            .endpoints(etcd.url())
            .sslContext(tls ->
                tls.trustManager(stream(etcd.caCertificate()))
                    .keyManager(stream(etcd.clientCertificate()), stream(etcd.clientKey())))
            .build()) {
      assertThat(
              store
                  .getKVClient()
                  .get(
                      ByteSequence.from("/registry/configmaps/default/", StandardCharsets.UTF_8),
                      GetOption.builder().isPrefix(true).withCountOnly(true).build())
                  .get(SECONDS_MAX, TimeUnit.SECONDS)
                  .getCount())
          .isEqualTo(2);
    }
  }

  private static InputStream stream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
  }

  private static KubernetesClient clientOf(Config config) {
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static Pod pod() {
    return new PodBuilder()
        .withNewMetadata()
        .withName("pod")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage("example/image:1")
        .endContainer()
        .endSpec()
        .build();
  }
}
