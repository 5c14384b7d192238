package dev.pintle.kube.admission.policy;

import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The memory of the policies that one request was changed by, from the first round of its plugins to the second.
final class MutationRounds {
  private final Set<Key> invoked = new HashSet<>(0);
  private final Set<Key> required = new HashSet<>(0);
  private @Nullable JsonObject left;

  /// The policy that was asked, its binding, and its parameters.
  record Key(String policy, String binding, String paramsNamespace, String params) {}

  /// Remembers one that may be asked again.
  void invoked(Key key) {
    invoked.add(key);
  }

  /// Has those that may be asked again asked again.
  void requireAll() {
    required.addAll(invoked);
    invoked.clear();
  }

  boolean isRequired(Key key) {
    return required.contains(key);
  }

  /// Remembers how policies left the object.
  void left(@Nullable JsonObject object) {
    left = object == null ? null : object.copy();
  }

  /// Whether others have changed the object since.
  boolean isChangedSince(@Nullable JsonObject object) {
    return left == null ? object != null : !left.equals(object);
  }
}
