package dev.pintle.kube.admission;

import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.store.ObjectView;

/// An update or a patch that finds nothing and makes the object needs the right to create it too.
public final class CreationOnUpdate implements Admission {
  private final Authorizer authorizer;

  public CreationOnUpdate(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  @Override
  public void admit(AdmissionRequest attempt, ObjectView view) {}

  /// Asked once the object was found right, as upstream does: who may only update is told first what is wrong with it.
  @Override
  public void confirm(AdmissionRequest attempt, ObjectView view) {
    if (attempt.action() == Action.CREATE && attempt.named() && attempt.subresource().isEmpty()) {
      // A namespace lies in itself, as its path says.
      String namespace = attempt.isOf("", "namespaces") ? attempt.name() : attempt.namespace();
      RequestInfo target =
          new RequestInfo(
              "create",
              "",
              attempt.type().groupVersion(),
              namespace,
              attempt.type().plural(),
              attempt.name(),
              "",
              0);
      authorizer.require(attempt.caller(), target, () -> view);
    }
  }
}
