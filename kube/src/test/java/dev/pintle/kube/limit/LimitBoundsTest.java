package dev.pintle.kube.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.strategy.ResourceAmounts;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitBoundsTest {
  private static JsonObject yaml(String text) {
    return YamlReader.read(text) instanceof JsonObject object ? object : new JsonObject();
  }

  private static JsonObject pod(String requests, String limits) {
    return yaml(
        "{metadata: {}, spec: {containers: [{name: c, resources: {requests: %s, limits: %s}}]}}"
            .formatted(requests, limits));
  }

  private static List<String> wrong(String item, JsonObject pod) {
    return LimitBounds.wrong(yaml(item), pod, false);
  }

  @Test
  void boundsHoldAtTheirEdges() {
    String item = "{type: Container, min: {cpu: 100m}, max: {cpu: '1'}}";
    assertThat(wrong(item, pod("{cpu: 100m}", "{cpu: 1000m}"))).isEmpty();
    assertThat(wrong(item, pod("{cpu: 99m}", "{cpu: '1'}")))
        .containsExactly("minimum cpu usage per Container is 100m, but request is 99m");
    assertThat(wrong(item, pod("{cpu: 100m}", "{cpu: 1001m}")))
        .containsExactly("maximum cpu usage per Container is 1, but limit is 1001m");
    assertThat(wrong(item, pod("{}", "{}")))
        .containsExactly(
            "minimum cpu usage per Container is 100m.  No request is specified",
            "maximum cpu usage per Container is 1.  No limit is specified");
  }

  @Test
  void aRatioIsHeld() {
    String item = "{type: Container, maxLimitRequestRatio: {cpu: '2'}}";
    assertThat(wrong(item, pod("{cpu: '1'}", "{cpu: '2'}"))).isEmpty();
    assertThat(wrong(item, pod("{cpu: '1'}", "{cpu: 2500m}")))
        .containsExactly(
            "cpu max limit to request ratio per Container is 2, but provided ratio is 2.500000");
  }

  @Test
  void aPodNeedsWhatItsContainersNeedTogetherOrTheFirstOnesBefore() {
    JsonObject spec =
        yaml(
            "{containers: [{resources: {requests: {cpu: '1'}}}, {resources: {requests: {cpu: '2'}}}],"
                + " initContainers: [{restartPolicy: Always, resources: {requests: {cpu: '1'}}}, {resources: {requests: {cpu: '7'}}}]}");
    assertThat(ResourceAmounts.ofPod(spec, "requests").values().get("cpu")).hasToString("8");
  }

  @Test
  void whatIsNotSaidIsFilledInAndTold() {
    JsonObject pod = pod("{memory: 1Mi}", "{}");
    LimitDefaults.apply(
        List.of(
            yaml(
                "{type: Container, default: {cpu: '1'}, defaultRequest: {cpu: 100m, memory: 5Mi}}")),
        pod);
    assertThat(JsonWriter.text(pod.objectAt("spec")))
        .contains(
            "{\"requests\":{\"memory\":\"1Mi\",\"cpu\":\"100m\"},\"limits\":{\"cpu\":\"1\"}}");
    assertThat(pod.objectAt("metadata").objectAt("annotations").text("kubernetes.io/limit-ranger"))
        .isEqualTo(
            "LimitRanger plugin set: cpu request for container c; cpu limit for container c");
  }
}
