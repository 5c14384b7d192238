package dev.pintle.kube.encode;

import dev.pintle.kube.negotiation.Representation;
import dev.pintle.kube.negotiation.Representation.Form;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusErrors;

/// The two forms of metadata, one of an object and one of a list, of which each is refused for the other.
final class MetadataForms {
  private MetadataForms() {}

  static void requireOne(Representation form, ResourceType type) {
    if (form.form() != Form.METADATA_LIST) {
      return;
    }
    if (type.isCustom()) {
      throw StatusErrors.bare(500, "content is not a list");
    }
    throw StatusErrors.unlikeForm(
        "you requested PartialObjectMetadataList, but the requested object is not a list (*%s)"
            .formatted(goType(type)));
  }

  static void requireList(Representation form, ResourceType type) {
    if (form.form() == Form.METADATA) {
      throw StatusErrors.unlikeForm(
          "you requested PartialObjectMetadata, but the requested object is a list (*%sList)"
              .formatted(type.isCustom() ? "unstructured.Unstructured" : goType(type)));
    }
  }

  /// The type by which upstream handles it, whatever its version.
  private static String goType(ResourceType type) {
    String group = type.group();
    int dot = group.indexOf('.');
    String named = dot < 0 ? group : group.substring(0, dot);
    return (named.isEmpty() || named.equals("events") ? "core" : named) + "." + type.kind();
  }
}
