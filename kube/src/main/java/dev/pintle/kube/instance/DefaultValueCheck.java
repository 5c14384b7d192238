package dev.pintle.kube.instance;

import dev.pintle.kube.object.FieldOrder;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The check of the defaults of one schema: each must be a value that the schema accepts, its expressions as well, which share
/// what those of one object may cost.
public final class DefaultValueCheck {
  private final ResourceType type;
  private final SchemaNode objectMeta;
  private long left = RuleCheck.COST_MAX;

  /// @param type of definitions
  public DefaultValueCheck(ResourceType type) {
    this.type = type;
    Field metadata = type.schema().field("metadata");
    if (metadata == null) {
      throw new IllegalStateException("metadata of %s (expected: a resource)".formatted(type));
    }
    this.objectMeta = metadata.node();
  }

  /// Whether the expressions so far took all that there was: no further default is looked at.
  public boolean isSpent() {
    return left < 0;
  }

  /// What is wrong with a default. The metadata of whole objects in it becomes what the API knows of it.
  ///
  /// @param whole whether it is a whole object of the API
  /// @param path where the default stands
  public List<FieldError> check(SchemaNode node, boolean whole, Json given, FieldPath path) {
    List<FieldError> found = new ArrayList<>();
    if (UnknownFields.isAnyIn(node, whole, given)) {
      found.add(
          FieldError.invalid(path, FieldOrder.throughout(given), "must not have unknown fields"));
    }
    FieldError unreadable = EmbeddedMetadata.read(objectMeta, node, whole, given, path);
    if (unreadable != null) {
      found.add(unreadable);
      return found;
    }
    List<FieldError> wrong = EmbeddedObjects.check(type, node, whole, given, path);
    found.addAll(wrong.isEmpty() ? value(node, whole, given, path) : wrong);
    return found;
  }

  /// What is wrong with a default that is a part of the metadata, or the kind or the version, of a whole object.
  ///
  /// @param resource the schema of the whole object
  /// @param around the whole object with the default in its place
  public List<FieldError> checkInMetadata(
      SchemaNode node, Json given, SchemaNode resource, JsonObject around, FieldPath path) {
    FieldError unreadable =
        EmbeddedMetadata.read(objectMeta, resource, true, around, FieldPath.ROOT);
    List<FieldError> wrong =
        unreadable == null
            ? EmbeddedObjects.check(type, resource, true, around, FieldPath.ROOT)
            : List.of(unreadable);
    return wrong.isEmpty()
        ? value(node, false, given, path)
        : List.of(
            FieldError.invalid(path, given, "must result in valid metadata: " + joined(wrong)));
  }

  private static String joined(List<FieldError> wrong) {
    Set<String> texts = new LinkedHashSet<>();
    wrong.forEach(error -> texts.add(error.field() + ": " + error.message()));
    return texts.size() == 1 ? texts.iterator().next() : "[" + String.join(", ", texts) + "]";
  }

  private List<FieldError> value(SchemaNode node, boolean whole, Json value, FieldPath path) {
    List<FieldError> wrong = ValueCheck.ofDefault(node, value, path.toString());
    if (!wrong.isEmpty()) {
      return wrong;
    }
    RuleCheck.Verdict changed = RuleCheck.ofDefault(node, whole, value, value, path, left);
    RuleCheck.Verdict made =
        changed.found().isEmpty()
            ? RuleCheck.ofDefault(node, whole, value, null, path, left)
            : changed;
    left = Math.min(changed.left(), made.left());
    return made.found();
  }
}
