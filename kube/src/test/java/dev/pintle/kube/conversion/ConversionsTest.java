package dev.pintle.kube.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.schema.GroupVersionKind;
import org.junit.jupiter.api.Test;

class ConversionsTest {
  private static final GroupVersionKind OLD =
      GroupVersionKind.of("autoscaling/v1", "HorizontalPodAutoscaler");
  private static final GroupVersionKind STORED =
      GroupVersionKind.of("autoscaling/v2", "HorizontalPodAutoscaler");
  private static final GroupVersionKind NEW_EVENT =
      GroupVersionKind.of("events.k8s.io/v1", "Event");
  private static final GroupVersionKind EVENT = GroupVersionKind.of("v1", "Event");

  private final Conversions conversions = new Conversions();

  private static JsonObject yaml(String text) {
    return YamlReader.read(text) instanceof JsonObject object ? object : new JsonObject();
  }

  private static JsonObject autoscaler(String metrics) {
    return yaml(
        "{metadata: {name: a}, spec: {maxReplicas: 2, metrics: [%s]}, status: {}}"
            .formatted(metrics));
  }

  @Test
  void onlyTheOldFormsAreStoredAsOthers() {
    assertThat(conversions.storedAs(OLD)).contains(STORED);
    assertThat(conversions.storedAs(NEW_EVENT)).contains(EVENT);
    assertThat(conversions.storedAs(STORED)).isEmpty();
    assertThat(conversions.storedAs(EVENT)).isEmpty();
    assertThat(conversions.storedAs(GroupVersionKind.of("v1", "Pod"))).isEmpty();
  }

  @Test
  void theProcessorIsAFieldAndTheRestTravelsInAnnotations() {
    JsonObject old =
        conversions.convert(
            autoscaler(
                "{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}, {type: Pods, pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: '10'}}}"),
            STORED,
            OLD);
    assertThat(JsonWriter.text(old.objectAt("spec")))
        .isEqualTo("{\"maxReplicas\":2,\"targetCPUUtilizationPercentage\":60}");
    assertThat(
            old.objectAt("metadata")
                .objectAt("annotations")
                .text("autoscaling.alpha.kubernetes.io/metrics"))
        .isEqualTo(
            "[{\"type\":\"Pods\",\"pods\":{\"metricName\":\"rps\",\"targetAverageValue\":\"10\"}}]");
  }

  @Test
  void nothingIsLostOnTheWayThroughTheOldForm() {
    String metrics =
        "{type: Object, object: {describedObject: {kind: Service, name: s}, metric: {name: m}, target: {type: AverageValue, averageValue: '3'}}}, "
            + "{type: External, external: {metric: {name: q, selector: {matchLabels: {a: b}}}, target: {type: Value, value: '30'}}}, "
            + "{type: ContainerResource, containerResource: {name: memory, container: c, target: {type: AverageValue, averageValue: 1Gi}}}, "
            + "{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}";
    JsonObject stored = autoscaler(metrics);
    stored
        .objectAt("spec")
        .set(
            "behavior",
            yaml(
                "{scaleDown: {stabilizationWindowSeconds: 60, policies: [{type: Pods, value: 1, periodSeconds: 5}]}}"));

    JsonObject back =
        conversions.convert(conversions.convert(stored.copy(), STORED, OLD), OLD, STORED);

    assertThat(back.objectAt("spec")).isEqualTo(stored.objectAt("spec"));
    assertThat(back.objectAt("metadata")).isEqualTo(stored.objectAt("metadata"));
  }

  @Test
  void anEventHasOtherNamesInItsOldGroup() {
    JsonObject event =
        yaml(
            "{regarding: {name: p}, note: words, reportingController: c, deprecatedCount: 2, reason: r}");
    JsonObject stored = conversions.convert(event.copy(), NEW_EVENT, EVENT);
    assertThat(stored.text("message")).isEqualTo("words");
    assertThat(stored.text("reportingComponent")).isEqualTo("c");
    assertThat(stored.objectAt("involvedObject").text("name")).isEqualTo("p");
    JsonObject back = conversions.convert(stored, EVENT, NEW_EVENT);
    back.remove("kind");
    back.remove("apiVersion");
    assertThat(back).isEqualTo(event);
  }
}
