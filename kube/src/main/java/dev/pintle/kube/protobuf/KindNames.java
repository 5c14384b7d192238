package dev.pintle.kube.protobuf;

import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The finder of the type of a kind: of a resource, of its list, or one of those that belong to every group.
final class KindNames {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

  private final BuiltInTypes types;
  private final Map<GroupVersion, String> packages = new ConcurrentHashMap<>();

  KindNames(BuiltInTypes types) {
    this.types = types;
    for (ResourceType type : types.snapshot().resources()) {
      String own = "." + type.kind();
      String name = type.schema().typeName();
      packages.putIfAbsent(
          type.groupVersion(), name.substring(0, name.length() - own.length() + 1));
    }
  }

  /// Knows the kinds of a version that has the structures of another one.
  void add(GroupVersion version, GroupVersion like) {
    String home = packages.get(like);
    if (home != null) {
      packages.put(version, home);
    }
  }

  /// Null for a kind that has no binary form, as custom resources have none.
  @Nullable SchemaNode find(GroupVersionKind kind) {
    String home = packages.get(kind.groupVersion());
    if (home != null && types.definitions().contains(home + kind.kind())) {
      return types.definition(home + kind.kind());
    }
    return types.definitions().contains(META + kind.kind())
        ? types.definition(META + kind.kind())
        : null;
  }
}
