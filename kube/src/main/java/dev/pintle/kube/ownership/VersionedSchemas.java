package dev.pintle.kube.ownership;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.TypeSnapshot;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The schemas of a kind in all its versions: each entry means its paths in a version of its own.
public final class VersionedSchemas {
  private final Supplier<TypeSnapshot> types;
  private final Conversion conversion;

  public VersionedSchemas(Supplier<TypeSnapshot> types, Conversion conversion) {
    this.types = types;
    this.conversion = conversion;
  }

  /// A maker, from an object of any version, of one of `type`; the object is given away.
  @FunctionalInterface
  public interface Conversion {
    JsonObject convert(JsonObject object, ResourceType type);
  }

  /// The object in another version that is served; itself when it is in that version already.
  JsonObject convert(Write write, JsonObject object, String from, String to) {
    ResourceType type = from.equals(to) ? null : type(GroupVersionKind.of(to, write.kind().kind()));
    return type == null
        ? object
        : conversion.convert(
            object.copy().set("kind", write.kind().kind()).set("apiVersion", from), type);
  }

  /// Null when the version is not served any more, or in another group alone: a group knows the types of its own, as upstream.
  @Nullable SchemaNode schema(Write write, String apiVersion) {
    if (apiVersion.equals(write.apiVersion())) {
      return write.schema();
    }
    GroupVersionKind kind = GroupVersionKind.of(apiVersion, write.kind().kind());
    ResourceType type = kind.group().equals(write.kind().group()) ? type(kind) : null;
    return type == null ? null : type.schema();
  }

  /// Null for a kind that is not served.
  @Nullable ResourceType type(GroupVersionKind kind) {
    return types.get().kind(kind);
  }
}
