package dev.pintle.kube.verb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class MetadataTest {
  private static final TypeSnapshot TYPES = BuiltInTypes.load().snapshot();
  private static final ResourceType MAPS = type("v1", "configmaps");
  private static final ResourceType NODES = type("v1", "nodes");
  private static final ResourceType DEPLOYMENTS = type("apps/v1", "deployments");

  private static ResourceType type(String version, String plural) {
    return requireNonNull(TYPES.resource(GroupVersion.parse(version), plural));
  }

  private static JsonObject object(String yaml) {
    if (YamlReader.read(yaml) instanceof JsonObject object) {
      return object;
    }
    throw new IllegalArgumentException(yaml + " (expected: an object)");
  }

  private static String metadata(JsonObject object) {
    return JsonWriter.text(Metadata.of(object));
  }

  @Test
  void whatOnlyTheServerSaysIsTakenFromANewObject() {
    JsonObject sent =
        object(
            "{metadata: {name: a, uid: u, resourceVersion: '1', generation: 7, creationTimestamp: t, deletionTimestamp: t,"
                + " deletionGracePeriodSeconds: 3, selfLink: /x, labels: {a: b}, finalizers: [x/a]}}");
    Metadata.wipe(sent);
    assertThat(metadata(sent))
        .isEqualTo(
            "{\"name\":\"a\",\"generation\":7,\"labels\":{\"a\":\"b\"},\"finalizers\":[\"x/a\"]}");
  }

  @Test
  void aNewObjectIsStampedWithATimeOfWholeSecondsAndARandomUid() {
    JsonObject made = new JsonObject();
    Metadata.stamp(
        DEPLOYMENTS, made, Instant.parse("2026-01-02T03:04:05.987654Z"), new SplittableRandom(1));
    assertThat(Metadata.text(made, "creationTimestamp")).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(Metadata.of(made).get("generation")).isEqualTo(Json.of(1));
    UUID uid = UUID.fromString(Metadata.text(made, "uid"));
    assertThat(uid.version()).isEqualTo(4);
    assertThat(uid.variant()).isEqualTo(2);
  }

  @Test
  void aKindThatCountsNothingHasNoGeneration() {
    JsonObject made = new JsonObject();
    Metadata.stamp(MAPS, made, Instant.EPOCH, new SplittableRandom(1));
    assertThat(Metadata.of(made).has("generation")).isFalse();
  }

  @Test
  void anObjectIsInTheNamespaceOfItsRequest() {
    JsonObject silent = object("{metadata: {name: a}}");
    Metadata.requireNamespace(MAPS, silent, "ns");
    assertThat(Metadata.text(silent, "namespace")).isEqualTo("ns");

    JsonObject other = object("{metadata: {name: a, namespace: other}}");
    assertThatThrownBy(() -> Metadata.requireNamespace(MAPS, other, "ns"))
        .hasMessage(
            "the namespace of the provided object does not match the namespace sent on the request");
  }

  @Test
  void anObjectOfTheClusterIsInNoNamespace() {
    JsonObject node = object("{metadata: {name: a, namespace: x}}");
    Metadata.requireNamespace(NODES, node, "");
    assertThat(Metadata.of(node).has("namespace")).isFalse();
  }

  @Test
  void anUpdateChangesNothingThatOnlyTheServerSays() {
    JsonObject next =
        object("{metadata: {name: a, uid: '', generation: 9, creationTimestamp: now}}");
    Metadata.keep(
        next, object("{metadata: {name: a, uid: u, generation: 2, creationTimestamp: then}}"));
    assertThat(metadata(next))
        .isEqualTo(
            "{\"name\":\"a\",\"uid\":\"u\",\"generation\":2,\"creationTimestamp\":\"then\"}");
  }

  /// What names another uid is refused later, and must not be made right before.
  @Test
  void anUpdateThatNamesAUidKeepsNamingIt() {
    JsonObject next = object("{metadata: {name: a, uid: other}}");
    Metadata.keep(next, object("{metadata: {name: a, uid: u}}"));
    assertThat(Metadata.text(next, "uid")).isEqualTo("other");
  }

  @Test
  void theGracePeriodOfALeavingObjectIsKeptUnlessItIsNamed() {
    JsonObject old =
        object("{metadata: {name: a, deletionTimestamp: t, deletionGracePeriodSeconds: 30}}");
    JsonObject silent = object("{metadata: {name: a}}");
    Metadata.keep(silent, old);
    assertThat(Metadata.gracePeriod(silent)).isEqualTo(30);

    JsonObject named = object("{metadata: {name: a, deletionGracePeriodSeconds: 5}}");
    Metadata.keep(named, old);
    assertThat(Metadata.gracePeriod(named)).isEqualTo(5);
  }

  /// It stays to be refused: what is not leaving does not leave by an update.
  @Test
  void anUpdateThatSaysWhenTheObjectLeavesKeepsSayingIt() {
    JsonObject leaving =
        object("{metadata: {name: a, deletionTimestamp: t, deletionGracePeriodSeconds: 5}}");
    Metadata.keep(leaving, object("{metadata: {name: a}}"));
    assertThat(Metadata.text(leaving, "deletionTimestamp")).isEqualTo("t");
    assertThat(Metadata.gracePeriod(leaving)).isEqualTo(5);
  }

  @Test
  void aChangeOfTheSpecCountsAndOneOfTheStatusDoesNot() {
    JsonObject old = object("{metadata: {generation: 3}, spec: {a: 1}, status: {b: 1}}");
    assertThat(grown(old, "{metadata: {generation: 3}, spec: {a: 2}, status: {b: 1}}"))
        .isEqualTo(4);
    assertThat(grown(old, "{metadata: {generation: 3}, spec: {a: 1}, status: {b: 2}}"))
        .isEqualTo(3);
    assertThat(grown(old, "{metadata: {generation: 3, labels: {x: z}}, spec: {a: 1}}"))
        .isEqualTo(3);
    assertThat(grown(old, "{apiVersion: other, kind: K, metadata: {generation: 3}, spec: {a: 1}}"))
        .isEqualTo(3);
    assertThat(grown(old, "{metadata: {generation: 3}, spec: {a: 1}, more: 1}")).isEqualTo(4);
  }

  private static long grown(JsonObject old, String yaml) {
    JsonObject next = object(yaml);
    Metadata.grow(DEPLOYMENTS, next, old, false);
    return Metadata.of(next).wholeOrZero("generation");
  }

  @Test
  void whatCountsAsChangedGrowsThoughItIsTheSame() {
    JsonObject same = object("{metadata: {generation: 3}, spec: {a: 1}}");
    Metadata.grow(DEPLOYMENTS, same, object("{spec: {a: 1}}"), true);
    assertThat(Metadata.of(same).wholeOrZero("generation")).isEqualTo(4);
  }

  @Test
  void whatHasNoGenerationDoesNotGetOneByAChange() {
    JsonObject next = object("{metadata: {name: a}, data: {a: b}}");
    Metadata.grow(MAPS, next, object("{metadata: {name: a}}"), true);
    Metadata.grow(next);
    assertThat(Metadata.of(next).has("generation")).isFalse();
  }

  @Test
  void fieldsAreArrangedAndWhatNobodyKnowsIsLeftOut() {
    JsonObject object =
        object(
            "{metadata: {managedFields: [], labels: {a: b}, zzz: 1, uid: u, namespace: ns, name: a}}");
    Metadata.arrange(object);
    assertThat(metadata(object))
        .isEqualTo(
            "{\"name\":\"a\",\"namespace\":\"ns\",\"uid\":\"u\",\"labels\":{\"a\":\"b\"},\"managedFields\":[]}");
  }

  @Test
  void aNamespaceIsHeldByFinalizersOfItsSpecToo() {
    ResourceType namespaces = type("v1", "namespaces");
    assertThat(NamespaceFinalizers.isHeld(namespaces, object("{spec: {finalizers: [kubernetes]}}")))
        .isTrue();
    assertThat(NamespaceFinalizers.isHeld(namespaces, object("{spec: {finalizers: []}}")))
        .isFalse();
    assertThat(NamespaceFinalizers.isHeld(MAPS, object("{spec: {finalizers: [a]}}"))).isFalse();
    assertThat(Metadata.hasFinalizers(object("{metadata: {finalizers: []}}"))).isFalse();
  }
}
