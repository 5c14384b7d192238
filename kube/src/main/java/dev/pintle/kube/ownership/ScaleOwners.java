package dev.pintle.kube.ownership;

import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The owners of an object as those of its `Scale`, and back: of all that they own only the number of replicas is seen there,
/// at a path of its own.
final class ScaleOwners {
  private static final List<PathElement> REPLICAS = PathElement.names("spec", "replicas");

  private final VersionedSchemas versions;
  private final ResourceType type;
  private final ManagedFieldsEntries parent;

  /// @param parent the owners of the object, which stay as they are
  ScaleOwners(VersionedSchemas versions, ResourceType type, ManagedFieldsEntries parent) {
    this.versions = versions;
    this.type = type;
    this.parent = parent;
  }

  /// The entries that the `Scale` has.
  ///
  /// @param apiVersion of Scale
  @Nullable JsonArray inScale(String apiVersion) {
    ManagedFieldsEntries scale = new ManagedFieldsEntries();
    parent
        .all()
        .forEach((writer, owned) -> {
          List<PathElement> path = path(owned.apiVersion()).orElse(List.of());
          if (owned.fields().has(path)) {
            scale.put(writer, FieldSet.of(List.of(REPLICAS)), apiVersion);
            scale.time(writer, parent.time(writer));
          }
        });
    return scale.isEmpty() ? null : scale.write();
  }

  /// The entries of the object after those of its `Scale` became `entries`.
  @Nullable JsonArray inParent(@Nullable JsonArray entries) {
    ManagedFieldsEntries scale =
        entries == null ? new ManagedFieldsEntries() : ManagedFieldsEntries.read(entries);
    ManagedFieldsEntries after = new ManagedFieldsEntries();
    parent
        .all()
        .forEach((writer, owned) ->
            path(owned.apiVersion()).ifPresent(path -> keep(after, scale, writer, owned, path)));
    List<PathElement> path = path(type.groupVersion().text()).orElse(List.of());
    scale
        .all()
        .forEach((writer, owned) -> {
          if (owned.fields().has(REPLICAS)) {
            after.put(writer, FieldSet.of(List.of(path)), type.groupVersion().text());
            after.time(writer, parent.time(writer));
          }
        });
    return after.isEmpty() ? null : after.write();
  }

  /// Who is no owner in the `Scale` any more is none here.
  private void keep(
      ManagedFieldsEntries after,
      ManagedFieldsEntries scale,
      Writer writer,
      ManagedFieldsEntries.Owned owned,
      List<PathElement> path) {
    FieldSet fields = owned.fields();
    if (fields.has(path)) {
      if (scale.of(writer) == null) {
        fields = fields.difference(FieldSet.of(List.of(path)));
      } else {
        scale.remove(writer);
      }
    }
    if (!fields.isEmpty()) {
      after.put(writer, fields, owned.apiVersion());
      after.time(writer, parent.time(writer));
    }
  }

  /// Where the number of replicas stands in a version; empty for a version that is not served, no elements where it stands
  /// nowhere.
  private Optional<List<PathElement>> path(String apiVersion) {
    ResourceType served = versions.type(GroupVersionKind.of(apiVersion, type.kind()));
    if (served == null) {
      return Optional.empty();
    }
    if (served.scale() == null) {
      return Optional.of(List.of());
    }
    String[] names =
        Arrays.stream(served.scale().specReplicas().split("\\.", -1))
            .filter(name -> !name.isEmpty())
            .toArray(String[]::new);
    return Optional.of(PathElement.names(names));
  }
}
