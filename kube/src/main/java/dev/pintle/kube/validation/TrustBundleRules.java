package dev.pintle.kube.validation;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.certificate.PemBlock;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rules of bundles of certificates that a cluster trusts.
final class TrustBundleRules {
  private static final int BUNDLE_BYTES_MAX = 1024 * 1024;

  private TrustBundleRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "trustBundleName", TrustBundleRules::name,
        "trustBundle", TrustBundleRules::bundle,
        "trustBundleSignerKept", TrustBundleRules::signerKept);
  }

  private static void name(ValidatedObject bundle) {
    String signer = bundle.childOrEmpty("spec").text("signerName");
    new MetadataOnCreate(name -> complaints(name, signer)).check(bundle);
  }

  /// What is wrong with the name of a bundle of `signer`, or of nobody's.
  static List<String> complaints(String name, String signer) {
    if (signer.isEmpty()) {
      return name.indexOf(':') < 0
          ? Formats.dns1123Subdomain(name)
          : List.of("ClusterTrustBundle without signer name must not have \":\" in its name");
    }
    String prefix = signer.replace('/', ':') + ":";
    return name.startsWith(prefix)
        ? Formats.dns1123Subdomain(name.substring(prefix.length()))
        : List.of(
            "ClusterTrustBundle for signerName %s must be named with prefix %s"
                .formatted(signer, prefix));
  }

  private static void bundle(ValidatedObject bundle) {
    ValidatedObject spec = bundle.childOrEmpty("spec");
    if (!spec.text("signerName").isEmpty()) {
      SignerNames.check(spec, "signerName");
    }
    JsonObject old = spec.old();
    String anchors = spec.text("trustBundle");
    if (old == null || !old.textOrEmpty("trustBundle").equals(anchors)) {
      anchors(spec, anchors);
    }
  }

  private static void signerKept(ValidatedObject bundle) {
    ValidatedObject spec = bundle.childOrEmpty("spec");
    JsonObject old = spec.old();
    String before = old == null ? "" : old.textOrEmpty("signerName");
    if (!spec.text("signerName").equals(before)) {
      spec.invalidText("signerName", Immutable.MESSAGE);
    }
  }

  private static void anchors(ValidatedObject spec, String text) {
    if (Formats.isLonger(text, BUNDLE_BYTES_MAX)) {
      spec.add(FieldError.tooLong(spec.path("trustBundle"), BUNDLE_BYTES_MAX));
      return;
    }
    List<PemBlock> blocks = PemBlock.all(text.getBytes(StandardCharsets.UTF_8));
    Map<Bytes, List<Integer>> places = new LinkedHashMap<>();
    boolean malformed = false;
    for (int i = 0; i < blocks.size(); i++) {
      String complaint = complaint(blocks.get(i));
      if (complaint.isEmpty()) {
        places.computeIfAbsent(blocks.get(i).content(), _ -> new ArrayList<>()).add(i);
      } else {
        malformed = true;
        tell(spec, "entry %d %s".formatted(i, complaint));
      }
    }
    if (malformed) {
      return;
    }
    if (places.isEmpty()) {
      tell(spec, "at least one trust anchor must be provided");
    }
    places.values().stream()
        .filter(indexes -> indexes.size() > 1)
        .forEach(indexes ->
            tell(
                spec,
                "duplicate trust anchor (indices %s)"
                    .formatted(
                        indexes.stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(" ", "[", "]")))));
  }

  private static void tell(ValidatedObject spec, String detail) {
    spec.add(FieldError.invalid(spec.path("trustBundle"), Json.of("<value omitted>"), detail));
  }

  private static String complaint(PemBlock block) {
    if (!block.type().equals("CERTIFICATE")) {
      return "has bad block type: " + block.type();
    }
    if (block.headers()) {
      return "has PEM block headers";
    }
    X509Certificate certificate = certificate(block.content().array());
    if (certificate == null) {
      return "does not parse as X.509";
    }
    return certificate.getBasicConstraints() < 0 ? "does not have the CA bit set" : "";
  }

  /// Null for what is none.
  static @Nullable X509Certificate certificate(byte[] content) {
    try {
      return CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(content))
              instanceof X509Certificate certificate
          ? certificate
          : null;
    } catch (CertificateException malformed) {
      return null;
    }
  }
}
