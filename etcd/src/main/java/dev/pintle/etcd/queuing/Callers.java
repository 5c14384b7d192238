package dev.pintle.etcd.queuing;

import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The callers that were met: their names are read once for each certificate.
final class Callers {
  /// All are forgotten once there are so many.
  private static final int KNOWN_MAX = 4096;

  private final RuleIndex rules;
  private final Caller nobody;
  private final Map<X509Certificate, Caller> known = new ConcurrentHashMap<>();

  Callers(RuleIndex rules) {
    this.rules = rules;
    this.nobody = rules.caller(Caller.Subject.NOBODY);
  }

  Caller of(Optional<X509Certificate> proven) {
    if (proven.isEmpty()) {
      return nobody;
    }
    X509Certificate certificate = proven.get();
    Caller caller = known.get(certificate);
    if (caller == null) {
      caller = rules.caller(Caller.subject(certificate));
      if (known.size() >= KNOWN_MAX) {
        known.clear();
      }
      known.put(certificate, caller);
    }
    return caller;
  }
}
