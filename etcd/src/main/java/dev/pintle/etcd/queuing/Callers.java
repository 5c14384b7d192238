package dev.pintle.etcd.queuing;

import dev.pintle.wire.GrpcRequest;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The callers that were met: those with tokens, and those with certificates, of which names are read once for each.
final class Callers {
  /// All are forgotten once there are so many.
  private static final int KNOWN_MAX = 4096;

  private final RuleIndex rules;
  private final Caller nobody;
  private final Function<GrpcRequest, @Nullable String> tokenUsers;
  private final Map<X509Certificate, Caller> known = new ConcurrentHashMap<>();
  private final Map<String, Caller> knownUsers = new ConcurrentHashMap<>();

  /// @param tokenUsers answers the user of a request's token, null where it has none that is believed
  Callers(RuleIndex rules, Function<GrpcRequest, @Nullable String> tokenUsers) {
    this.tokenUsers = tokenUsers;
    this.rules = rules;
    this.nobody = rules.caller(Caller.Subject.NOBODY);
  }

  /// A token says more about who asks than the certificate of the connection that it came on.
  Caller of(GrpcRequest request) {
    String user = tokenUsers.apply(request);
    return user == null ? of(request.clientCertificate()) : ofUser(user);
  }

  private Caller ofUser(String user) {
    Caller caller = knownUsers.get(user);
    if (caller == null) {
      caller = rules.caller(new Caller.Subject(user, List.of()));
      if (knownUsers.size() >= KNOWN_MAX) {
        knownUsers.clear();
      }
      knownUsers.put(user, caller);
    }
    return caller;
  }

  private Caller of(Optional<X509Certificate> proven) {
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
