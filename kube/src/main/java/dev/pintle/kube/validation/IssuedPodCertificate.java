package dev.pintle.kube.validation;

import dev.pintle.kube.certificate.MalformedException;
import dev.pintle.kube.certificate.PemBlock;
import dev.pintle.kube.certificate.SigningRequest;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.format.TextForms;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.rule.RuleTime;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The check of the certificate that a signer issued for a pod: whether it is what was asked for, and what is told of its times.
final class IssuedPodCertificate {
  private static final int CHAIN_BYTES_MAX = 100 * 1024;
  private static final Duration LIFETIME_MIN = Duration.ofHours(1);
  private static final Duration MARGIN = Duration.ofMinutes(10);
  private static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(5);
  // The kinds of a subject's other names, as X.509 numbers them.
  private static final int EMAIL_ADDRESS = 1;
  private static final int DNS_NAME = 2;
  private static final String CHAIN = "certificateChain";

  private final ValidatedObject request;
  private final ValidatedObject status;
  private boolean named = true;

  private IssuedPodCertificate(ValidatedObject request, ValidatedObject status) {
    this.request = request;
    this.status = status;
  }

  static void check(ValidatedObject request, ValidatedObject status) {
    new IssuedPodCertificate(request, status).check();
  }

  private void check() {
    String chain = status.text(CHAIN);
    if (Formats.isLonger(chain, CHAIN_BYTES_MAX)) {
      status.add(FieldError.tooLong(status.path(CHAIN), CHAIN_BYTES_MAX));
      return;
    }
    List<PemBlock> blocks = PemBlock.all(chain.getBytes(StandardCharsets.UTF_8));
    if (blocks.isEmpty()) {
      wrong("issued certificate chain must contain at least one certificate");
    } else if (!blocks.getFirst().type().equals("CERTIFICATE")) {
      wrong("issued certificate chain must consist entirely of CERTIFICATE PEM blocks");
    } else {
      X509Certificate leaf = TrustBundleRules.certificate(blocks.getFirst().content().array());
      if (leaf == null) {
        wrong("leaf certificate does not parse as valid X.509");
      } else if (namesFit(leaf) && isForKey(leaf) && timesFit(leaf)) {
        blocks.subList(1, blocks.size()).stream()
            .map(IssuedPodCertificate::complaint)
            .filter(complaint -> !complaint.isEmpty())
            .findFirst()
            .ifPresent(this::wrong);
      }
    }
  }

  private static String complaint(PemBlock block) {
    if (!block.type().equals("CERTIFICATE")) {
      return "issued certificate chain must consist entirely of CERTFICATE PEM blocks";
    }
    return TrustBundleRules.certificate(block.content().array()) == null
        ? "intermediate certificate does not parse as valid X.509"
        : "";
  }

  private void wrong(String detail) {
    status.invalidText(CHAIN, detail);
  }

  /// What is wrong with the names is told with what is missing of the times. What no parser can read fits none.
  private boolean namesFit(X509Certificate leaf) {
    try {
      Collection<List<?>> names = leaf.getSubjectAlternativeNames();
      List<List<?>> all = names == null ? List.of() : List.copyOf(names);
      texts(all, DNS_NAME).forEach(this::dnsName);
      texts(all, EMAIL_ADDRESS).stream()
          .filter(address -> !TextForms.isEmail(address))
          .forEach(address ->
              wrong(address, "leaf certificate should not contain invalid EmailAddress"));
      return true;
    } catch (CertificateParsingException unreadable) {
      wrong("leaf certificate does not parse as valid X.509");
      return false;
    }
  }

  private static List<String> texts(List<List<?>> names, int kind) {
    return names.stream()
        .filter(name -> name.getFirst().equals(kind))
        .map(name -> String.valueOf(name.get(1)))
        .toList();
  }

  private void dnsName(String name) {
    if (name.isEmpty()) {
      wrong(name, "leaf certificate should not contain empty DNSName");
    }
    if (name.contains("..")) {
      wrong(name, "leaf certificate's DNSName should not contain '..'");
    }
    if (name.startsWith(".") || name.endsWith(".")) {
      wrong(name, "leaf certificate's DNSName should not start or end with '.'");
    }
  }

  private void wrong(String name, String detail) {
    status.add(FieldError.invalid(status.path(CHAIN), Json.of(name), detail));
    named = false;
  }

  private boolean isForKey(X509Certificate leaf) {
    String asked = request.childOrEmpty("spec").text("stubPKCS10Request");
    try {
      PublicKey key = SigningRequest.of(Base64.getDecoder().decode(asked)).publicKey();
      if (key != null && !key.equals(leaf.getPublicKey())) {
        wrong("leaf certificate was not issued to the requested public key");
        return false;
      }
      return true;
    } catch (MalformedException _) {
      request.add(
          FieldError.invalid(
              FieldPath.of("spec.stubPKCS10Request"), null, "must be a valid PKCS#10 CSR"));
      return false;
    }
  }

  private boolean timesFit(X509Certificate leaf) {
    Instant from = time("notBefore", "must be present and consistent with the issued certificate");
    Instant to = time("notAfter", "must be present and consistent with the issued certificate");
    Instant refresh =
        time(
            "beginRefreshAt", "must be present and in the range [notbefore+10min, notafter-10min]");
    if (from == null || to == null || refresh == null || !named) {
      return false;
    }
    if (!from.equals(leaf.getNotBefore().toInstant())) {
      status.invalid(
          "notBefore", "must be set to the NotBefore time encoded in the leaf certificate");
      return false;
    }
    if (Duration.between(from, RuleTime.now()).abs().compareTo(CLOCK_SKEW_MAX) > 0) {
      status.invalid(
          "notBefore", "must be set to within 5 minutes of kube-apiserver's current time");
      return false;
    }
    if (!to.equals(leaf.getNotAfter().toInstant())) {
      status.invalid(
          "notAfter", "must be set to the NotAfter time encoded in the leaf certificate");
      return false;
    }
    return lifetimeFits(Duration.between(from, to)) && refreshFits(from, to, refresh);
  }

  private @Nullable Instant time(String field, String detail) {
    if (!status.has(field)) {
      status.required(field, detail);
      return null;
    }
    return Instant.parse(status.text(field));
  }

  private boolean lifetimeFits(Duration lifetime) {
    long most = request.childOrEmpty("spec").number("maxExpirationSeconds");
    String detail =
        lifetime.compareTo(LIFETIME_MIN) < 0
            ? "leaf certificate lifetime must be >= 1 hour"
            : lifetime.toSeconds() > most
                ? "leaf certificate lifetime must be <= spec.maxExpirationSeconds (%d)"
                    .formatted(most)
                : "";
    if (!detail.isEmpty()) {
      status.add(FieldError.invalid(status.path(CHAIN), Json.of(lifetime.toNanos()), detail));
    }
    return detail.isEmpty();
  }

  private boolean refreshFits(Instant from, Instant to, Instant refresh) {
    String detail =
        refresh.isBefore(from.plus(MARGIN))
            ? "must be at least 10 minutes after status.notBefore"
            : refresh.isAfter(to.minus(MARGIN))
                ? "must be at least 10 minutes before status.notAfter"
                : "";
    if (!detail.isEmpty()) {
      status.invalid("beginRefreshAt", detail);
    }
    return detail.isEmpty();
  }
}
