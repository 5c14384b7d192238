package dev.pintle.kube.admission;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.certificate.MalformedException;
import dev.pintle.kube.certificate.SigningRequest;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.validation.Immutable;
import java.util.Base64;

/// The admission plugins of certificates (CertificateApproval, CertificateSigning, CertificateSubjectRestriction,
/// ClusterTrustBundleAttest): nobody may request membership of `system:masters`; who approves or denies needs the right to
/// `approve` for the signer, who issues to `sign`, and who publishes a ClusterTrustBundle of a signer to `attest`.
public final class CertificateAdmission implements Admission {
  private static final String GROUP = "certificates.k8s.io";
  private static final String CLIENT_SIGNER = "kubernetes.io/kube-apiserver-client";

  private final Signers signers;

  public CertificateAdmission(Authorizer authorizer) {
    this.signers = new Signers(authorizer);
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    if (request.type().group().equals(GROUP) && request.action() != Action.DELETE) {
      switch (request.type().plural()) {
        case "certificatesigningrequests" -> request(request, view);
        case "clustertrustbundles" -> bundle(request, view);
        default -> {}
      }
    }
  }

  private void request(AdmissionRequest request, ObjectView view) {
    JsonObject object = request.object();
    JsonObject old = request.old();
    if (object == null) {
      return;
    }
    if (old == null) {
      requireNoMaster(request, object.objectAt("spec"));
      return;
    }
    // The stored name counts: a request does not change its signer on the way.
    String signer = old.objectAt("spec").textOrEmpty("signerName");
    switch (request.subresource()) {
      case "approval" -> signers.require(request, "approve", signer, "approve requests with", view);
      case "status" -> {
        if (!same(object, old, "certificate") || !same(object, old, "conditions")) {
          signers.require(request, "sign", signer, "sign requests with", view);
        }
      }
      default -> {}
    }
  }

  private static boolean same(JsonObject object, JsonObject old, String field) {
    return Immutable.same(object.objectAt("status").get(field), old.objectAt("status").get(field));
  }

  private static void requireNoMaster(AdmissionRequest request, JsonObject spec) {
    if (request.subresource().isEmpty() && spec.textOrEmpty("signerName").equals(CLIENT_SIGNER)) {
      try {
        byte[] pem = Base64.getDecoder().decode(spec.textOrEmpty("request"));
        if (SigningRequest.read(pem).organizations().contains(UserInfo.MASTERS)) {
          throw StatusErrors.forbidden(
              request.type(),
              request.name(),
              "use of %s signer with system:masters group is not allowed".formatted(CLIENT_SIGNER));
        }
      } catch (MalformedException | IllegalArgumentException malformed) {
        throw StatusErrors.forbidden(
            request.type(), request.name(), "failed to parse CSR: " + malformed.getMessage());
      }
    }
  }

  private void bundle(AdmissionRequest request, ObjectView view) {
    JsonObject object = request.object();
    String signer = object == null ? "" : object.objectAt("spec").textOrEmpty("signerName");
    boolean settled = request.action() == Action.UPDATE && GarbageCollectorFields.alone(request);
    if (!signer.isEmpty() && !settled) {
      signers.require(request, "attest", signer, "attest for", view);
    }
  }
}
