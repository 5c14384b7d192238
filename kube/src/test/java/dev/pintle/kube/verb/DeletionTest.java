package dev.pintle.kube.verb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.request.DeleteOptions;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import dev.pintle.kube.verb.PodGracePeriod.Decision;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a deletion leaves to others: time for the kubelet, and dependents for the garbage collector.
final class DeletionTest {
  private static final TypeSnapshot TYPES = BuiltInTypes.load().snapshot();
  private static final ResourceType PODS = type("v1", "pods");
  private static final ResourceType MAPS = type("v1", "configmaps");
  private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

  private static ResourceType type(String version, String plural) {
    return requireNonNull(TYPES.resource(GroupVersion.parse(version), plural));
  }

  private static JsonObject object(String yaml) {
    if (YamlReader.read(yaml) instanceof JsonObject object) {
      return object;
    }
    throw new IllegalArgumentException(yaml + " (expected: an object)");
  }

  private static DeleteOptions options(String yaml) {
    return DeleteOptions.of(object(yaml));
  }

  private static Decision decide(JsonObject pod, String options) {
    return PodGracePeriod.decide(PODS, pod, options(options), NOW);
  }

  private static String end(JsonObject pod) {
    return Metadata.text(pod, "deletionTimestamp") + " " + Metadata.gracePeriod(pod);
  }

  @Test
  void aPodOnANodeIsGivenTheTimeThatItWants() {
    JsonObject pod =
        object(
            "{metadata: {generation: 1}, spec: {nodeName: node1, terminationGracePeriodSeconds: 10}}");
    assertThat(decide(pod, "{}")).isEqualTo(Decision.MARKED);
    assertThat(end(pod)).isEqualTo("2026-01-01T00:01:10Z 10");
    assertThat(Metadata.of(pod).wholeOrZero("generation")).isEqualTo(2);
  }

  @Test
  void whoDeletesMayGiveOtherTime() {
    JsonObject pod = object("{spec: {nodeName: node1, terminationGracePeriodSeconds: 10}}");
    assertThat(decide(pod, "{gracePeriodSeconds: 3}")).isEqualTo(Decision.MARKED);
    assertThat(end(pod)).isEqualTo("2026-01-01T00:01:03Z 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{spec: {terminationGracePeriodSeconds: 10}}",
        "{spec: {nodeName: \"\", terminationGracePeriodSeconds: 10}}",
        "{spec: {nodeName: node1, terminationGracePeriodSeconds: 10}, status: {phase: Failed}}",
        "{spec: {nodeName: node1, terminationGracePeriodSeconds: 10}, status: {phase: Succeeded}}",
        "{spec: {nodeName: node1, terminationGracePeriodSeconds: 0}}"
      })
  void aPodThatNothingRunsForEndsAtOnceAndIsSeenToEnd(String yaml) {
    JsonObject pod = object(yaml);
    assertThat(decide(pod, "{}")).isEqualTo(Decision.ENDING);
    assertThat(end(pod)).isEqualTo("2026-01-01T00:01:00Z 0");
  }

  /// Upstream takes a time below nothing for a second, wherever it comes from.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{spec: {nodeName: node1, terminationGracePeriodSeconds: -5}} | {}",
        "{spec: {nodeName: node1, terminationGracePeriodSeconds: 10}} | {gracePeriodSeconds: -5}"
      })
  void lessThanNoTimeIsASecond(String yaml, String options) {
    JsonObject pod = object(yaml);
    assertThat(decide(pod, options)).isEqualTo(Decision.MARKED);
    assertThat(end(pod)).isEqualTo("2026-01-01T00:01:01Z 1");
  }

  private static JsonObject leaving(long seconds) {
    return object(
        "{metadata: {deletionTimestamp: \"2026-01-01T00:01:20Z\", deletionGracePeriodSeconds: %d}, spec: {nodeName: node1}}"
            .formatted(seconds));
  }

  @Test
  void timeThatWasGivenIsNotMadeLonger() {
    for (String options : List.of("{}", "{gracePeriodSeconds: 60}", "{gracePeriodSeconds: 61}")) {
      JsonObject pod = leaving(60);
      assertThat(decide(pod, options)).as(options).isEqualTo(Decision.PENDING);
      assertThat(pod).isEqualTo(leaving(60));
    }
  }

  /// The pod has been leaving since 00:00:20.
  @Test
  void timeThatWasGivenIsMadeShorterFromWhereItBegan() {
    JsonObject pod = leaving(60);
    assertThat(decide(pod, "{gracePeriodSeconds: 50}")).isEqualTo(Decision.MARKED);
    assertThat(end(pod)).isEqualTo("2026-01-01T00:01:10Z 50");
  }

  @Test
  void timeThatWouldBeOverAlreadyIsASecondFromNow() {
    JsonObject pod = leaving(60);
    assertThat(decide(pod, "{gracePeriodSeconds: 5}")).isEqualTo(Decision.MARKED);
    assertThat(end(pod)).isEqualTo("2026-01-01T00:01:00Z 1");
  }

  @Test
  void noTimeAtAllEndsWhatIsLeaving() {
    JsonObject pod = leaving(60);
    assertThat(decide(pod, "{gracePeriodSeconds: 0}")).isEqualTo(Decision.ENDING);
    assertThat(end(pod)).isEqualTo("2026-01-01T00:01:00Z 0");
  }

  @Test
  void whatHadNoTimeLeftGoesAtOnce() {
    assertThat(decide(leaving(0), "{gracePeriodSeconds: 10}")).isEqualTo(Decision.IMMEDIATE);
    JsonObject unknown = object("{metadata: {deletionTimestamp: \"2026-01-01T00:01:20Z\"}}");
    assertThat(decide(unknown, "{}")).isEqualTo(Decision.IMMEDIATE);
  }

  @Test
  void onlyPodsAreGivenTime() {
    JsonObject map = object("{metadata: {name: a}}");
    assertThat(PodGracePeriod.decide(MAPS, map, options("{gracePeriodSeconds: 10}"), NOW))
        .isEqualTo(Decision.IMMEDIATE);
    assertThat(map).isEqualTo(object("{metadata: {name: a}}"));
  }

  private static List<String> settled(ResourceType type, String finalizers, String options) {
    JsonObject object = object("{metadata: {finalizers: %s}}".formatted(finalizers));
    DeletionFinalizers.settle(type, object, options(options));
    return Metadata.of(object).texts("finalizers");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | {} | []",
        "[] | {propagationPolicy: Foreground} | [foregroundDeletion]",
        "[] | {propagationPolicy: Orphan} | [orphan]",
        "[] | {propagationPolicy: Background} | []",
        "[] | {orphanDependents: true} | [orphan]",
        "[] | {orphanDependents: false} | []",
        "[a/b] | {propagationPolicy: Orphan} | [a/b, orphan]",
        "[orphan, a/b] | {propagationPolicy: Foreground} | [a/b, foregroundDeletion]",
        "[foregroundDeletion] | {propagationPolicy: Background} | []",
        "[foregroundDeletion, a/b] | {} | [a/b, foregroundDeletion]",
        "[orphan] | {} | [orphan]"
      })
  void theGarbageCollectorIsToldWhatBecomesOfDependents(
      String before, String options, String after) {
    assertThat(settled(MAPS, before, options))
        .isEqualTo(object("{f: %s}".formatted(after)).texts("f"));
  }

  @Test
  void dependentsOfSomeKindsStayUnlessTheRequestSaysOtherwise() {
    for (ResourceType type :
        List.of(type("batch/v1", "jobs"), type("v1", "replicationcontrollers"))) {
      assertThat(settled(type, "[]", "{}")).as(type.plural()).containsExactly("orphan");
      assertThat(settled(type, "[]", "{propagationPolicy: Background}")).isEmpty();
      assertThat(settled(type, "[foregroundDeletion]", "{}")).containsExactly("foregroundDeletion");
    }
    assertThat(settled(type("apps/v1", "replicasets"), "[]", "{}")).isEmpty();
    assertThat(settled(type("batch/v1", "cronjobs"), "[]", "{}")).isEmpty();
  }

  @Test
  void onlyAChangeIsOne() {
    JsonObject object = object("{metadata: {finalizers: [a/b]}}");
    assertThat(DeletionFinalizers.settle(MAPS, object, options("{}"))).isFalse();
    assertThat(DeletionFinalizers.settle(MAPS, object, options("{propagationPolicy: Orphan}")))
        .isTrue();
    assertThat(DeletionFinalizers.settle(MAPS, object, options("{propagationPolicy: Orphan}")))
        .isFalse();
  }
}
