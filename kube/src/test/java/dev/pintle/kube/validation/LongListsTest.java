package dev.pintle.kube.validation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/// Lists that clients can make long, at a length at which a rule that looks at pairs of items does not end.
final class LongListsTest {
  private static final int ITEMS = 100_000;
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final TypeSnapshot TYPES = BuiltInTypes.load().snapshot();
  private static final ObjectValidation VALIDATION = ObjectValidation.builtIn(false);

  private static ResourceType type(String groupVersion, String resource) {
    return requireNonNull(TYPES.resource(GroupVersion.parse(groupVersion), resource));
  }

  private static JsonArray list(IntFunction<Json> item) {
    JsonArray list = new JsonArray();
    for (int i = 0; i < ITEMS; i++) {
      list.add(item.apply(i));
    }
    return list;
  }

  private static JsonObject named() {
    JsonObject metadata =
        new JsonObject()
            .set("name", "a")
            .set("uid", "u")
            .set("creationTimestamp", "2024-01-01T00:00:00Z")
            .set("resourceVersion", "1");
    return new JsonObject().set("metadata", metadata);
  }

  private static List<FieldError> created(ResourceType type, JsonObject object) {
    return Assertions.assertTimeout(SOON, () -> VALIDATION.onCreate(type, object));
  }

  @Test
  void topologiesAreComparedBySets() {
    JsonObject storageClass =
        named()
            .set("provisioner", "p")
            .set("volumeBindingMode", "Immediate")
            .set(
                "allowedTopologies",
                list(i ->
                    new JsonObject()
                        .set(
                            "matchLabelExpressions",
                            JsonArray.of(
                                new JsonObject()
                                    .set("key", "k" + i)
                                    .set("values", JsonArray.of(Json.of("v")))))));
    assertThat(created(type("storage.k8s.io/v1", "storageclasses"), storageClass)).isEmpty();
  }

  @Test
  void driversOfANodeAreFoundByName() {
    ResourceType type = type("storage.k8s.io/v1", "csinodes");
    JsonObject node =
        named()
            .set(
                "spec",
                new JsonObject()
                    .set(
                        "drivers",
                        list(i -> new JsonObject().set("name", "d" + i).set("nodeID", "n"))));
    assertThat(created(type, node)).isEmpty();
    JsonObject changed = node.copy();
    changed.objectAt("spec").arrayAt("drivers").remove(0);
    assertThat(Assertions.assertTimeout(SOON, () -> VALIDATION.onUpdate(type, changed, node, "")))
        .isEmpty();
  }

  @Test
  void tolerationsAreToldApartByAHash() {
    JsonObject runtimeClass =
        named()
            .set("handler", "h")
            .set(
                "scheduling",
                new JsonObject()
                    .set(
                        "tolerations",
                        list(i -> new JsonObject().set("key", "k" + i).set("operator", "Exists"))));
    assertThat(created(type("node.k8s.io/v1", "runtimeclasses"), runtimeClass)).isEmpty();
  }

  @Test
  void aListThatMayNotBeSoLongIsNotLookedThrough() {
    JsonObject claim =
        named()
            .set(
                "spec",
                new JsonObject()
                    .set("devices", new JsonObject().set("requests", list(_ -> new JsonObject()))));
    claim.objectAt("metadata").set("namespace", "n");
    assertThat(created(type("resource.k8s.io/v1", "resourceclaims"), claim))
        .extracting(FieldError::message)
        .containsExactly("Too many: 100000: must have at most 32 items");
  }

  @Test
  void aRegistryOfManyPartsIsToldOnce() {
    JsonObject volume =
        named()
            .set(
                "spec",
                new JsonObject()
                    .set("accessModes", JsonArray.of(Json.of("ReadWriteOnce")))
                    .set("capacity", new JsonObject().set("storage", "1Gi"))
                    .set(
                        "quobyte",
                        new JsonObject().set("registry", "a,".repeat(ITEMS)).set("volume", "v")));
    assertThat(created(type("v1", "persistentvolumes"), volume)).hasSize(1);
  }
}
