package dev.pintle.kube.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.ResourceType;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is refused of a status, and of autoscalers of the newer version.
final class StatusRulesTest {
  private static final ObjectValidation VALIDATION = ObjectValidation.builtIn(false);

  private static ResourceType type(String version, String kind) {
    return BuiltInTypes.load().snapshot().resources().stream()
        .filter(type -> type.kind().equals(kind) && type.version().equals(version))
        .findFirst()
        .orElseThrow();
  }

  private static JsonObject object(String yaml) {
    JsonObject object = (JsonObject) YamlReader.read(yaml);
    object.objectAt("metadata").set("name", "x").set("namespace", "ns").set("resourceVersion", "1");
    return object;
  }

  private static List<String> told(List<FieldError> errors) {
    return errors.stream().map(error -> error.field() + ": " + error.message()).toList();
  }

  private static List<String> toldOfStatus(ResourceType type, String old, String status) {
    return told(VALIDATION.onUpdate(type, object(status), object(old), "status"));
  }

  private static List<String> toldOfAutoscaler(String spec) {
    ResourceType type = type("v2", "HorizontalPodAutoscaler");
    String target = "scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, ";
    return told(VALIDATION.onCreate(type, object("{spec: {" + target + spec + "}}")));
  }

  @Test
  void addressesOfABalancerAreAddresses() {
    assertThat(
            toldOfStatus(
                type("v1", "Service"),
                "{}",
                "{spec: {type: LoadBalancer}, status: {loadBalancer: {ingress: [{ip: x, ipMode: VIP}, {ip: 1.2.3.4, ipMode: VIP}]}}}"))
        .containsExactly(
            "status.loadBalancer.ingress[0].ip: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
  }

  @Test
  void addressesOfABalancerThatAreThereMayStay() {
    String bad = "{status: {loadBalancer: {ingress: [{ip: 010.0.0.1}]}}}";
    assertThat(toldOfStatus(type("v1", "Ingress"), bad, bad)).isEmpty();
    assertThat(toldOfStatus(type("v1", "Ingress"), "{}", bad)).hasSize(1);
  }

  @Test
  void conditionsOfABudgetHaveTypesOnce() {
    String condition =
        "{type: A, status: 'True', reason: R, lastTransitionTime: '2026-01-01T00:00:00Z'}";
    ResourceType type = type("v1", "PodDisruptionBudget");
    assertThat(
            toldOfStatus(
                type, "{}", "{status: {conditions: [%s, %s]}}".formatted(condition, condition)))
        .containsExactly("status.conditions[1]: Duplicate value: \"A\"");
  }

  @Test
  void aHundredThousandConditionsAreReadOnce() {
    JsonObject status = object("{}");
    JsonArray conditions = status.objectAt("status").arrayAt("conditions");
    for (int i = 0; i < 100_000; i++) {
      conditions.add(
          new JsonObject()
              .set("type", "A" + i)
              .set("status", "True")
              .set("reason", "R")
              .set("lastTransitionTime", "2026-01-01T00:00:00Z"));
    }
    ResourceType type = type("v1", "PodDisruptionBudget");
    assertThat(VALIDATION.onUpdate(type, status, object("{}"), "status")).isEmpty();
  }

  @Test
  void aMetricHasOneSource() {
    assertThat(
            toldOfAutoscaler(
                "maxReplicas: 1, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 1}}, pods: {metric: {name: m}, target: {type: AverageValue, averageValue: 1}}}]"))
        .containsExactly(
            "spec.metrics[0].pods: Forbidden: must populate the given metric source only");
  }

  @Test
  void whatIsMissingIsToldLast() {
    assertThat(toldOfAutoscaler("minReplicas: 1, behavior: {scaleUp: {policies: []}}"))
        .containsExactly(
            "spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`",
            "spec.behavior.scaleUp.policies: Required value: must specify at least one Policy",
            "spec.maxReplicas: Required value");
  }

  @Test
  void onlyWhatIsSeenFromOutsideScalesToZero() {
    String zero = "minReplicas: 0, maxReplicas: 1, metrics: ";
    String target = "metric: {name: m}, target: {type: AverageValue, averageValue: 1}";
    assertThat(toldOfAutoscaler(zero + "[{type: External, external: {" + target + "}}]")).isEmpty();
    assertThat(toldOfAutoscaler(zero + "[{type: Pods, pods: {" + target + "}}]"))
        .containsExactly(
            "spec.metrics: Forbidden: must specify at least one Object or External metric to support scaling to zero replicas");
  }
}
