package dev.pintle.kube.admission;

import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.certificate.MalformedException;
import dev.pintle.kube.certificate.SigningRequest;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.validation.Immutable;
import java.util.Base64;

/// Who may ask for which certificates, decide about requests, and issue: nobody asks to be a master; who decides must be allowed to
/// `approve` for the signer, who issues to `sign`, who publishes a bundle of trust in the name of a signer to `attest`.
public final class CertificateRights implements Admission {
  private static final String GROUP = "certificates.k8s.io";
  private static final String CLIENT_SIGNER = "kubernetes.io/kube-apiserver-client";

  private final Signers signers;

  public CertificateRights(Authorizer authorizer) {
    this.signers = new Signers(authorizer);
  }

  @Override
  public void admit(AdmissionRequest attempt, ObjectView view) {}

  @Override
  public void confirm(AdmissionRequest attempt, ObjectView view) {
    if (attempt.type().group().equals(GROUP) && attempt.action() != Action.DELETE) {
      switch (attempt.type().plural()) {
        case "certificatesigningrequests" -> request(attempt, view);
        case "clustertrustbundles" -> bundle(attempt, view);
        default -> {}
      }
    }
  }

  private void request(AdmissionRequest attempt, ObjectView view) {
    JsonObject object = attempt.object();
    JsonObject old = attempt.old();
    if (object == null) {
      return;
    }
    if (old == null) {
      requireNoMaster(attempt, object.objectAt("spec"));
      return;
    }
    // The stored name counts: a request does not change its signer on the way.
    String signer = text(old.objectAt("spec"), "signerName");
    switch (attempt.subresource()) {
      case "approval" -> signers.require(attempt, "approve", signer, "approve requests with", view);
      case "status" -> {
        if (!same(object, old, "certificate") || !same(object, old, "conditions")) {
          signers.require(attempt, "sign", signer, "sign requests with", view);
        }
      }
      default -> {}
    }
  }

  private static boolean same(JsonObject object, JsonObject old, String field) {
    return Immutable.same(object.objectAt("status").get(field), old.objectAt("status").get(field));
  }

  private static void requireNoMaster(AdmissionRequest attempt, JsonObject spec) {
    if (attempt.subresource().isEmpty() && text(spec, "signerName").equals(CLIENT_SIGNER)) {
      try {
        byte[] pem = Base64.getDecoder().decode(text(spec, "request"));
        if (SigningRequest.read(pem).organizations().contains(UserInfo.MASTERS)) {
          throw StatusErrors.forbidden(
              attempt.type(),
              attempt.name(),
              "use of %s signer with system:masters group is not allowed".formatted(CLIENT_SIGNER));
        }
      } catch (MalformedException | IllegalArgumentException malformed) {
        throw StatusErrors.forbidden(
            attempt.type(), attempt.name(), "failed to parse CSR: " + malformed.getMessage());
      }
    }
  }

  private void bundle(AdmissionRequest attempt, ObjectView view) {
    JsonObject object = attempt.object();
    String signer = object == null ? "" : text(object.objectAt("spec"), "signerName");
    boolean settled = attempt.action() == Action.UPDATE && CollectorFields.alone(attempt);
    if (!signer.isEmpty() && !settled) {
      signers.require(attempt, "attest", signer, "attest for", view);
    }
  }

  private static String text(JsonObject object, String field) {
    String text = object.text(field);
    return text == null ? "" : text;
  }
}
