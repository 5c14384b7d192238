package dev.pintle.compat.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.embed.PintleServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Branches, the past and time of a server, as fabric8's client meets them.
class BranchedIT {
  private static final int SECONDS_MAX = 20;
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

  private PintleServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() {
    server = PintleServer.builder().start();
    client = clientOf(server);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void clientsOfABranchAndOfItsOriginSeeTheirOwn() {
    create(client, "both");
    long before = server.revision();
    try (PintleServer branch = server.branch();
        KubernetesClient there = clientOf(branch)) {
      there.configMaps().inNamespace("default").withName("both").delete();
      create(there, "there");
      create(client, "here");
      assertThat(client.configMaps().inNamespace("default").withName("both").get()).isNotNull();
      assertThat(client.configMaps().inNamespace("default").withName("there").get()).isNull();
      assertThat(there.configMaps().inNamespace("default").withName("here").get()).isNull();
      String past = branch.at(before).object(CONFIG_MAPS + "/both").orElseThrow();
      assertThat(Serialization.unmarshal(past, ConfigMap.class))
          .isEqualTo(client.configMaps().inNamespace("default").withName("both").get());
      assertThat(
              Serialization.unmarshal(branch.at(before).list(CONFIG_MAPS), ConfigMapList.class)
                  .getItems())
          .extracting(item -> item.getMetadata().getName())
          .containsExactly("both", "kube-root-ca.crt");
    }
  }

  @Test
  void aFinishedJobGoesWhenItsTimeIsOver() {
    Job job =
        client
            .resource(
                new JobBuilder()
                    .withNewMetadata()
                    .withName("mine")
                    .endMetadata()
                    .withNewSpec()
                    .withTtlSecondsAfterFinished(3_600)
                    .withNewTemplate()
                    .withNewSpec()
                    .withRestartPolicy("Never")
                    .addNewContainer()
                    .withName("main")
                    .withImage("example/image:1")
                    .endContainer()
                    .endSpec()
                    .endTemplate()
                    .endSpec()
                    .build())
            .inNamespace("default")
            .create();
    String now = server.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
    Job finished =
        new JobBuilder(job)
            .withNewStatus()
            .withStartTime(now)
            .withCompletionTime(now)
            .withSucceeded(1)
            .addNewCondition()
            .withType("SuccessCriteriaMet")
            .withStatus("True")
            .withLastTransitionTime(now)
            .endCondition()
            .addNewCondition()
            .withType("Complete")
            .withStatus("True")
            .withLastTransitionTime(now)
            .endCondition()
            .endStatus()
            .build();
    client.resource(finished).inNamespace("default").updateStatus();
    server.clock().advance(Duration.ofHours(1));
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace("default")
        .withName("mine")
        .waitUntilCondition(there -> there == null, SECONDS_MAX, TimeUnit.SECONDS);
  }

  private static void create(KubernetesClient client, String name) {
    ConfigMap made =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .addToData("key", "value")
            .build();
    client.resource(made).inNamespace("default").create();
  }

  private static KubernetesClient clientOf(PintleServer server) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(server.kubeconfig()))
        .build();
  }
}
