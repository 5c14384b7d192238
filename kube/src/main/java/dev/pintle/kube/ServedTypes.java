package dev.pintle.kube;

import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The types of built-in resources as they are served when they are asked for.
record ServedTypes(TypeRegistry registry) {

  ResourceType find(GroupVersion version, String plural) {
    return Objects.requireNonNull(registry.current().resource(version, plural), plural);
  }

  /// As [#find]; null for what is not served.
  @Nullable ResourceType findOrNull(GroupVersion version, String plural) {
    return registry.current().resource(version, plural);
  }

  /// The finder of the type in version `v1` of a group.
  ///
  /// @param group empty for the core group
  Supplier<ResourceType> v1(String group, String plural) {
    GroupVersion version = new GroupVersion(group, "v1");
    return () -> find(version, plural);
  }
}
