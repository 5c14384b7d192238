package dev.pintle.kube.admission;

import static dev.pintle.kube.admission.AdmissionFixture.attempt;
import static dev.pintle.kube.admission.AdmissionFixture.text;
import static dev.pintle.kube.admission.AdmissionFixture.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.UserInfo;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What admission adds to objects by itself, and what it leaves alone.
class FillingInTest {
  private static final String REQUESTS = "certificates.k8s.io/v1/certificatesigningrequests";
  private static final String BOTH =
      "{\"spec\":{\"tolerations\":["
          + "{\"key\":\"node.kubernetes.io/not-ready\",\"operator\":\"Exists\",\"effect\":\"NoExecute\",\"tolerationSeconds\":300},"
          + "{\"key\":\"node.kubernetes.io/unreachable\",\"operator\":\"Exists\",\"effect\":\"NoExecute\",\"tolerationSeconds\":300}]}}";

  private AdmissionFixture cluster;

  @BeforeEach
  void open() throws IOException {
    cluster = new AdmissionFixture();
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private String pod(String pod) {
    return cluster.created(new DefaultTolerationSeconds(), "v1/pods", pod);
  }

  @Test
  void aPodStaysAWhileOnANodeThatIsGone() {
    assertThat(pod("{spec: {}}")).isEqualTo(BOTH);
    assertThat(pod("{spec: {tolerations: []}}")).isEqualTo(BOTH);
  }

  @Test
  void aPodThatSaysHowLongItStaysIsLeftAlone() {
    String own =
        "{spec: {tolerations: [{key: node.kubernetes.io/not-ready, effect: NoExecute, tolerationSeconds: 1}]}}";
    assertThat(pod(own))
        .contains("\"tolerationSeconds\":1}")
        .containsOnlyOnce("not-ready")
        .containsOnlyOnce("unreachable");
    String all = "{spec: {tolerations: [{operator: Exists}]}}";
    assertThat(pod(all)).isEqualTo(text(yaml(all)));
  }

  @Test
  void aTolerationOfAnotherEffectIsNoAnswer() {
    assertThat(pod("{spec: {tolerations: [{operator: Exists, effect: NoSchedule}]}}"))
        .contains("not-ready")
        .contains("unreachable");
  }

  @Test
  void aPartOfAPodGetsNoTolerations() {
    assertThat(cluster.created(new DefaultTolerationSeconds(), "v1/pods/status", "{spec: {}}"))
        .isEqualTo("{\"spec\":{}}");
    assertThat(cluster.created(new DefaultTolerationSeconds(), "v1/services", "{spec: {}}"))
        .isEqualTo("{\"spec\":{}}");
  }

  @Test
  void aNewNodeIsTaintedOnceAndAnOldOneNotAgain() {
    String taint =
        "{\"spec\":{\"taints\":[{\"key\":\"node.kubernetes.io/not-ready\",\"effect\":\"NoSchedule\"}]}}";
    TaintNodesByCondition taints = new TaintNodesByCondition();
    assertThat(cluster.created(taints, "v1/nodes", "{spec: {}}")).isEqualTo(taint);
    assertThat(cluster.created(taints, "v1/nodes", taint)).isEqualTo(taint);
    assertThat(cluster.updated(taints, "v1/nodes", "{spec: {}}", "{}")).isEqualTo("{\"spec\":{}}");
    assertThat(
            cluster.created(
                taints,
                "v1/nodes",
                "{spec: {taints: [{key: node.kubernetes.io/not-ready, effect: NoExecute}]}}"))
        .contains("NoExecute")
        .contains("NoSchedule");
  }

  @Test
  void whatStoresDataIsHeldUntilNobodyUsesIt() {
    StorageObjectInUseProtection protection = new StorageObjectInUseProtection();
    assertThat(cluster.created(protection, "v1/persistentvolumes", "{metadata: {}}"))
        .isEqualTo("{\"metadata\":{\"finalizers\":[\"kubernetes.io/pv-protection\"]}}");
    assertThat(
            cluster.created(
                protection, "v1/persistentvolumeclaims", "{metadata: {finalizers: [x/y]}}"))
        .isEqualTo("{\"metadata\":{\"finalizers\":[\"x/y\",\"kubernetes.io/pvc-protection\"]}}");
    String held = "{\"metadata\":{\"finalizers\":[\"kubernetes.io/vac-protection\"]}}";
    assertThat(cluster.created(protection, "storage.k8s.io/v1/volumeattributesclasses", held))
        .isEqualTo(held);
  }

  @Test
  void aFinalizerThatWasTakenAwayDoesNotComeBack() {
    assertThat(
            cluster.updated(
                new StorageObjectInUseProtection(), "v1/persistentvolumes", "{metadata: {}}", "{}"))
        .isEqualTo("{\"metadata\":{}}");
    assertThat(
            cluster.created(new StorageObjectInUseProtection(), "v1/configmaps", "{metadata: {}}"))
        .isEqualTo("{\"metadata\":{}}");
  }

  @Test
  void aRequestForACertificateSaysWhoSentItWhateverTheSenderSays() {
    JsonObject request =
        yaml("{spec: {username: root, uid: u, groups: [system:masters], extra: {a: [b]}}}");
    UserInfo jane = new UserInfo("jane", "", List.of("dev", "ops"), Map.of("k", List.of("v", "w")));
    new CertificateRequester()
        .prepare(attempt(Action.CREATE, REQUESTS, request, null, jane), cluster.view());
    assertThat(request)
        .isEqualTo(yaml("{spec: {username: jane, groups: [dev, ops], extra: {k: [v, w]}}}"));
  }

  @Test
  void whoChangesARequestForACertificateIsNotItsSender() {
    JsonObject request = yaml("{spec: {username: jane}}");
    new CertificateRequester()
        .mutate(
            attempt(Action.UPDATE, REQUESTS, request, yaml("{}"), UserInfo.SERVER), cluster.view());
    assertThat(request).isEqualTo(yaml("{spec: {username: jane}}"));
  }

  @Test
  void conditionsOfACertificateGetTheTimesThatTheirWriterLeftOut() {
    CertificateConditionTimes times =
        new CertificateConditionTimes(
            Clock.fixed(Instant.parse("2026-05-06T07:08:09.9Z"), ZoneOffset.UTC));
    String old =
        "{status: {conditions: [{type: Approved, status: 'True', lastTransitionTime: '2020-01-01T00:00:00Z'}]}}";
    String sent =
        "{status: {conditions: [{type: Approved, status: 'True'}, {type: Failed, status: 'True', lastUpdateTime: '2021-01-01T00:00:00Z'}]}}";
    assertThat(yaml(cluster.updated(times, REQUESTS + "/status", sent, old)))
        .isEqualTo(
            yaml(
                "{status: {conditions: ["
                    + "{type: Approved, status: 'True', lastUpdateTime: '2026-05-06T07:08:09Z', lastTransitionTime: '2020-01-01T00:00:00Z'},"
                    + "{type: Failed, status: 'True', lastUpdateTime: '2021-01-01T00:00:00Z', lastTransitionTime: '2026-05-06T07:08:09Z'}]}}"));
    assertThat(cluster.updated(times, REQUESTS, sent, old)).isEqualTo(text(yaml(sent)));
  }

  private void grow(String claim, String old) {
    new PersistentVolumeClaimResize(
            () -> attempt(Action.CREATE, "storage.k8s.io/v1/storageclasses", null, null).type())
        .validate(
            attempt(Action.UPDATE, "v1/persistentvolumeclaims", yaml(claim), yaml(old)),
            cluster.view());
  }

  @Test
  void aClaimGrowsOnlyWhereItsStorageCan() {
    String small = "{spec: {resources: {requests: {storage: 1Gi}}}, status: {phase: %s}}";
    String large = "{spec: {storageClassName: none, resources: {requests: {storage: 1025Mi}}}}";
    assertThatThrownBy(() -> grow(large, small.formatted("Pending")))
        .hasMessageContaining("Only bound persistent volume claims can be expanded");
    assertThatThrownBy(() -> grow(large, small.formatted("Bound")))
        .hasMessageContaining("only dynamically provisioned pvc can be resized");
    // As large in another form, and smaller, are others' to judge.
    grow("{spec: {resources: {requests: {storage: 1024Mi}}}}", small.formatted("Pending"));
    grow("{spec: {resources: {requests: {storage: 1Mi}}}}", small.formatted("Pending"));
  }

  @Test
  void aPodOfARuntimeClassThatIsNotThereIsRejected() {
    RuntimeClasses classes =
        new RuntimeClasses(
            () -> attempt(Action.CREATE, "node.k8s.io/v1/runtimeclasses", null, null).type());
    JsonObject pod = yaml("{spec: {runtimeClassName: 'a\"b'}}");
    assertThatThrownBy(
            () -> classes.mutate(attempt(Action.CREATE, "v1/pods", pod, null), cluster.view()))
        .hasMessageContaining("pod rejected: RuntimeClass \"a\\\"b\" not found");
    JsonObject costly = yaml("{spec: {overhead: {cpu: 1}}}");
    assertThatThrownBy(
            () -> classes.validate(attempt(Action.CREATE, "v1/pods", costly, null), cluster.view()))
        .hasMessageContaining("Pod Overhead set without corresponding RuntimeClass");
    // What runs is not judged again.
    classes.validate(attempt(Action.UPDATE, "v1/pods", costly, costly), cluster.view());
  }
}
