package dev.pintle.kube.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How much a pod needs at one time.
class ResourceAmountsTest {
  private static JsonObject yaml(String text) {
    return (JsonObject) YamlReader.read(text);
  }

  private static String needed(String spec) {
    TreeMap<String, String> shown = new TreeMap<>();
    ResourceAmounts.ofPod(yaml(spec), "requests")
        .values()
        .forEach((name, amount) -> shown.put(name, amount.toString()));
    return shown.toString();
  }

  /// A container that asks for so much CPU.
  private static String asking(String cpu) {
    return "{resources: {requests: {cpu: '%s'}}}".formatted(cpu);
  }

  private static String staying(String cpu) {
    return "{restartPolicy: Always, resources: {requests: {cpu: '%s'}}}".formatted(cpu);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 |   |   | 1",
        "1 | 5 |   | 5",
        "4 | 3 |   | 4",
        "1 |   | 2 | 3",
        "1 | 2 | 2 | 4",
        "3 | 2 | 2 | 5"
      })
  void whatStartsBeforeNeedsItsOwnAndThatOfThoseWhoStay(
      String container, String starting, String staying, String needed) {
    String first =
        (staying == null ? "" : staying(staying) + ",")
            + (starting == null ? "" : asking(starting));
    assertThat(
            needed("{containers: [%s], initContainers: [%s]}".formatted(asking(container), first)))
        .isEqualTo("{cpu=" + needed + "}");
  }

  @Test
  void whoStartsBeforeThoseWhoStayDoesNotNeedThem() {
    assertThat(
            needed(
                "{containers: [%s], initContainers: [%s, %s]}"
                    .formatted(asking("1"), asking("5"), staying("2"))))
        .isEqualTo("{cpu=5}");
  }

  @Test
  void whatThePodSaysOfItselfCountsForCpuAndMemoryAlone() {
    assertThat(
            needed(
                "{resources: {requests: {cpu: '7', storage: '9'}}, containers: [{resources: {requests: {cpu: '1', e.com/gpu: '1'}}}]}"))
        .isEqualTo("{cpu=7, e.com/gpu=1}");
  }

  @Test
  void whatIsNoAmountIsNothing() {
    assertThat(needed("{containers: [{resources: {requests: {cpu: lots, memory: [1]}}}, {}, 7]}"))
        .isEqualTo("{}");
    assertThat(ResourceAmounts.of(null).amount("cpu").sign()).isZero();
  }
}
