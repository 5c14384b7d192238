package dev.pintle.compat.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.KubeClient.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/// The quotas of a race, one of which is changed again and again, and another deleted and made anew.
record RaceQuotas(KubeClient client, Child child, List<String> namespaces) {
  private static final Duration COUNTED_MAX = Duration.ofSeconds(30);
  private static final String REMADE = "remade";
  private static final String CHANGED = "changed";

  private static final Map<String, String> SPECS =
      Map.of(
          "objects",
          "'hard':{'configmaps':'20','services':'8','services.nodeports':'3','persistentvolumeclaims':'8','requests.storage':'12Gi','pods':'24','count/widgets.race.example.com':'9'}",
          "best-effort",
          "'hard':{'pods':'7'},'scopes':['BestEffort']",
          "burstable",
          "'hard':{'pods':'12','requests.cpu':'2'},'scopes':['NotBestEffort']",
          "ending",
          "'hard':{'pods':'5'},'scopes':['Terminating']",
          CHANGED,
          "'hard':{'configmaps':'18','pods':'18','count/widgets.race.example.com':'8'}",
          REMADE,
          "'hard':{'count/configmaps':'16','requests.storage':'9Gi','count/pods':'26'}");

  static String collection(String namespace) {
    return "/api/v1/namespaces/%s/resourcequotas".formatted(namespace);
  }

  /// Makes all of them and waits until they are counted.
  void make() {
    for (String namespace : namespaces) {
      for (String name : SPECS.keySet()) {
        make(namespace, name);
      }
      SPECS.keySet().forEach(name -> awaitCounted(namespace, name));
    }
  }

  private void make(String namespace, String name) {
    Answer made =
        client.post(
            collection(namespace),
            "{'metadata':{'name':'%s'},'spec':{%s}}"
                .formatted(name, SPECS.get(name))
                .replace('\'', '"'));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private void awaitCounted(String namespace, String name) {
    child.await(
        "quota " + name,
        COUNTED_MAX,
        () -> {
          JsonNode quota = client.get(collection(namespace) + '/' + name).json();
          Map<String, Long> wanted = QuotaState.amounts(quota.path("spec").path("hard"));
          return QuotaState.of(quota).hard().equals(wanted) && quota.path("status").has("used")
              ? Optional.of(true)
              : Optional.empty();
        });
  }

  /// Raises and lowers demands of one of them; answers how often.
  int change(RandomGenerator random, BooleanSupplier goesOn) {
    int changes = 0;
    while (goesOn.getAsBoolean()) {
      String namespace = namespaces.get(random.nextInt(namespaces.size()));
      String hard =
          "{'spec':{'hard':{'configmaps':'%d','pods':'%d','count/widgets.race.example.com':'%d'}}}"
              .formatted(5 + random.nextInt(20), 5 + random.nextInt(20), 2 + random.nextInt(10))
              .replace('\'', '"');
      Answer changed =
          client.send("PATCH", collection(namespace) + '/' + CHANGED, KubeClient.MERGE, hard);
      assertThat(changed.code()).as(changed.text()).isEqualTo(200);
      changes++;
      if (random.nextInt(4) > 0) {
        awaitCounted(namespace, CHANGED);
      }
    }
    return changes;
  }

  /// Deletes one of them and makes it anew; answers how often.
  int remake(RandomGenerator random, BooleanSupplier goesOn) {
    int remade = 0;
    while (goesOn.getAsBoolean()) {
      String namespace = namespaces.get(random.nextInt(namespaces.size()));
      Answer deleted =
          client.send("DELETE", collection(namespace) + '/' + REMADE, KubeClient.JSON, "{}");
      assertThat(deleted.code()).as(deleted.text()).isEqualTo(200);
      make(namespace, REMADE);
      remade++;
      if (random.nextInt(4) > 0) {
        awaitCounted(namespace, REMADE);
      }
    }
    return remade;
  }
}
