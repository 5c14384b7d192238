package dev.pintle.kube;

import static dev.pintle.kube.Api.MERGE;
import static dev.pintle.kube.Api.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.object.JsonWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The rules of what a pod may use, what it costs and where it runs, and when a claim grows. The whole of it is held
/// against the real server elsewhere.
final class PodAdmissionTest {
  private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";
  private static final String CONTAINERS = "\"containers\":[{\"name\":\"c\",\"image\":\"nginx\"}]";
  private static final String CLASSES = "/apis/node.k8s.io/v1/runtimeclasses";
  private static final String CLAIMS = "/api/v1/namespaces/default/persistentvolumeclaims";

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  private Answer pod(String annotations, String spec) throws InterruptedException {
    return api.post(
        PODS,
        "{\"metadata\":{\"name\":\"p\",\"annotations\":{%s}},\"spec\":{%s,%s}}"
            .formatted(annotations, spec, CONTAINERS));
  }

  @Test
  void podsOfAStrictAccountUseItsSecretsAlone() throws InterruptedException {
    api.post(
        ACCOUNTS,
        """
        {"metadata":{"name":"strict","annotations":{"kubernetes.io/enforce-mountable-secrets":"true"}},"secrets":[{"name":"own"}]}
        """);
    String volume =
        "\"serviceAccountName\":\"strict\",\"volumes\":[{\"name\":\"v\",\"secret\":{\"secretName\":\"%s\"}}]";

    Answer other = pod("", volume.formatted("other"));
    assertThat(other.code()).isEqualTo(403);
    assertThat(other.message())
        .isEqualTo(
            "pods \"p\" is forbidden: volume with secret.secretName=\"other\" is not allowed because service account strict does not reference that secret");
    assertThat(pod("", volume.formatted("own")).code()).isEqualTo(201);
  }

  @Test
  void aMirrorPodHasNeitherAccountNorSecrets() throws InterruptedException {
    String mirror = "\"kubernetes.io/config.mirror\":\"h\"";
    api.post(ACCOUNTS, "{\"metadata\":{\"name\":\"default\"}}");

    assertThat(pod(mirror, "\"nodeName\":\"n\",\"serviceAccountName\":\"default\"").message())
        .endsWith("a mirror pod may not reference service accounts");
    assertThat(pod(mirror, "\"nodeName\":\"n\",\"imagePullSecrets\":[{\"name\":\"s\"}]").message())
        .endsWith("a mirror pod may not reference secrets");
    assertThat(pod(mirror, "\"nodeName\":\"n\"").code()).isEqualTo(201);
  }

  @Test
  void aPodCostsWhatItsRuntimeClassCosts() throws InterruptedException {
    api.post(
        CLASSES,
        """
        {"metadata":{"name":"costly"},"handler":"h","overhead":{"podFixed":{"cpu":"250m"}},"scheduling":{"nodeSelector":{"a":"b"}}}
        """);
    api.post(ACCOUNTS, "{\"metadata\":{\"name\":\"default\"}}");

    assertThat(pod("", "\"runtimeClassName\":\"nobody\"").message())
        .endsWith("pod rejected: RuntimeClass \"nobody\" not found");
    assertThat(pod("", "\"overhead\":{\"cpu\":\"1\"}").code()).isEqualTo(403);
    Answer made = pod("", "\"runtimeClassName\":\"costly\"");
    assertThat(made.code()).isEqualTo(201);
    assertThat(JsonWriter.text(made.body()))
        .contains("\"overhead\":{\"cpu\":\"250m\"}")
        .contains("\"nodeSelector\":{\"a\":\"b\"}");
  }

  @Test
  void aClaimGrowsOnlyWhereItsClassLetsIt() throws InterruptedException {
    String classes = "/apis/storage.k8s.io/v1/storageclasses";
    String more = "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"2Gi\"}}}}";
    api.post(
        classes,
        "{\"metadata\":{\"name\":\"grows\"},\"provisioner\":\"e.com/p\",\"allowVolumeExpansion\":true}");
    api.post(classes, "{\"metadata\":{\"name\":\"fixed\"},\"provisioner\":\"e.com/p\"}");
    for (String name : new String[] {"grows", "fixed"}) {
      api.post(
          CLAIMS,
          "{\"metadata\":{\"name\":\"%1$s\"},\"spec\":{\"storageClassName\":\"%1$s\",\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}}"
              .formatted(name));
      assertThat(api.patch(CLAIMS + "/" + name, MERGE, more).code()).isEqualTo(422);
      api.patch(CLAIMS + "/" + name + "/status", MERGE, "{\"status\":{\"phase\":\"Bound\"}}");
    }

    assertThat(api.patch(CLAIMS + "/grows", MERGE, more).code()).isEqualTo(200);
    Answer refused = api.patch(CLAIMS + "/fixed", MERGE, more);
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.message()).contains("the storageclass that provisions the pvc must support");
    assertThat(
            api.patch(CLAIMS + "/grows", MERGE, "{\"spec\":{\"accessModes\":[\"ReadOnlyMany\"]}}")
                .code())
        .isEqualTo(422);
  }
}
