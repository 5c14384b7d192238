package dev.pintle.kube.signing;

import dev.pintle.kube.controller.Refusals;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.workqueue.WorkQueue;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The removal of requests for certificates whose time is over, by upstream's times: what was issued, denied or failed an hour after that,
/// what nobody decided about or issued after a day, and what was issued once the certificate has ended. Upstream's
/// `certificatesigningrequest-cleaner-controller` looks once an hour; this one comes at the instant.
///
/// @param queue in which requests come again
public record CertificateCleaner(Clock clock, WorkQueue<String> queue)
    implements CertificateRequests.Care {
  public static final String CONTROLLER = "certificatesigningrequest-cleaner-controller";

  private static final Duration DECIDED = Duration.ofHours(1);
  private static final Duration PENDING = Duration.ofHours(24);

  @Override
  public boolean isDone(CertificateRequests.Request request) {
    Optional<Instant> end = end(request);
    if (end.isEmpty()) {
      return true;
    }
    Duration left = Duration.between(clock.instant(), end.get());
    if (left.isPositive()) {
      queue.addAfter(request.target().name(), left);
    } else {
      Refusals.unlessGone(() -> request.client().delete(request.target(), new JsonObject()));
    }
    return true;
  }

  private static Optional<Instant> end(CertificateRequests.Request request) {
    List<JsonObject> conditions = request.conditions();
    if (conditions.isEmpty()) {
      String made = request.tree().objectOrEmpty("metadata").textOrEmpty("creationTimestamp");
      return time(made).map(since -> since.plus(PENDING));
    }
    List<Instant> ends = new ArrayList<>();
    boolean issued = !request.certificate().isEmpty();
    for (JsonObject condition : conditions) {
      Optional<Instant> since = time(condition.textOrEmpty("lastUpdateTime"));
      switch (condition.textOrEmpty("type")) {
        case "Approved" -> {
          since.ifPresent(time -> ends.add(time.plus(issued ? DECIDED : PENDING)));
          if (issued) {
            lastInstant(request.certificate()).ifPresent(ends::add);
          }
        }
        case "Denied", "Failed" -> since.ifPresent(time -> ends.add(time.plus(DECIDED)));
        default -> {}
      }
    }
    return ends.stream().min(Comparator.naturalOrder());
  }

  private static Optional<Instant> time(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
  }

  /// When a certificate ends; empty for what is none.
  private static Optional<Instant> lastInstant(String base64) {
    try {
      byte[] pem = Base64.getDecoder().decode(base64);
      return CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(pem))
              instanceof X509Certificate certificate
          ? Optional.of(certificate.getNotAfter().toInstant())
          : Optional.empty();
    } catch (CertificateException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }
}
