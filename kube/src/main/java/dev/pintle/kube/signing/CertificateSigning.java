package dev.pintle.kube.signing;

import dev.pintle.kube.certificate.CertificateIssuer;
import dev.pintle.kube.certificate.CertificateOrder;
import dev.pintle.kube.certificate.MalformedException;
import dev.pintle.kube.certificate.SigningRequest;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.MetaTime;
import dev.pintle.kube.status.StatusErrors;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The issue of certificates of Kubernetes' own signers by the authority of the server, once they are approved: upstream's
/// `certificatesigningrequest-signing-controller`. They last a year, or as long as was asked for if that is less.
///
/// @param issuer asked for at each use, since the authority may be renewed; empty while its key is not there
public record CertificateSigning(Supplier<Optional<CertificateIssuer>> issuer, Clock clock)
    implements CertificateRequests.Care {
  public static final String CONTROLLER = "certificatesigningrequest-signing-controller";

  private static final Duration LIFE_MAX = Duration.ofDays(365);
  private static final Duration LIFE_MIN = Duration.ofMinutes(10);

  /// Clocks of other machines may be behind ours.
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  /// A certificate with less life has all of it from now on.
  private static final Duration SHORT = Duration.ofHours(8);

  private static final String CLIENT = "kubernetes.io/kube-apiserver-client";
  private static final String KUBELET_CLIENT = "kubernetes.io/kube-apiserver-client-kubelet";
  private static final String KUBELET_SERVING = "kubernetes.io/kubelet-serving";
  private static final String LEGACY = "kubernetes.io/legacy-unknown";
  private static final Set<String> SIGNERS =
      Set.of(CLIENT, KUBELET_CLIENT, KUBELET_SERVING, LEGACY);
  private static final String CLIENT_USAGE = "client auth";
  private static final Set<String> CLIENT_USAGES =
      Set.of("digital signature", "key encipherment", CLIENT_USAGE);

  @Override
  public boolean isDone(CertificateRequests.Request request) {
    JsonObject spec = request.spec();
    String signer = spec.textOrEmpty("signerName");
    boolean wanted =
        SIGNERS.contains(signer)
            && request.certificate().isEmpty()
            && request.mentions("Approved")
            && !request.mentions("Denied")
            && !request.has("Failed");
    Optional<CertificateIssuer> authority = wanted ? issuer.get() : Optional.empty();
    if (authority.isEmpty()) {
      // Its key may be put back.
      return !wanted;
    }
    try {
      SigningRequest asked = SigningRequest.read(request.pem());
      List<String> usages = spec.texts("usages");
      Optional<String> complaint = complaint(signer, asked, usages);
      if (complaint.isPresent()) {
        fail(request, complaint.get());
      } else {
        String pem = authority.get().issue(order(asked, spec));
        String encoded =
            Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
        request.tree().objectAt("status").set("certificate", encoded);
        request.write("status");
      }
      return true;
    } catch (MalformedException | GeneralSecurityException unsigned) {
      throw StatusErrors.internal("error auto signing csr: " + unsigned.getMessage());
    }
  }

  private static Optional<String> complaint(
      String signer, SigningRequest asked, List<String> usages) {
    return switch (signer) {
      case KUBELET_SERVING -> KubeletRequestRules.notForServing(asked.names(), usages);
      case KUBELET_CLIENT -> KubeletRequestRules.notForClient(asked.names(), usages);
      case CLIENT -> notForClients(usages);
      default -> Optional.empty();
    };
  }

  private static Optional<String> notForClients(List<String> usages) {
    for (String usage : usages) {
      if (!CLIENT_USAGES.contains(usage)) {
        return Optional.of("invalid usage for client certificate: " + usage);
      }
    }
    return usages.contains(CLIENT_USAGE)
        ? Optional.empty()
        : Optional.of("missing required usage for client certificate: " + CLIENT_USAGE);
  }

  private CertificateOrder order(SigningRequest asked, JsonObject spec) throws MalformedException {
    Instant now = clock.instant();
    Duration life = life(spec);
    return new CertificateOrder(
        asked.names(),
        asked.provenKey(),
        spec.texts("usages"),
        now,
        now.minus(BACKDATED),
        now.plus(life.compareTo(SHORT) < 0 ? life : life.minus(BACKDATED)));
  }

  private static Duration life(JsonObject spec) {
    if (!(spec.get("expirationSeconds") instanceof Json.Whole(long seconds))) {
      return LIFE_MAX;
    }
    Duration asked = Duration.ofSeconds(seconds);
    if (asked.compareTo(LIFE_MAX) > 0) {
      return LIFE_MAX;
    }
    return asked.compareTo(LIFE_MIN) < 0 ? LIFE_MIN : asked;
  }

  private void fail(CertificateRequests.Request request, String why) {
    request.add(
        new JsonObject()
            .set("type", "Failed")
            .set("status", "True")
            .set("reason", "SignerValidationFailure")
            .set("message", why)
            .set("lastUpdateTime", MetaTime.text(clock.instant())));
    request.write("status");
  }
}
