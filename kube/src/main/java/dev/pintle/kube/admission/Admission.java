package dev.pintle.kube.admission;

import dev.pintle.kube.status.Cause;
import dev.pintle.kube.store.ObjectView;
import java.util.List;

/// An admission plugin, which sees every write of a client: create, update, delete, each object of a collection that is
/// deleted, binding and eviction. All of its steps run inside the transaction of the write, again with each attempt, and
/// may add guards and writes to it; all but one may refuse the request with a [dev.pintle.kube.status.StatusError].
public interface Admission {
  /// May change the object; before it is checked.
  default void mutate(AdmissionRequest request, ObjectView view) {}

  /// As above, for plugins that others change the object after or before.
  ///
  /// @param passes which of the two passes this is
  default void mutate(AdmissionRequest request, ObjectView view, Reinvocation passes) {
    mutate(request, view);
  }

  /// Does what the registry of a kind does itself once all plugins have changed the object: what it sets they cannot set
  /// otherwise, and what it forbids they cannot bring in. The name is that of kube-apiserver's strategies.
  default void prepare(AdmissionRequest request, ObjectView view) {}

  /// What only the store can tell to be wrong with an object; told before what its own checks find.
  default List<Cause> wrong(AdmissionRequest request, ObjectView view) {
    return List.of();
  }

  /// Looks at the outcome once everything else is settled and found right; changes nothing of the object.
  default void validate(AdmissionRequest request, ObjectView view) {}
}
