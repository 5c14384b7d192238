package dev.pintle.kube.validation;

import dev.pintle.kube.certificate.MalformedException;
import dev.pintle.kube.certificate.SigningRequest;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of requests for certificates of pods: who asks, with which key, and what became of it.
final class PodCertificateRules {
  private static final int UID_BYTES_MAX = 128;
  private static final int REQUEST_BYTES_MAX = 10 * 1024;
  private static final long SECONDS_MIN = 3_600;
  private static final long SECONDS_MAX = 91 * 24 * 3_600L;
  private static final long OWN_SECONDS_MAX = 24 * 3_600L;
  private static final Set<Integer> CURVE_BITS = Set.of(256, 384, 521);
  private static final Set<Integer> MODULUS_BITS = Set.of(3072, 4096);
  private static final List<String> ENDS = List.of("Issued", "Denied", "Failed");

  private PodCertificateRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "podCertificateRequest", PodCertificateRules::request,
        "podCertificateSpecKept", PodCertificateRules::specKept,
        "podCertificateStatus", PodCertificateRules::status);
  }

  private static void request(ValidatedObject request) {
    ValidatedObject spec = request.childOrEmpty("spec");
    SignerNames.check(spec, "signerName");
    annotations(spec, "unverifiedUserAnnotations");
    spec.invalid("podName", Formats.dns1123Subdomain(spec.text("podName")));
    uid(spec, "podUID");
    spec.invalid("serviceAccountName", Formats.dns1123Subdomain(spec.text("serviceAccountName")));
    uid(spec, "serviceAccountUID");
    spec.invalid("nodeName", Formats.dns1123Subdomain(spec.text("nodeName")));
    uid(spec, "nodeUID");
    if (!spec.has("maxExpirationSeconds")) {
      spec.required("maxExpirationSeconds", "must be set");
      return;
    }
    long most = secondsMax(spec.text("signerName"));
    long seconds = spec.number("maxExpirationSeconds");
    if (seconds < SECONDS_MIN || seconds > most) {
      spec.invalid(
          "maxExpirationSeconds", "must be in the range [%d, %d]".formatted(SECONDS_MIN, most));
    }
    if (spec.text("stubPKCS10Request").isEmpty()) {
      spec.add(
          FieldError.invalid(
              spec.path(),
              null,
              "exactly one of (stubPKCS10Request) or (pkixPublicKey, proofOfPossession) must be set"));
    } else {
      signed(spec, Base64.getDecoder().decode(spec.text("stubPKCS10Request")));
    }
  }

  /// How long a certificate may be good for.
  static long secondsMax(String signer) {
    String domain = signer.split("/", 2)[0];
    boolean own = domain.equals("kubernetes.io") || domain.endsWith(".kubernetes.io");
    return own ? OWN_SECONDS_MAX : SECONDS_MAX;
  }

  static void annotations(ValidatedObject spec, String field) {
    FieldPath path = spec.path(field);
    for (JsonObject.Field annotation : spec.map(field)) {
      String key = annotation.name().toLowerCase(Locale.ROOT);
      List<String> complaints = Formats.qualifiedName(key);
      complaints.forEach(complaint -> spec.add(FieldError.invalid(path, Json.of(key), complaint)));
      if (complaints.isEmpty() && key.indexOf('/') < 0) {
        spec.add(
            FieldError.invalid(
                path, Json.of(key), "must be a domain-prefixed key (such as \"acme.io/foo\")"));
      }
    }
    MetadataOnCreate.checkAnnotationsSize(spec.map(field), path, spec);
  }

  private static void uid(ValidatedObject spec, String field) {
    if (spec.text(field).isEmpty()) {
      spec.invalidText(field, "must not be empty");
    }
    if (Formats.isLonger(spec.text(field), UID_BYTES_MAX)) {
      spec.add(FieldError.tooLong(spec.path(field), UID_BYTES_MAX));
    }
  }

  private static void signed(ValidatedObject spec, byte[] der) {
    FieldPath path = spec.path("stubPKCS10Request");
    if (der.length > REQUEST_BYTES_MAX) {
      spec.add(FieldError.tooLong(path, REQUEST_BYTES_MAX));
      return;
    }
    SigningRequest request;
    PublicKey key;
    try {
      request = SigningRequest.of(der);
      key = request.publicKey();
    } catch (MalformedException _) {
      spec.add(FieldError.invalid(path, null, "must be a valid PKCS#10 CSR"));
      return;
    }
    FieldError complaint =
        switch (key) {
          case EdECPublicKey _ -> null;
          case ECPublicKey curve -> curve(path, curve);
          case RSAPublicKey modulus -> modulus(path, modulus);
          case null, default ->
              FieldError.invalid(
                  path,
                  null,
                  "unknown public key type; supported types are Ed25519, ECDSA, and RSA");
        };
    if (complaint != null) {
      spec.add(complaint);
      return;
    }
    try {
      request.requireSigned();
    } catch (MalformedException _) {
      spec.add(FieldError.invalid(path, null, "invalid signature"));
    }
  }

  private static @Nullable FieldError curve(FieldPath path, ECPublicKey key) {
    int bits = key.getParams().getCurve().getField().getFieldSize();
    return CURVE_BITS.contains(bits)
        ? null
        : FieldError.invalid(
            path,
            Json.of("curve P-" + bits),
            "elliptic public keys must use curve P256, P384, or P521");
  }

  private static @Nullable FieldError modulus(FieldPath path, RSAPublicKey key) {
    int bits = (key.getModulus().bitLength() + 7) / 8 * 8;
    return MODULUS_BITS.contains(bits)
        ? null
        : FieldError.invalid(
            path, Json.of(bits + "-bit modulus"), "RSA keys must have modulus size 3072 or 4096");
  }

  private static void specKept(ValidatedObject request) {
    ValidatedObject spec = request.childOrEmpty("spec");
    JsonObject old = spec.old();
    if (old != null && !InternalForms.same("PodCertificateRequestSpec", spec.structure(), old)) {
      request.add(
          FieldError.invalid(
              spec.path(),
              InternalForms.of("PodCertificateRequestSpec", spec.structure()),
              Immutable.MESSAGE));
    }
  }

  /// What is decided stays; nothing but a decision changes it.
  private static void status(ValidatedObject request) {
    ValidatedObject status = request.childOrEmpty("status");
    int before = request.context().findings().size();
    ends(status);
    ConditionRules.check(status, "conditions");
    if (request.context().findings().size() > before) {
      return;
    }
    JsonObject old = status.old() == null ? new JsonObject() : status.old();
    if (ENDS.stream().anyMatch(end -> has(old, end))) {
      requireSame(
          status, old, "immutable after PodCertificateRequest is issued, denied, or failed");
    } else if (has(status.structure(), "Denied") || has(status.structure(), "Failed")) {
      JsonObject alone = new JsonObject();
      Json conditions = status.value("conditions");
      if (conditions != null) {
        alone.set("conditions", conditions);
      }
      requireSame(
          status,
          alone,
          "non-condition status fields must be empty when denying or failing the PodCertificateRequest");
    } else if (has(status.structure(), "Issued")) {
      IssuedPodCertificate.check(request, status);
    } else {
      requireSame(
          status,
          old,
          "status is immutable unless transitioning to \"Issued\", \"Denied\", or \"Failed\"");
    }
  }

  private static void ends(ValidatedObject status) {
    int known = 0;
    FieldPath path = status.path("conditions");
    List<ValidatedObject> conditions = status.items("conditions");
    for (int i = 0; i < conditions.size(); i++) {
      // Upstream writes the index as a name of its own.
      FieldPath place = path.child("[" + i + "]");
      String type = conditions.get(i).text("type");
      if (!ENDS.contains(type)) {
        status.add(FieldError.notSupported(place.child("type"), Json.of(type), ENDS));
        continue;
      }
      if (++known > 1) {
        status.add(
            FieldError.invalid(
                place.child("type"),
                Json.of(type),
                "There may be at most one condition with type \"Issued\", \"Denied\", or \"Failed\""));
      }
      String held = conditions.get(i).text("status");
      if (!held.equals("True")) {
        status.add(FieldError.notSupported(place.child("status"), Json.of(held), List.of("True")));
      }
    }
  }

  private static boolean has(JsonObject status, String end) {
    return status.objects("conditions").stream()
        .anyMatch(condition ->
            condition.textOrEmpty("type").equals(end)
                && condition.textOrEmpty("status").equals("True"));
  }

  private static void requireSame(ValidatedObject status, JsonObject wanted, String detail) {
    if (!Immutable.same(status.structure(), wanted)) {
      status.add(FieldError.invalid(status.path(), null, detail));
    }
  }
}
