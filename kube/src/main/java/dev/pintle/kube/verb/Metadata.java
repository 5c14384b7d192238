package dev.pintle.kube.verb;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.MetaTime;
import dev.pintle.kube.schema.GenerationRule;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusErrors;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The fields of `metadata` that the server itself sets.
final class Metadata {
  static final List<String> ORDER =
      List.of(
          "name",
          "generateName",
          "namespace",
          "selfLink",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "labels",
          "annotations",
          "ownerReferences",
          "finalizers",
          "managedFields");

  private static final List<String> KEPT_BY_SERVER =
      List.of(
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "selfLink");

  private Metadata() {}

  static JsonObject of(JsonObject object) {
    return object.objectAt("metadata");
  }

  static String text(JsonObject object, String name) {
    return of(object).textOrEmpty(name);
  }

  static String name(JsonObject object) {
    return text(object, "name");
  }

  /// Puts the fields of metadata in upstream's order.
  static void arrange(JsonObject object) {
    JsonObject metadata = of(object);
    JsonObject arranged = new JsonObject();
    for (String name : ORDER) {
      Json value = metadata.get(name);
      if (value != null) {
        arranged.set(name, value);
      }
    }
    object.set("metadata", arranged);
  }

  /// Takes away what only the server sets.
  static void wipe(JsonObject object) {
    JsonObject metadata = of(object);
    KEPT_BY_SERVER.forEach(metadata::remove);
  }

  static void stamp(ResourceType type, JsonObject object, Instant now, RandomGenerator random) {
    JsonObject metadata = of(object);
    metadata.set("uid", uuid(random));
    metadata.set("creationTimestamp", time(now));
    if (type.storing().generation() == GenerationRule.SPEC) {
      metadata.set("generation", Json.of(1));
    }
  }

  static String time(Instant now) {
    return MetaTime.text(now);
  }

  /// The object is in the namespace of the request, or says so only by leaving it out.
  static void requireNamespace(ResourceType type, JsonObject object, String namespace) {
    JsonObject metadata = of(object);
    String own = text(object, "namespace");
    if (!type.namespaced()) {
      metadata.remove("namespace");
    } else if (own.isEmpty()) {
      metadata.set("namespace", namespace);
    } else if (!own.equals(namespace)) {
      throw StatusErrors.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
  }

  /// Keeps what an update may not change.
  static void keep(JsonObject object, JsonObject old) {
    JsonObject metadata = of(object);
    JsonObject before = of(old);
    for (String name : List.of("creationTimestamp", "generation")) {
      copy(name, before, metadata);
    }
    if (before.has("deletionTimestamp")) {
      copy("deletionTimestamp", before, metadata);
    }
    if (!metadata.has("deletionGracePeriodSeconds")) {
      copy("deletionGracePeriodSeconds", before, metadata);
    }
    if (text(object, "uid").isEmpty()) {
      copy("uid", before, metadata);
    }
  }

  private static void copy(String name, JsonObject from, JsonObject to) {
    Json value = from.get(name);
    if (value == null) {
      to.remove(name);
    } else {
      to.set(name, value);
    }
  }

  /// One more when something outside metadata and status changed, or in a status that is no part of its own.
  ///
  /// @param counts whether it counts as changed even where it is not
  static void grow(ResourceType type, JsonObject object, JsonObject old, boolean counts) {
    if (type.storing().generation() == GenerationRule.SPEC
        && (counts || isChanged(type, object, old))) {
      grow(object);
    }
  }

  /// Whether something changed that its generation counts.
  static boolean isChanged(ResourceType type, JsonObject object, JsonObject old) {
    boolean statusCounts = type.isCustom() && type.storing().statusOnCreate();
    JsonObject now = bare(object, statusCounts);
    JsonObject before = bare(old, statusCounts);
    if (!type.isCustom()) {
      // Upstream takes a list of nothing for none.
      now.removeIf((_, value) -> isNothing(value));
      before.removeIf((_, value) -> isNothing(value));
    }
    return !now.equals(before);
  }

  private static boolean isNothing(Json value) {
    return value instanceof Json.Null || (value instanceof JsonArray list && list.isEmpty());
  }

  static void grow(JsonObject object) {
    if (of(object).get("generation") instanceof Json.Whole(var generation)) {
      of(object).set("generation", Json.of(generation + 1));
    }
  }

  private static JsonObject bare(JsonObject object, boolean withStatus) {
    JsonObject bare = new JsonObject();
    for (int i = 0; i < object.size(); i++) {
      boolean counts =
          switch (object.nameAt(i)) {
            case "metadata", "kind", "apiVersion" -> false;
            case "status" -> withStatus;
            default -> true;
          };
      if (counts) {
        bare.set(object.nameAt(i), object.valueAt(i));
      }
    }
    return bare;
  }

  static boolean hasFinalizers(JsonObject object) {
    JsonArray finalizers = of(object).array("finalizers");
    return finalizers != null && !finalizers.isEmpty();
  }

  static boolean isBeingDeleted(JsonObject object) {
    return of(object).has("deletionTimestamp");
  }

  static @Nullable Long gracePeriod(JsonObject object) {
    return of(object).get("deletionGracePeriodSeconds") instanceof Json.Whole(var seconds)
        ? seconds
        : null;
  }

  static String uuid(RandomGenerator random) {
    // At once: each call of a strong source costs more than what it brings.
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    ByteBuffer halves = ByteBuffer.wrap(bytes);
    long high = (halves.getLong() & ~0xf000L) | 0x4000L;
    long low = (halves.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new java.util.UUID(high, low).toString();
  }
}
