package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.Locale;

/// The metadata that every object has, with the form of the kind's names.
///
/// @param beginnings the form of what a generated name begins with
record MetadataOnCreate(FormatNames.Format names, FormatNames.Format beginnings) implements Check {
  private static final int ANNOTATIONS_BYTES_MAX = 256 * 1024;

  MetadataOnCreate(FormatNames.Format names) {
    this(names, names);
  }

  @Override
  public boolean passes(ValidatedField spot) {
    check(spot.structure());
    return true;
  }

  void check(ValidatedObject object) {
    check(object.childOrEmpty("metadata"), object.context().type().namespaced());
  }

  /// @param namespaced whether the metadata must name a namespace, or may not
  void check(ValidatedObject metadata, boolean namespaced) {
    checkNames(metadata);
    checkNamespace(metadata, namespaced);
    checkCommon(metadata);
  }

  /// Checks what alone depends on the kind.
  void checkNames(ValidatedObject metadata) {
    if (!metadata.text("generateName").isEmpty()) {
      metadata.invalid(
          "generateName", beginnings.complaints(Formats.beginning(metadata.text("generateName"))));
    }
    if (metadata.text("name").isEmpty()) {
      metadata.required("name", "name or generateName is required");
    } else {
      metadata.invalid("name", names.complaints(metadata.text("name")));
    }
  }

  private static void checkNamespace(ValidatedObject metadata, boolean namespaced) {
    String namespace = metadata.text("namespace");
    if (!namespaced && !namespace.isEmpty()) {
      metadata.forbidden("namespace", "not allowed on this type");
    } else if (namespaced && namespace.isEmpty()) {
      metadata.required("namespace", "");
    } else if (namespaced) {
      metadata.invalid("namespace", Formats.dns1123Label(namespace));
    }
  }

  private static void checkCommon(ValidatedObject metadata) {
    metadata.notNegative("generation");
    Labels.check(metadata.map("labels"), metadata.path("labels"), metadata);
    checkAnnotations(metadata.map("annotations"), metadata.path("annotations"), metadata);
    OwnerReferences.check(metadata);
    Finalizers.check(metadata.texts("finalizers"), metadata.path("finalizers"), metadata);
    ManagedFields.check(metadata);
  }

  static void checkAnnotations(JsonObject annotations, FieldPath path, ValidatedObject reporter) {
    for (JsonObject.Field annotation : annotations) {
      for (String complaint : Formats.qualifiedName(annotation.name().toLowerCase(Locale.ROOT))) {
        reporter.add(FieldError.invalid(path, Json.of(annotation.name()), complaint));
      }
    }
    checkAnnotationsSize(annotations, path, reporter);
  }

  static void checkAnnotationsSize(
      JsonObject annotations, FieldPath path, ValidatedObject reporter) {
    int size = 0;
    for (JsonObject.Field annotation : annotations) {
      size += Formats.bytes(annotation.name());
      size += annotation.value() instanceof Json.Text(var text) ? Formats.bytes(text) : 0;
    }
    if (size > ANNOTATIONS_BYTES_MAX) {
      reporter.add(FieldError.tooLong(path, ANNOTATIONS_BYTES_MAX));
    }
  }
}
