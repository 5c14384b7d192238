package dev.pintle.kube.admission;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.store.ObjectView;
import java.util.Set;

/// The admission step that asks for the right to create, when an update or a patch finds nothing and therefore makes the
/// object; what is said of its status makes some, for which the right is one of the status.
public final class CreateOnUpdateAuthorization implements Admission {
  /// What makes objects that are not there: the whole of one, or its status.
  private static final Set<String> MAKING = Set.of("", "status");

  private final Authorizer authorizer;

  public CreateOnUpdateAuthorization(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /// Asked once the object was found right, as upstream does: who may only update is told first what is wrong with it.
  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    if (request.action() == Action.CREATE
        && request.named()
        && MAKING.contains(request.subresource())) {
      // A namespace lies in itself, as its path says.
      String namespace = request.isOf("", "namespaces") ? request.name() : request.namespace();
      RequestInfo target =
          new RequestInfo(
              "create",
              "",
              request.type().groupVersion(),
              namespace,
              request.type().plural(),
              request.name(),
              request.subresource(),
              0);
      authorizer.require(request.caller(), target, () -> view);
    }
  }
}
