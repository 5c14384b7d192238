package dev.pintle.kube.validation;

import dev.pintle.kube.format.Ports;
import dev.pintle.kube.object.Json;
import java.util.List;
import java.util.Set;

/// The rules of certificates that a volume brings to a pod: those that the cluster trusts, and the pod's own.
final class ProjectedCertificates {
  private static final int SECONDS_MIN = 3_600;
  private static final List<String> PATHS =
      List.of("credentialBundlePath", "keyPath", "certificateChainPath");

  private ProjectedCertificates() {}

  /// @param paths what other sources of the volume write to
  static void bundle(ValidatedObject volume, ValidatedObject bundle, Set<String> paths) {
    boolean named = bundle.has("name");
    boolean signed = bundle.has("signerName");
    if (named && signed) {
      bundle.add(
          FieldError.invalid(
              bundle.path(),
              InternalForms.of("ClusterTrustBundleProjection", bundle.structure()),
              "only one of name and signerName may be used"));
    } else if (named) {
      named(bundle);
    } else if (signed) {
      if (bundle.text("signerName").isEmpty()) {
        bundle.required("signerName", "must be a valid signer name");
      }
      SignerNames.check(bundle, "signerName");
      if (bundle.has("labelSelector")) {
        Labels.checkSelector(bundle.childOrEmpty("labelSelector"));
      }
    } else {
      bundle.add(FieldError.required(bundle.path(), "either name or signerName must be specified"));
    }
    String path = bundle.text("path");
    if (path.isEmpty()) {
      bundle.required("path", "");
    }
    user(bundle);
    FilePaths.descendingNonReserved(bundle, path, bundle.path("path"));
    if (!paths.add(path)) {
      volume.add(FieldError.invalid(volume.path(), Json.of(path), "conflicting duplicate paths"));
    }
  }

  private static void named(ValidatedObject bundle) {
    String name = bundle.text("name");
    if (name.isEmpty()) {
      bundle.required("name", "must be a valid object name");
    }
    int colon = name.lastIndexOf(':');
    String signer = colon < 0 ? "" : name.substring(0, colon).replace(':', '/');
    for (String complaint : TrustBundleRules.complaints(name, signer)) {
      bundle.invalidText("name", "not a valid clustertrustbundlename: " + complaint);
    }
    if (bundle.has("labelSelector")) {
      bundle.add(
          FieldError.invalid(
              bundle.path("labelSelector"),
              GoForm.selector(bundle.structure().object("labelSelector")),
              "labelSelector must be unset if name is specified"));
    }
  }

  static void ofPod(ValidatedObject volume, ValidatedObject certificate, Set<String> paths) {
    SignerNames.check(certificate, "signerName");
    PodCertificateRules.annotations(certificate, "userAnnotations");
    user(certificate);
    switch (certificate.text("keyType")) {
      case "RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519" -> {}
      default ->
          certificate.add(
              FieldError.notSupported(
                  certificate.path("keyType"),
                  Json.of(certificate.text("keyType")),
                  List.of("RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519")));
    }
    if (certificate.has("maxExpirationSeconds")) {
      seconds(certificate);
    }
    boolean written = false;
    for (String field : PATHS) {
      String path = certificate.text(field);
      if (!path.isEmpty()) {
        written = true;
        FilePaths.descendingNonReserved(certificate, path, certificate.path(field));
        Projections.conflict(volume, path, path, paths);
      }
    }
    if (!written) {
      certificate.add(
          FieldError.required(
              certificate.path(),
              "specify at least one of credentialBundlePath, keyPath, and certificateChainPath"));
    }
  }

  private static void seconds(ValidatedObject certificate) {
    long seconds = certificate.number("maxExpirationSeconds");
    long most = PodCertificateRules.secondsMax(certificate.text("signerName"));
    if (seconds < SECONDS_MIN) {
      certificate.invalid(
          "maxExpirationSeconds",
          "if provided, maxExpirationSeconds must be >= %d".formatted(SECONDS_MIN));
    }
    if (seconds > most) {
      certificate.invalid(
          "maxExpirationSeconds",
          "if provided, maxExpirationSeconds must be <= %d".formatted(most));
    }
  }

  private static void user(ValidatedObject source) {
    if (source.has("user")) {
      source.invalidNumber("user", Ports.within(source.number("user"), 0, Integer.MAX_VALUE));
    }
  }
}
