package dev.pintle.kube.strategy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import org.junit.jupiter.api.Test;

final class StrategiesTest {
  private static final TypeSnapshot TYPES = BuiltInTypes.load().snapshot();
  private final Strategies strategies = Strategies.builtIn();

  private static ResourceType type(String version, String plural) {
    return requireNonNull(TYPES.resource(GroupVersion.parse(version), plural), plural);
  }

  private static JsonObject yaml(String text) {
    return YamlReader.read(text) instanceof JsonObject object ? object : new JsonObject();
  }

  private JsonObject created(String version, String plural, String text) {
    JsonObject object = yaml(text);
    strategies.normalize(type(version, plural), object);
    strategies.prepareForCreate(type(version, plural), object);
    return object;
  }

  private JsonObject updated(
      String version, String plural, String old, String text, String subresource) {
    JsonObject object = yaml(text);
    strategies.prepareForUpdate(type(version, plural), object, yaml(old), subresource);
    return object;
  }

  private static void assertSame(Json actual, String expected) {
    assertThat(JsonWriter.text(actual)).isEqualTo(JsonWriter.text(yaml(expected)));
  }

  @Test
  void everyLineOfTheTableCanBeRead() {
    Strategies.table().readAll();
  }

  @Test
  void clientsDoNotBringAStatus() {
    assertSame(
        created("apps/v1", "deployments", "{spec: {}, status: {replicas: 3}}"), "{spec: {}}");
  }

  @Test
  void anUpdateLeavesTheStatusAlone() {
    assertSame(
        updated(
            "apps/v1",
            "replicasets",
            "{spec: {}, status: {replicas: 3}}",
            "{spec: {a: 1}, status: {}}",
            ""),
        "{spec: {a: 1}, status: {replicas: 3}}");
  }

  @Test
  void anUpdateOfTheStatusLeavesTheRestAlone() {
    assertSame(
        updated(
            "apps/v1",
            "replicasets",
            "{spec: {a: 1}, status: {}}",
            "{spec: {a: 2}, b: 3, status: {c: 4}}",
            "status"),
        "{status: {c: 4}, spec: {a: 1}}");
  }

  @Test
  void aNamespaceIsFinishedByItsController() {
    assertSame(
        created("v1", "namespaces", "{spec: {finalizers: [mine/a]}}"),
        "{spec: {finalizers: [mine/a, kubernetes]}, status: {phase: Active}}");
  }

  @Test
  void textsOfASecretBecomeItsData() {
    assertSame(
        created("v1", "secrets", "{data: {a: eA==, b: eQ==}, stringData: {b: z}}"),
        "{data: {a: eA==, b: eg==}}");
  }

  @Test
  void aJobFindsItsPodsByItsUid() {
    JsonObject job =
        created(
            "batch/v1",
            "jobs",
            "{metadata: {name: j, uid: u}, spec: {manualSelector: false, template: {}}}");
    assertSame(
        requireNonNull(job.objectAt("spec").object("selector")),
        "{matchLabels: {batch.kubernetes.io/controller-uid: u}}");
    assertThat(job.objectAt("metadata").object("labels"))
        .isEqualTo(
            yaml(
                "{job-name: j, controller-uid: u, batch.kubernetes.io/job-name: j, batch.kubernetes.io/controller-uid: u}"));
  }

  @Test
  void aJobThatSelectsByItselfIsLeftAlone() {
    String text =
        "{metadata: {name: j, uid: u}, spec: {manualSelector: true, selector: {matchLabels: {a: b}}}}";
    assertSame(created("batch/v1", "jobs", text), text);
  }

  @Test
  void templatesOfDaemonsAreCounted() {
    String old =
        "{metadata: {annotations: {deprecated.daemonset.template.generation: '4'}}, spec: {template: {a: 1}}}";
    assertThat(generation(created("apps/v1", "daemonsets", "{spec: {}}"))).isEqualTo("1");
    assertThat(generation(updated("apps/v1", "daemonsets", old, "{spec: {template: {a: 1}}}", "")))
        .isEqualTo("4");
    assertThat(generation(updated("apps/v1", "daemonsets", old, "{spec: {template: {a: 2}}}", "")))
        .isEqualTo("5");
  }

  private static String generation(JsonObject daemons) {
    return requireNonNull(
        daemons
            .objectAt("metadata")
            .objectAt("annotations")
            .text("deprecated.daemonset.template.generation"));
  }

  @Test
  void annotationsOfADeploymentCountAsAChange() {
    String old = "{metadata: {generation: 2}, spec: {a: 1}}";
    String text = "{metadata: {generation: 2, annotations: {b: c}}, spec: {a: 1}}";
    assertThat(
            updated("apps/v1", "deployments", old, text, "").objectAt("metadata").get("generation"))
        .isEqualTo(Json.of(3));
  }

  @Test
  void podsAreClassedByWhatTheyRequest() {
    assertThat(classOf("{}")).isEqualTo("BestEffort");
    assertThat(classOf("{resources: {requests: {cpu: '1'}}}")).isEqualTo("Burstable");
    assertThat(
            classOf(
                "{resources: {requests: {cpu: '1', memory: 1Gi}, limits: {cpu: 1000m, memory: 1024Mi}}}"))
        .isEqualTo("Guaranteed");
    assertThat(classOf("{resources: {limits: {cpu: '1'}}}")).isEqualTo("Burstable");
    assertThat(classOf("{}, {resources: {limits: {cpu: '1', memory: '1'}}}"))
        .isEqualTo("Burstable");
  }

  private String classOf(String containers) {
    JsonObject pod = created("v1", "pods", "{spec: {containers: [%s]}}".formatted(containers));
    return requireNonNull(pod.objectAt("status").text("qosClass"));
  }

  @Test
  void keysOfLabelsBecomeSelectors() {
    JsonObject pod =
        created(
            "v1",
            "pods",
            "{metadata: {labels: {a: b}}, spec: {topologySpreadConstraints: [{labelSelector: {}, matchLabelKeys: [a, c]}]}}");
    assertThat(
            JsonWriter.text(requireNonNull(pod.objectAt("spec").get("topologySpreadConstraints"))))
        .contains("\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"In\",\"values\":[\"b\"]}]");
  }

  @Test
  void aServiceGivesUpWhatItsTypeHasNoUseFor() {
    String old =
        "{spec: {type: NodePort, clusterIP: 10.0.0.5, clusterIPs: [10.0.0.5], externalTrafficPolicy: Cluster, ports: [{port: 1, nodePort: 30001}]}}";
    String text =
        "{spec: {type: ExternalName, externalName: a.b, clusterIP: 10.0.0.5, clusterIPs: [10.0.0.5], externalTrafficPolicy: Cluster, ports: [{port: 1, nodePort: 30001}]}}";
    assertSame(
        updated("v1", "services", old, text, ""),
        "{spec: {type: ExternalName, externalName: a.b, ports: [{port: 1}]}}");
  }

  private static final String CLAIM = "{kind: PersistentVolumeClaim, name: a}";

  @Test
  void whatAClaimIsFilledWithIsSaidInBothFields() {
    String both = "{spec: {%s: %s, %s: %s}, status: {phase: Pending}}";
    assertSame(
        created("v1", "persistentvolumeclaims", "{spec: {dataSource: %s}}".formatted(CLAIM)),
        both.formatted("dataSource", CLAIM, "dataSourceRef", CLAIM));
    assertSame(
        created("v1", "persistentvolumeclaims", "{spec: {dataSourceRef: %s}}".formatted(CLAIM)),
        both.formatted("dataSourceRef", CLAIM, "dataSource", CLAIM));
  }

  @Test
  void theOlderFieldTakesClaimsAndSnapshotsAlone() {
    String nothing = "{spec: {}, status: {phase: Pending}}";
    assertSame(
        created("v1", "persistentvolumeclaims", "{spec: {dataSource: {kind: Pod, name: a}}}"),
        nothing);
    assertSame(
        created(
            "v1",
            "persistentvolumeclaims",
            "{spec: {dataSource: {apiGroup: e.com, kind: PersistentVolumeClaim, name: a}}}"),
        nothing);
    assertThat(
            created(
                    "v1",
                    "persistentvolumeclaims",
                    "{spec: {dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: a}}}")
                .objectAt("spec")
                .objectAt("dataSourceRef")
                .text("apiGroup"))
        .isEqualTo("snapshot.storage.k8s.io");
  }

  @Test
  void theNewerFieldTakesAnythingButFromAnotherNamespace() {
    assertThat(
            created("v1", "persistentvolumeclaims", "{spec: {dataSourceRef: {kind: Pod, name: a}}}")
                .objectAt("spec")
                .has("dataSource"))
        .isTrue();
    assertSame(
        created(
            "v1",
            "persistentvolumeclaims",
            "{spec: {dataSourceRef: {kind: Pod, name: a, namespace: other}}}"),
        "{spec: {}, status: {phase: Pending}}");
  }

  @Test
  void aClaimOfBeforeIsNotChangedByWhoLeavesTheNewerFieldOut() {
    JsonObject stored = yaml("{spec: {dataSource: %s}, status: {}}".formatted(CLAIM));
    JsonObject update = yaml("{spec: {dataSource: %s}, status: {}}".formatted(CLAIM));
    strategies.prepareForUpdate(type("v1", "persistentvolumeclaims"), update, stored, "");

    assertThat(update.object("spec")).isEqualTo(stored.object("spec"));
    assertThat(update.objectAt("spec").has("dataSourceRef")).isTrue();
  }
}
