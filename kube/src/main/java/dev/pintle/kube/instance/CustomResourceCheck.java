package dev.pintle.kube.instance;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.ScalePaths;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The check of a custom resource that is about to be written.
public final class CustomResourceCheck {
  private static final Set<FieldError.Kind> BLOCKING =
      Set.of(
          FieldError.Kind.NOT_SUPPORTED,
          FieldError.Kind.REQUIRED,
          FieldError.Kind.TOO_LONG,
          FieldError.Kind.TOO_MANY,
          FieldError.Kind.TYPE_INVALID);

  private CustomResourceCheck() {}

  /// @param ofMetadata what is wrong with its metadata
  public static List<FieldError> onCreate(
      ResourceType type, JsonObject object, List<FieldError> ofMetadata) {
    List<FieldError> found = ofKind(type, object);
    if (found.isEmpty()) {
      found.addAll(ofMetadata);
      whole(type, object, null, found);
    }
    found.addAll(EmbeddedObjects.check(type, type.schema(), object, FieldPath.ROOT));
    found.addAll(ListTypes.check(type.schema(), object));
    expressions(type, object, null, found, _ -> {});
    return found;
  }

  /// @param subresource `status` when only that part is written, else empty
  /// @param ofMetadata what is wrong with the change of its metadata
  /// @param warnings told of what is wrong but was so before
  public static List<FieldError> onUpdate(
      ResourceType type,
      String subresource,
      JsonObject object,
      JsonObject old,
      List<FieldError> ofMetadata,
      Consumer<String> warnings) {
    List<FieldError> found = ofKind(type, object);
    if (found.isEmpty()) {
      found.addAll(ofMetadata);
      if (subresource.equals("status")) {
        status(type, object, old, found);
      } else {
        whole(type, object, old, found);
        found.addAll(EmbeddedObjects.check(type, type.schema(), object, FieldPath.ROOT));
      }
    }
    List<FieldError> repeated = ListTypes.check(type.schema(), object);
    if (!repeated.isEmpty() && ListTypes.check(type.schema(), old).isEmpty()) {
      found.addAll(repeated);
    }
    expressions(type, object, old, found, warnings);
    return found;
  }

  /// Expressions are not evaluated on an object whose shape is wrong.
  private static void expressions(
      ResourceType type,
      JsonObject object,
      @Nullable JsonObject old,
      List<FieldError> found,
      Consumer<String> warnings) {
    if (!type.hasExpressions()) {
      return;
    }
    if (found.stream().noneMatch(error -> BLOCKING.contains(error.kind()))) {
      found.addAll(RuleCheck.of(type.schema(), object, old, warnings));
    } else {
      found.add(
          new FieldError(
              FieldError.Kind.INVALID,
              "<nil>",
              Json.NULL,
              "some validation rules were not checked because the object was invalid; correct the existing errors to"
                  + " complete validation"));
    }
  }

  /// What is wrong with one value of a schema, such as a default.
  ///
  /// @param place where the value stands
  public static List<FieldError> ofValue(SchemaNode node, Json value, FieldPath place) {
    return ValueCheck.of(node, value, place.toString(), null);
  }

  /// Whether a value has fields that the schema would drop.
  public static boolean hasUnknownFields(SchemaNode node, Json value) {
    return UnknownFields.isAnyIn(node, value);
  }

  /// Whether the format that a schema names is one that is checked.
  public static boolean checksFormat(SchemaNode node) {
    return !ValueFormats.checked(node).isEmpty();
  }

  private static List<FieldError> ofKind(ResourceType type, JsonObject object) {
    List<FieldError> found = new ArrayList<>();
    require("kind", type.kind(), object, found);
    require("apiVersion", type.groupVersion().text(), object, found);
    return found;
  }

  private static void require(
      String field, String wanted, JsonObject object, List<FieldError> found) {
    String given = object.text(field);
    if (!wanted.equals(given)) {
      found.add(
          FieldError.invalid(
              FieldPath.of(field), Json.of(given == null ? "" : given), "must be " + wanted));
    }
  }

  private static void whole(
      ResourceType type, JsonObject object, @Nullable JsonObject old, List<FieldError> found) {
    found.addAll(ValueCheck.of(type.schema(), object, "", old));
    ScalePaths scale = type.scale();
    if (scale != null) {
      ScaleCheck.spec(scale, object, found);
      ScaleCheck.status(scale, object, found);
    }
  }

  private static void status(
      ResourceType type, JsonObject object, JsonObject old, List<FieldError> found) {
    Field declared = type.schema().field("status");
    Json status = object.get("status");
    if (declared != null && status != null) {
      // None is as good as null to upstream: a null where nothing was is no change.
      Json before = Objects.requireNonNullElse(old.get("status"), Json.NULL);
      found.addAll(ValueCheck.of(declared.node(), status, "status", before));
    }
    ScalePaths scale = type.scale();
    if (scale != null) {
      ScaleCheck.status(scale, object, found);
    }
  }
}
