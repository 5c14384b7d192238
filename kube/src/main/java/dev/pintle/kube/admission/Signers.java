package dev.pintle.kube.admission;

import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import java.util.List;

/// The check of rights that somebody has on the name of a certificate signer, or on all signers of its domain
/// (`example.com/*`).
record Signers(Authorizer authorizer) {
  private static final GroupVersion GROUP = new GroupVersion("certificates.k8s.io", "v1");

  /// @param what it takes, for people: `approve requests with`
  void require(AdmissionRequest request, String verb, String signer, String what, ObjectView view) {
    int slash = signer.indexOf('/');
    String domain = (slash < 0 ? signer : signer.substring(0, slash)) + "/*";
    for (String name : List.of(signer, domain)) {
      RequestInfo target = new RequestInfo(verb, "", GROUP, "", "signers", name, "", 0);
      if (authorizer.decide(request.caller(), target, () -> view).allowed()) {
        return;
      }
    }
    throw StatusErrors.forbidden(
        request.type(),
        request.name(),
        "user not permitted to %s signerName \"%s\"".formatted(what, signer));
  }
}
