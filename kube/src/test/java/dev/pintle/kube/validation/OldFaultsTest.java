package dev.pintle.kube.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OldFaultsTest {
  private static final TypeSnapshot TYPES = BuiltInTypes.load().snapshot();
  private static final ObjectValidation VALIDATION = ObjectValidation.builtIn(false);
  private static final String BAD =
      "{matchLabels: {a: b}, matchExpressions: [{key: a, operator: NotIn, values: ['no value!']}]}";
  private static final String NODES =
      "{nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In, values: ['no value!']}]}]}";
  private static final String TEMPLATE =
      "{metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, terminationMessagePolicy: File, imagePullPolicy: Always}], restartPolicy: Always, dnsPolicy: ClusterFirst, terminationGracePeriodSeconds: 30%s}}";

  private static String filled(String text) {
    return text.replace("BAD", BAD)
        .replace("NODES", NODES)
        .replace("POD(", TEMPLATE.substring(0, TEMPLATE.indexOf("%s")) + ", ")
        .replace(")POD", "}}")
        .replace("POD", TEMPLATE.formatted(""));
  }

  private static JsonObject object(ResourceType type, String body) {
    if (!(YamlReader.read(filled(body)) instanceof JsonObject object)) {
      throw new IllegalArgumentException(body + " (expected: an object)");
    }
    object.set("apiVersion", type.groupVersion().text()).set("kind", type.kind());
    JsonObject metadata = object.objectAt("metadata");
    metadata
        .set("name", "x")
        .set("uid", "u")
        .set("resourceVersion", "1")
        .set("creationTimestamp", "2020-01-01T00:00:00Z");
    if (type.namespaced()) {
      metadata.set("namespace", "default");
    }
    return object;
  }

  private static List<String> places(List<FieldError> errors) {
    return errors.stream().map(FieldError::field).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DaemonSet | {spec: {selector: BAD, template: POD, updateStrategy: {type: OnDelete}, revisionHistoryLimit: 1}} | spec.selector.matchExpressions[0].values[0]
          PersistentVolumeClaim | {spec: {accessModes: [ReadWriteOnce], selector: BAD, volumeMode: Filesystem, resources: {requests: {storage: 1Gi}}}, status: {phase: Pending}} | spec.selector.matchExpressions[0].values[0]
          CSIStorageCapacity | {nodeTopology: BAD, storageClassName: x} | nodeTopology.matchExpressions[0].values[0]
          Deployment | {spec: {replicas: 1, selector: {matchLabels: {a: b}}, strategy: {type: Recreate}, template: POD(affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: NODES}})POD}} | spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values[0]
          Deployment | {spec: {replicas: 1, selector: {matchLabels: {a: b}}, strategy: {type: Recreate}, template: POD(affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: x, labelSelector: BAD}]}})POD}} | spec.template.spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchExpressions[0].values[0]
          Deployment | {spec: {replicas: 1, selector: {matchLabels: {a: b}}, strategy: {type: Recreate}, template: POD(topologySpreadConstraints: [{maxSkew: 1, topologyKey: x, whenUnsatisfiable: DoNotSchedule, labelSelector: BAD}])POD}} | spec.template.spec.topologySpreadConstraints[0].labelSelector.matchExpressions[0].values[0]
          PersistentVolume | {spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /x, type: ''}, persistentVolumeReclaimPolicy: Retain, volumeMode: Filesystem, nodeAffinity: {required: NODES}}} | spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values[0]
          """)
  void whatWasWrongMayStay(String kind, String body, String place) {
    ResourceType type =
        TYPES.resources().stream()
            .filter(each -> each.kind().equals(kind))
            .findFirst()
            .orElseThrow();
    JsonObject old = object(type, body);
    JsonObject next = old.copy();
    next.objectAt("metadata").objectAt("labels").set("new", "x");
    assertThat(places(VALIDATION.onCreate(type, old))).containsExactly(place);
    assertThat(VALIDATION.onUpdate(type, next, old, "")).isEmpty();
  }
}
