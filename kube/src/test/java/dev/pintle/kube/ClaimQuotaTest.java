package dev.pintle.kube;

import static dev.pintle.kube.Api.MERGE;
import static dev.pintle.kube.Api.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What claims of devices use of quotas, and what it takes to tell.
final class ClaimQuotaTest {
  private static final String QUOTAS = "/api/v1/namespaces/default/resourcequotas";
  private static final String CLAIMS = "/apis/resource.k8s.io/v1/namespaces/default/resourceclaims";
  private static final String STORED = "/registry/resourceclaims/default/";
  private static final String DEVICES = "requests.deviceclass.resource.kubernetes.io/gpu";
  private static final int MANY = 100;

  private final Api api =
      new Api(
          KubeConfig.DEFAULT.withControllers(
              ControllerSelection.parse("resourcequota-controller,serviceaccount-controller")));

  @BeforeEach
  void start() throws InterruptedException {
    api.settledIn();
    api.until("/api/v1/namespaces/default/serviceaccounts/default", one -> one.code() == 200);
    Answer made =
        api.post(
            "/apis/resource.k8s.io/v1/deviceclasses",
            "{\"metadata\":{\"name\":\"gpu\"},\"spec\":{\"extendedResourceName\":\"example.com/gpu\"}}");
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void quota(String name, String hard) throws InterruptedException {
    api.post(
        QUOTAS, "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"hard\":%s}}".formatted(name, hard));
    api.until(QUOTAS + "/" + name, one -> one.body().objectAt("status").has("used"));
  }

  private void untilUsed(String name, String resource, String amount) throws InterruptedException {
    api.until(
        QUOTAS + "/" + name,
        one -> one.body().objectAt("status").objectAt("used").textOrEmpty(resource).equals(amount));
  }

  /// A claim that says to be made for the extended resources of a pod.
  private static String claim(String name, String year, String uid) {
    return """
    {"kind":"ResourceClaim","apiVersion":"resource.k8s.io/v1","metadata":{"name":"%s","namespace":"default","uid":"u-%s",
    "creationTimestamp":"%s-01-01T00:00:00Z","annotations":{"resource.kubernetes.io/extended-resource-claim":"true"},
    "ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":"p","uid":"%s","controller":true}]},
    "spec":{"devices":{"requests":[{"name":"r","exactly":{"deviceClassName":"gpu","allocationMode":"ExactCount","count":1}}]}}}\
    """
        .formatted(name, name, year, uid)
        .replace("\n", "");
  }

  private String pod() throws InterruptedException {
    Answer made =
        api.pod(
            "p",
            "\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"resources\":{\"requests\":{\"example.com/gpu\":\"1\"},\"limits\":{\"example.com/gpu\":\"1\"}}}]");
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
    return made.metadata().textOrEmpty("uid");
  }

  private void store(String name, String year, String uid) throws InterruptedException {
    api.store(STORED + name, claim(name, year, uid).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void claimsAreCountedInAFewWalks() throws InterruptedException {
    String uid = pod();
    // The older a claim the later it comes in the store: who looks for an older one walks far.
    for (int i = 0; i <= MANY; i++) {
      store("a%03d".formatted(i), Integer.toString(2_020 - i), uid);
    }
    long before = api.reads().visited(STORED);
    quota(
        "q",
        "{\"count/resourceclaims.resource.k8s.io\":\"100000\",\"%s\":\"100000\",\"requests.example.com/gpu\":\"100000\"}"
            .formatted(DEVICES));
    untilUsed("q", "count/resourceclaims.resource.k8s.io", Integer.toString(MANY + 1));
    // The device of the oldest one is what the pod asks for.
    untilUsed("q", "requests.example.com/gpu", Integer.toString(MANY + 1));
    assertThat(api.reads().visited(STORED) - before).isLessThan(20L * MANY);
  }

  @Test
  void aChangeOfAClaimIsLookedAtByAWorker() throws InterruptedException {
    quota("q", "{\"count/resourceclaims.resource.k8s.io\":\"100\",\"pods\":\"100\"}");
    String uid = pod();
    store("a", "2020", uid);
    store("b", "2021", uid);
    long before = api.reads().readsByInformer();
    String labels = "{\"metadata\":{\"labels\":{\"c\":\"d\"}}}";
    Answer patched = api.patch(CLAIMS + "/b", MERGE, labels);
    assertThat(patched.code()).as(patched.exchange().text()).isEqualTo(200);
    api.patch(PODS + "/p", MERGE, labels);
    api.patch(PODS + "/p/status", MERGE, "{\"status\":{\"phase\":\"Succeeded\"}}");
    untilUsed("q", "pods", "0");
    assertThat(api.reads().readsByInformer()).isEqualTo(before);
  }

  @Test
  void aClaimThatIsMadeForAPodLaterCountsWithIt() throws InterruptedException {
    quota("q", "{\"requests.example.com/gpu\":\"10\"}");
    String uid = pod();
    String claim = claim("a", "2021", uid);
    String unowned = claim.replace("extended-resource-claim", "other");
    Answer made = api.post(CLAIMS, unowned);
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
    untilUsed("q", "requests.example.com/gpu", "2");
    api.patch(
        CLAIMS + "/a",
        MERGE,
        "{\"metadata\":{\"annotations\":{\"resource.kubernetes.io/extended-resource-claim\":\"true\"}}}");
    untilUsed("q", "requests.example.com/gpu", "1");
  }
}
