package dev.pintle.kube.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;
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

  private static ResourceType type(String kind) {
    return TYPES.resources().stream()
        .filter(each -> each.kind().equals(kind))
        .findFirst()
        .orElseThrow();
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
    ResourceType type = type(kind);
    JsonObject old = object(type, body);
    JsonObject next = old.copy();
    next.objectAt("metadata").objectAt("labels").set("new", "x");
    assertThat(places(VALIDATION.onCreate(type, old))).containsExactly(place);
    assertThat(VALIDATION.onUpdate(type, next, old, "")).isEmpty();
  }

  private static JsonObject deployment(String podFields) {
    String spec =
        "{replicas: 1, selector: {matchLabels: {a: b}}, strategy: {type: Recreate}, template: POD(%s)POD}"
            .formatted(podFields);
    return object(type("Deployment"), "{spec: " + spec + "}");
  }

  private static JsonObject labelled(JsonObject old) {
    JsonObject next = old.copy();
    next.objectAt("metadata").objectAt("labels").set("new", "x");
    return next;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hostNetwork: true, securityContext: {sysctls: [{name: net.x, value: '1'}]} | securityContext.sysctls[0].name
          initContainers: [{name: i, image: i, terminationMessagePolicy: File, imagePullPolicy: Always, securityContext: {allowPrivilegeEscalation: false, capabilities: {add: [CAP_SYS_ADMIN]}}}] | initContainers[0].securityContext
          hostUsers: false, volumes: [{name: v, persistentVolumeClaim: {claimName: v}}], initContainers: [{name: i, image: i, terminationMessagePolicy: File, imagePullPolicy: Always, volumeDevices: [{name: v, devicePath: /d}]}] | initContainers[0].volumeDevices
          hostUsers: false, hostNetwork: true | hostNetwork
          volumes: [{name: v, image: {reference: '', pullPolicy: Always}}] | volumes[0].image.reference
          initContainers: [{name: i, image: i, terminationMessagePolicy: File, imagePullPolicy: Always, resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]}] | initContainers[0].resizePolicy[0].restartPolicy
          tolerations: [{key: a, operator: Lt, value: '5'}] | tolerations[0].operator
          """)
  void whatWasWrongInAPodMayStay(String podFields, String place) {
    ResourceType type = type("Deployment");
    JsonObject old = deployment(podFields);
    assertThat(places(VALIDATION.onCreate(type, old)))
        .containsExactly("spec.template.spec." + place);
    assertThat(VALIDATION.onUpdate(type, labelled(old), old, "")).isEmpty();
    assertThat(places(VALIDATION.onUpdate(type, old, deployment("nodeName: ''"), "")))
        .containsExactly("spec.template.spec." + place);
  }

  @Test
  void aSetWhoseClaimsBecomeVolumesMayKeepSettingsOfTheHost() {
    ResourceType type = type("StatefulSet");
    JsonObject old =
        object(
            type,
            "{spec: {replicas: 1, serviceName: s, podManagementPolicy: OrderedReady, selector: {matchLabels: {a: b}}, updateStrategy: {type: OnDelete}, template: POD(hostname: h, hostNetwork: true, securityContext: {sysctls: [{name: net.x, value: '1'}]})POD}}");
    assertThat(places(VALIDATION.onCreate(type, old)))
        .containsExactly("spec.template.spec.securityContext.sysctls[0].name");
    assertThat(VALIDATION.onUpdate(type, labelled(old), old, "")).isEmpty();
  }

  @Test
  void tolerationsThatCompareMayComeAgainWithWholeNumbersOnly() {
    ResourceType type = type("Deployment");
    JsonObject old = deployment("tolerations: [{key: a, operator: Lt, value: '5'}]");
    JsonObject next =
        deployment(
            "tolerations: [{key: a, operator: Gt, value: '05'}, {key: a, operator: Gt, value: x}]");
    assertThat(VALIDATION.onUpdate(type, next, old, ""))
        .extracting(FieldError::detail)
        .containsExactly(
            "must be a valid decimal integer in canonical form",
            "must be a valid decimal integer in canonical form",
            "strconv.ParseInt: parsing \"x\": invalid syntax");
  }

  @Test
  void keysThatSpreadAndSelectAreLookedAtAsTheyOnceWere() {
    ResourceType type = type("Deployment");
    String selector =
        "labelSelector: {matchLabels: {a: b}, matchExpressions: [{key: a, operator: Exists}]}";
    JsonObject old =
        deployment(
            "topologySpreadConstraints: [{maxSkew: 1, topologyKey: x, whenUnsatisfiable: DoNotSchedule, matchLabelKeys: [a], %s}]"
                .formatted(selector));
    String place = "spec.template.spec.topologySpreadConstraints[0]";
    assertThat(places(VALIDATION.onCreate(type, old))).containsExactly(place + "[0]");
    assertThat(places(VALIDATION.onUpdate(type, labelled(old), old, "")))
        .containsExactly(place + ".matchLabelKeys[0]");
  }

  @Test
  void selectorsOfVolumesMayNotStayWrong() {
    ResourceType type = type("DaemonSet");
    JsonObject old =
        object(
            type,
            "{spec: {selector: BAD, template: POD(volumes: [{name: v, projected: {defaultMode: 420, sources: [{clusterTrustBundle: {signerName: a.b/c, path: p, labelSelector: BAD}}]}}])POD, updateStrategy: {type: OnDelete}, revisionHistoryLimit: 1}}");
    assertThat(places(VALIDATION.onUpdate(type, labelled(old), old, "")))
        .containsExactly(
            "spec.template.spec.volumes[0].projected.sources[0].clusterTrustBundle.labelSelector.matchExpressions[0].values[0]");
  }

  @Test
  void theGroupOfTheSourceOfAClaimIsNotLookedAtOnceThereIsOne() {
    ResourceType type = type("PersistentVolumeClaim");
    String claim =
        "{spec: {accessModes: [ReadWriteOnce], volumeMode: Filesystem, resources: {requests: {storage: 1Gi}}, dataSource: {apiGroup: %s, kind: K, name: nn}}, status: {phase: Pending}}";
    JsonObject old = object(type, claim.formatted("a.io"));
    JsonObject next = object(type, claim.formatted("'A B'"));
    assertThat(places(VALIDATION.onCreate(type, next))).containsExactly("spec.dataSource.apiGroup");
    assertThat(places(VALIDATION.onUpdate(type, next, old, ""))).containsExactly("spec");
  }
}
