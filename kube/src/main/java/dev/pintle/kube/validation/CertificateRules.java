package dev.pintle.kube.validation;

import dev.pintle.kube.certificate.MalformedException;
import dev.pintle.kube.certificate.PemBlock;
import dev.pintle.kube.certificate.SigningRequest;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Requests for certificates: what is asked for, who decided, what was issued. What is wrong in an object that is stored already is
/// put up with.
final class CertificateRules {
  private static final String LEGACY = "kubernetes.io/legacy-unknown";
  private static final int SECONDS_MIN = 600;
  private static final List<String> DECISIONS = List.of("Approved", "Denied");
  private static final String BOTH =
      "{conditions[{\"type\": \"Approved\"}], conditions[{\"type\": \"Denied\"}]}";
  private static final String ONE_DECISION =
      "must specify at most one of: `conditions[{\"type\": \"Approved\"}]`, `conditions[{\"type\": \"Denied\"}]`";
  private static final List<String> FINAL = List.of("Approved", "Denied", "Failed");
  private static final String[] USAGES = {
    "any",
    "cert sign",
    "client auth",
    "code signing",
    "content commitment",
    "crl sign",
    "data encipherment",
    "decipher only",
    "digital signature",
    "email protection",
    "encipher only",
    "ipsec end system",
    "ipsec tunnel",
    "ipsec user",
    "key agreement",
    "key encipherment",
    "microsoft sgc",
    "netscape sgc",
    "ocsp signing",
    "s/mime",
    "server auth",
    "signing",
    "timestamping"
  };

  private CertificateRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "certificateRequest", CertificateRules::request,
        "certificateKept", request -> kept(request, false, false),
        "certificateIssued", request -> kept(request, false, true),
        "certificateDecided", request -> kept(request, true, false));
  }

  private static void request(ValidatedObject object) {
    JsonObject old = object.old();
    ValidatedObject spec = object.childOrEmpty("spec");
    signed(spec);
    usages(spec, old == null ? List.of() : old(object, "spec").texts("usages"), old != null);
    boolean legacy = spec.text("signerName").equals(LEGACY);
    if (legacy && !(old != null && old(object, "spec").text("signerName").equals(LEGACY))) {
      spec.invalid("signerName", "the legacy signerName is not allowed via this API version");
    } else {
      SignerNames.check(spec, "signerName");
    }
    if (spec.has("expirationSeconds") && spec.number("expirationSeconds") < SECONDS_MIN) {
      spec.invalid(
          "expirationSeconds", "may not specify a duration less than 600 seconds (10 minutes)");
    }
    conditions(object);
    certificate(object);
  }

  /// The same place before the update, empty when there is none.
  private static ValidatedObject old(ValidatedObject object, String field) {
    JsonObject old = object.old();
    JsonObject structure = old == null ? null : old.object(field);
    return new ValidatedObject(
        object.context(),
        object.path(field),
        structure == null ? new JsonObject() : structure,
        null);
  }

  private static void signed(ValidatedObject spec) {
    try {
      SigningRequest.read(bytes(spec.text("request"))).requireSigned();
    } catch (MalformedException wrong) {
      Json shown = spec.value("request") instanceof Json.Text given ? given : Json.NULL;
      spec.add(FieldError.invalid(spec.path("request"), shown, wrong.getMessage()));
    }
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  private static void usages(ValidatedObject spec, List<String> before, boolean update) {
    List<String> usages = spec.texts("usages");
    List<String> known = List.of(USAGES);
    FieldPath path = spec.path("usages");
    if (usages.isEmpty()) {
      spec.required("usages", "");
    }
    if (!update || known.containsAll(before)) {
      for (int i = 0; i < usages.size(); i++) {
        if (!known.contains(usages.get(i))) {
          spec.add(FieldError.notSupportedWord(path.index(i), usages.get(i), known));
        }
      }
    }
    Set<String> seen = new HashSet<>();
    if (!update || new HashSet<>(before).size() == before.size()) {
      for (int i = 0; i < usages.size(); i++) {
        if (!seen.add(usages.get(i))) {
          spec.add(FieldError.duplicateWord(path.index(i), usages.get(i)));
        }
      }
    }
  }

  private static void conditions(ValidatedObject object) {
    ValidatedObject status = object.childOrEmpty("status");
    List<String> before = types(old(object, "status").items("conditions"));
    boolean update = object.old() != null;
    boolean typed = !(update && before.contains(""));
    boolean once = !(update && new HashSet<>(before).size() < before.size());
    Set<String> all = new HashSet<>();
    for (ValidatedObject condition : status.items("conditions")) {
      String type = condition.text("type");
      if (typed && type.isEmpty()) {
        condition.required("type", "");
      }
      conditionStatus(condition, type);
      if (!all.add(type) && once) {
        condition.duplicate("type");
      }
    }
  }

  /// Told after what an update may not change.
  private static void decidedOnce(ValidatedObject status, ValidatedObject before) {
    if (hasAll(status, DECISIONS) && !hasAll(before, DECISIONS)) {
      status.add(FieldError.invalid(status.path("conditions"), Json.of(BOTH), ONE_DECISION));
    }
  }

  private static boolean hasAll(ValidatedObject status, List<String> types) {
    return types.stream().noneMatch(type -> of(status, type).isEmpty());
  }

  private static void conditionStatus(ValidatedObject condition, String type) {
    String[] allowed =
        FINAL.contains(type) ? new String[] {"True"} : new String[] {"False", "True", "Unknown"};
    String status = condition.text("status");
    if (status.isEmpty()) {
      condition.required("status", "");
    } else if (!List.of(allowed).contains(status)) {
      condition.notSupported("status", allowed);
    }
  }

  private static List<String> types(List<ValidatedObject> conditions) {
    return conditions.stream().map(condition -> condition.text("type")).toList();
  }

  private static void certificate(ValidatedObject object) {
    ValidatedObject status = object.childOrEmpty("status");
    String issued = status.text("certificate");
    String before = old(object, "status").text("certificate");
    boolean checked =
        object.old() == null || (!issued.equals(before) && complaint(before).isEmpty());
    if (checked) {
      complaint(issued)
          .ifPresent(why ->
              status.add(
                  FieldError.invalid(
                      status.path("certificate"), Json.of("<certificate data>"), why)));
    }
  }

  private static Optional<String> complaint(String base64) {
    if (base64.isEmpty()) {
      return Optional.empty();
    }
    List<PemBlock> blocks = PemBlock.all(bytes(base64));
    for (PemBlock block : blocks) {
      if (!block.type().equals("CERTIFICATE")) {
        return Optional.of(
            "only CERTIFICATE PEM blocks are allowed, found " + GoText.quote(block.type()));
      }
      if (block.headers()) {
        return Optional.of("no PEM block headers are permitted");
      }
      if (block.content().size() == 0) {
        return Optional.of("found CERTIFICATE PEM block containing 0 certificates");
      }
      if (!isCertificate(block.content().array())) {
        return Optional.of("x509: malformed certificate");
      }
    }
    return blocks.isEmpty()
        ? Optional.of("must contain at least one CERTIFICATE PEM block")
        : Optional.empty();
  }

  private static boolean isCertificate(byte[] content) {
    try {
      return CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(content))
          != null;
    } catch (CertificateException malformed) {
      return false;
    }
  }

  private static void kept(ValidatedObject object, boolean mayDecide, boolean mayIssue) {
    request(object);
    ValidatedObject status = object.childOrEmpty("status");
    ValidatedObject before = old(object, "status");
    for (String type : FINAL) {
      if (of(status, type).size() < of(before, type).size()) {
        status.forbidden(
            "conditions", "updates may not remove a condition of type " + GoText.quote(type));
      }
    }
    if (!mayDecide) {
      DECISIONS.forEach(type -> undecided(status, before, type));
    }
    String issued = status.text("certificate");
    if (!issued.equals(before.text("certificate"))) {
      if (!mayIssue) {
        status.forbidden("certificate", "updates may not set certificate content");
      } else if (!before.text("certificate").isEmpty()) {
        status.forbidden("certificate", "updates may not modify existing certificate content");
      }
    }
    decidedOnce(status, before);
  }

  private static void undecided(ValidatedObject status, ValidatedObject before, String type) {
    List<JsonObject> now = of(status, type);
    List<JsonObject> then = of(before, type);
    String what = now.size() > then.size() ? "add" : "modify";
    boolean changed = now.size() > then.size() || (now.size() == then.size() && !now.equals(then));
    if (changed) {
      status.forbidden(
          "conditions",
          "updates may not %s a condition of type %s".formatted(what, GoText.quote(type)));
    }
  }

  private static List<JsonObject> of(ValidatedObject status, String type) {
    return status.items("conditions").stream()
        .filter(condition -> condition.text("type").equals(type))
        .map(ValidatedObject::structure)
        .toList();
  }
}
