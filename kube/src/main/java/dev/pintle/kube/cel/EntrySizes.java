package dev.pintle.kube.cel;

import dev.pintle.kube.cel.CelType.Kind;
import org.jspecify.annotations.Nullable;

/// The sizes of the keys and the values of a list or map that an expression makes.
record EntrySizes(Kind container, SizeEstimate key, SizeEstimate value) {
  static @Nullable EntrySizes covering(@Nullable EntrySizes one, @Nullable EntrySizes other) {
    return one == null || other == null
        ? null
        : new EntrySizes(one.container, one.key.or(other.key), one.value.or(other.value));
  }
}
