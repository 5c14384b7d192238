package dev.pintle.kube.decode;

import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import org.jspecify.annotations.Nullable;

/// The schemas of the kinds that are built in, with those of their lists and of the machinery.
public final class BuiltInSchemas {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final String API = "io.k8s.api.";

  private final BuiltInTypes types = BuiltInTypes.load();

  /// Null for a kind that is not built in.
  public @Nullable SchemaNode of(GroupVersionKind kind) {
    ResourceType type = types.snapshot().kind(kind);
    if (type != null) {
      return type.schema();
    }
    SchemaNode ofApi = named(API + path(kind.groupVersion()) + "." + kind.kind());
    return ofApi == null ? named(META + kind.kind()) : ofApi;
  }

  private @Nullable SchemaNode named(String name) {
    return types.definitions().contains(name) ? types.definition(name) : null;
  }

  private static String path(GroupVersion version) {
    String group = version.group();
    int dot = group.indexOf('.');
    String first = group.isEmpty() ? "core" : dot < 0 ? group : group.substring(0, dot);
    return first + "." + version.version();
  }
}
