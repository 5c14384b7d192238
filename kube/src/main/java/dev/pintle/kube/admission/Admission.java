package dev.pintle.kube.admission;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectView;
import org.jspecify.annotations.Nullable;

/// One link of the chain: may change the object, or refuse the request with a [dev.pintle.kube.status.StatusError].
@FunctionalInterface
public interface Admission {
  void admit(AdmissionRequest attempt, ObjectView view);

  /// Looks at the outcome once everything else is settled and found right; may refuse, changes nothing.
  default void confirm(AdmissionRequest attempt, ObjectView view) {}

  /// What is about to happen.
  ///
  /// @param object as it would be; null for a delete
  /// @param old as it is; null for a create
  /// @param dryRun whether nothing will come of it
  /// @param named whether the path of the request names the object: a create that it names came of an update or a patch
  record AdmissionRequest(
      Action action,
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      @Nullable JsonObject object,
      @Nullable JsonObject old,
      UserInfo caller,
      boolean dryRun,
      boolean named) {

    /// Whether it is about objects of this resource themselves, not about a part of one.
    boolean isOf(String group, String plural) {
      return subresource.isEmpty() && type.plural().equals(plural) && type.group().equals(group);
    }
  }

  enum Action {
    CREATE,
    UPDATE,
    DELETE
  }
}
