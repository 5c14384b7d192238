package dev.pintle.kube.defaults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.rule.TableFile;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TypeDefaultsTest {
  private static final BuiltInTypes TYPES = BuiltInTypes.load();
  private final TypeDefaults defaults = TypeDefaults.builtIn(TypeDefaultsTest::json);

  private static Json json(String text) {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private JsonObject filled(String version, String plural, String text) {
    JsonObject object =
        YamlReader.read(text) instanceof JsonObject given ? given : new JsonObject();
    var type =
        requireNonNull(TYPES.snapshot().resource(GroupVersion.parse(version), plural), plural);
    defaults.apply(type.schema(), object);
    return object;
  }

  @Test
  void aPodTemplateHasItsDefaultsWhereverItStands() {
    JsonObject deployment =
        filled(
            "apps/v1",
            "deployments",
            "{spec: {template: {spec: {containers: [{name: c, image: 'i:1'}]}}}}");
    JsonObject podSpec = deployment.objectAt("spec").objectAt("template").objectAt("spec");
    assertThat(podSpec.text("dnsPolicy")).isEqualTo("ClusterFirst");
    assertThat(podSpec.text("restartPolicy")).isEqualTo("Always");
    assertThat(requireNonNull(podSpec.array("containers")).at(0))
        .isEqualTo(
            json(
                "{\"name\":\"c\",\"image\":\"i:1\",\"imagePullPolicy\":\"IfNotPresent\","
                    + "\"terminationMessagePath\":\"/dev/termination-log\",\"terminationMessagePolicy\":\"File\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, Always",
    "nginx:latest, Always",
    "nginx:1, IfNotPresent",
    "a.b:5000/c, Always",
    "c@sha256:0, IfNotPresent"
  })
  void imagesThatMayMoveArePulledAlways(String image, String policy) {
    assertThat(ImageName.pullPolicy(image)).isEqualTo(policy);
  }

  @Test
  void aJobOfACronJobGetsItsDefaultsWhenItIsMade() {
    JsonObject spec =
        filled("batch/v1", "cronjobs", "{spec: {jobTemplate: {spec: {}}}}").objectAt("spec");
    assertThat(spec.text("concurrencyPolicy")).isEqualTo("Allow");
    assertThat(spec.objectAt("jobTemplate").objectAt("spec").has("backoffLimit")).isFalse();
    assertThat(filled("batch/v1", "jobs", "{spec: {}}").objectAt("spec").get("backoffLimit"))
        .isEqualTo(Json.of(6));
  }

  @Test
  void zeroIsAValueToThoseWhoCanTell() {
    JsonObject job =
        filled("batch/v1", "jobs", "{spec: {parallelism: 0, backoffLimitPerIndex: 0}}");
    assertThat(job.objectAt("spec").has("completions")).isFalse();
    assertThat(job.objectAt("spec").get("backoffLimit")).isEqualTo(Json.of(Integer.MAX_VALUE));
    assertThat(
            filled("apps/v1", "deployments", "{spec: {replicas: 0}}")
                .objectAt("spec")
                .get("replicas"))
        .isEqualTo(Json.of(0));
  }

  @Test
  void portsOfAServiceLeadToTheSamePort() {
    JsonObject spec = filled("v1", "services", "{spec: {ports: [{port: 80}]}}").objectAt("spec");
    assertThat(requireNonNull(spec.array("ports")).at(0))
        .isEqualTo(json("{\"port\":80,\"protocol\":\"TCP\",\"targetPort\":80}"));
    assertThat(spec.text("internalTrafficPolicy")).isEqualTo("Cluster");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1 pods {spec: {containers: [{resources: {requests: {memory: AMOUNT}}}]}}",
        "v1 pods {spec: {initContainers: [{resources: {limits: {memory: AMOUNT}}}]}}",
        "v1 pods {spec: {ephemeralContainers: [{resources: {limits: {memory: AMOUNT}}}]}}",
        "v1 pods {spec: {resources: {limits: {memory: AMOUNT}}}}",
        "v1 pods {spec: {overhead: {memory: AMOUNT}}}",
        "v1 pods {spec: {volumes: [{ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: AMOUNT}}}}}}]}}",
        "v1 pods {status: {allocatedResources: {memory: AMOUNT}}}",
        "v1 pods {status: {containerStatuses: [{allocatedResources: {memory: AMOUNT}, resources: {limits: {memory: AMOUNT}}}]}}",
        "v1 nodes {status: {capacity: {memory: AMOUNT}, allocatable: {memory: AMOUNT}}}",
        "v1 persistentvolumes {spec: {capacity: {storage: AMOUNT}}}",
        "v1 persistentvolumeclaims {spec: {resources: {requests: {storage: AMOUNT}}}}",
        "v1 persistentvolumeclaims {status: {capacity: {storage: AMOUNT}, allocatedResources: {storage: AMOUNT}}}",
        "v1 resourcequotas {spec: {hard: {memory: AMOUNT}}, status: {hard: {memory: AMOUNT}, used: {memory: AMOUNT}}}",
        "v1 limitranges {spec: {limits: [{type: Pod, min: {memory: AMOUNT}, max: {memory: AMOUNT}, maxLimitRequestRatio: {memory: AMOUNT}}]}}",
        "v1 limitranges {spec: {limits: [{default: {memory: AMOUNT}, defaultRequest: {memory: AMOUNT}}]}}",
        "apps/v1 deployments {spec: {template: {spec: {containers: [{resources: {limits: {memory: AMOUNT}}}]}}}}",
        "apps/v1 statefulsets {spec: {volumeClaimTemplates: [{spec: {resources: {requests: {storage: AMOUNT}}}}]}}",
        "batch/v1 cronjobs {spec: {jobTemplate: {spec: {template: {spec: {containers: [{resources: {limits: {memory: AMOUNT}}}]}}}}}}",
        "storage.k8s.io/v1 volumeattachments {spec: {source: {inlineVolumeSpec: {capacity: {storage: AMOUNT}}}}}"
      })
  void anAmountFinerThanAThousandthIsRoundedUpWhereverItStands(String given) {
    String[] parts = given.split(" ", 3);
    String finer = filled(parts[0], parts[1], parts[2].replace("AMOUNT", "1n")).toString();
    String rounded = filled(parts[0], parts[1], parts[2].replace("AMOUNT", "1m")).toString();
    assertThat(finer).isEqualTo(rounded).contains("1m");
  }

  @ParameterizedTest
  @CsvSource({
    "1500u, 2m",
    "0.0001Ki, 103m",
    "1e-6, 1e-3",
    "-1n, -1m",
    "1E, 1E",
    "2Gi, 2Gi",
    "1.5, 1500m"
  })
  void amountsAreRoundedAwayFromNothing(String given, String stored) {
    JsonObject quota =
        filled("v1", "resourcequotas", "{spec: {hard: {memory: \"%s\"}}}".formatted(given));
    assertThat(quota.objectAt("spec").objectAt("hard").text("memory")).isEqualTo(stored);
  }

  @Test
  void whatARuntimeClassCostsIsNotRounded() {
    JsonObject kept =
        filled("node.k8s.io/v1", "runtimeclasses", "{overhead: {podFixed: {memory: 1n}}}");
    assertThat(kept.objectAt("overhead").objectAt("podFixed").text("memory")).isEqualTo("1n");
  }

  @Test
  void everyNamespaceCanBeSelectedByItsName() {
    assertThat(
            filled("v1", "namespaces", "{metadata: {name: a}}")
                .objectAt("metadata")
                .objectAt("labels"))
        .isEqualTo(json("{\"kubernetes.io/metadata.name\":\"a\"}"));
  }

  @Test
  void everyLineOfTheTableCanBeRead() {
    TypeDefaults.table(TypeDefaultsTest::json).readAll();
  }

  @Test
  void aLineThatCannotBeReadIsNamed() {
    assertThatThrownBy(() ->
            DefaultRuleReader.readLater(
                    TableFile.of("defaults.txt", List.of("a.B", "  field ? 1")),
                    Map::of,
                    TypeDefaultsTest::json)
                .readAll())
        .hasMessage("defaults.txt line 2: field ? 1");
  }
}
