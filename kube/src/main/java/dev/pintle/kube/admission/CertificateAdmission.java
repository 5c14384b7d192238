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

/// An admission plugin of certificates: nobody may request membership of `system:masters`; who approves or denies needs the right
/// to `approve` for the signer, who issues to `sign`, and who publishes a ClusterTrustBundle of a signer to `attest`.
public final class CertificateAdmission implements Admission {
  private static final String GROUP = "certificates.k8s.io";
  private static final String CLIENT_SIGNER = "kubernetes.io/kube-apiserver-client";

  private final Signers signers;
  private final Concern concern;

  /// The question that a plugin asks.
  private enum Concern {
    APPROVAL("certificatesigningrequests"),
    SIGNING("certificatesigningrequests"),
    SUBJECT("certificatesigningrequests"),
    ATTESTATION("clustertrustbundles");

    private final String plural;

    Concern(String plural) {
      this.plural = plural;
    }
  }

  private CertificateAdmission(Authorizer authorizer, Concern concern) {
    this.signers = new Signers(authorizer);
    this.concern = concern;
  }

  /// The plugin CertificateApproval.
  public static CertificateAdmission approval(Authorizer authorizer) {
    return new CertificateAdmission(authorizer, Concern.APPROVAL);
  }

  /// The plugin CertificateSigning.
  public static CertificateAdmission signing(Authorizer authorizer) {
    return new CertificateAdmission(authorizer, Concern.SIGNING);
  }

  /// The plugin CertificateSubjectRestriction.
  public static CertificateAdmission subjectRestriction(Authorizer authorizer) {
    return new CertificateAdmission(authorizer, Concern.SUBJECT);
  }

  /// The plugin ClusterTrustBundleAttest.
  public static CertificateAdmission attest(Authorizer authorizer) {
    return new CertificateAdmission(authorizer, Concern.ATTESTATION);
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    JsonObject object = request.object();
    if (object == null
        || request.action() == Action.DELETE
        || !request.type().group().equals(GROUP)
        || !request.type().plural().equals(concern.plural)) {
      return;
    }
    switch (concern) {
      case APPROVAL -> approval(request, view);
      case SIGNING -> signing(request, object, view);
      case SUBJECT -> {
        if (request.old() == null) {
          requireNoMaster(request, object.objectAt("spec"));
        }
      }
      case ATTESTATION -> bundle(request, object, view);
    }
  }

  private void approval(AdmissionRequest request, ObjectView view) {
    JsonObject old = request.old();
    if (old != null && request.subresource().equals("approval")) {
      signers.require(request, "approve", signer(old), "approve requests with", view);
    }
  }

  private void signing(AdmissionRequest request, JsonObject object, ObjectView view) {
    JsonObject old = request.old();
    if (old != null
        && request.subresource().equals("status")
        && (!same(object, old, "certificate") || !same(object, old, "conditions"))) {
      signers.require(request, "sign", signer(old), "sign requests with", view);
    }
  }

  /// The stored name counts: a request does not change its signer on the way.
  private static String signer(JsonObject old) {
    return old.objectAt("spec").textOrEmpty("signerName");
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

  private void bundle(AdmissionRequest request, JsonObject object, ObjectView view) {
    String signer = object.objectAt("spec").textOrEmpty("signerName");
    boolean settled = request.action() == Action.UPDATE && GarbageCollectorFields.alone(request);
    if (!signer.isEmpty() && !settled) {
      signers.require(request, "attest", signer, "attest for", view);
    }
  }
}
