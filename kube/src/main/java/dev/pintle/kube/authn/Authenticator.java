package dev.pintle.kube.authn;

import dev.pintle.kube.request.Caller;
import dev.pintle.kube.status.Refusals;
import dev.pintle.wire.Exchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// Knows callers by their client certificate (which the listener verified) or by the admin's bearer token.
public final class Authenticator {
  private static final String BEARER = "bearer ";

  private final byte[] adminToken;
  private final Caller admin;

  /// @param adminToken empty when there is no such token
  public Authenticator(String adminToken) {
    this.adminToken = adminToken.getBytes(StandardCharsets.UTF_8);
    this.admin = new Caller("admin", "", List.of(Caller.MASTERS, Caller.AUTHENTICATED), Map.of());
  }

  public Caller identify(Exchange exchange) {
    Optional<X509Certificate> certificate = exchange.clientCertificate();
    if (certificate.isPresent()) {
      return caller(certificate.get());
    }
    if (exchange.clientCertificateRefused()) {
      throw Refusals.unauthorized();
    }
    Optional<String> authorization = exchange.head().header("authorization");
    if (authorization.isEmpty()) {
      return Caller.ANONYMOUS;
    }
    String text = authorization.get();
    boolean bearer = text.regionMatches(true, 0, BEARER, 0, BEARER.length());
    if (bearer && isAdmin(text.substring(BEARER.length()).strip())) {
      return admin;
    }
    throw Refusals.unauthorized();
  }

  private boolean isAdmin(String token) {
    return adminToken.length > 0
        && MessageDigest.isEqual(adminToken, token.getBytes(StandardCharsets.UTF_8));
  }

  /// The common name is the user, the organisations are the groups.
  static Caller caller(X509Certificate certificate) {
    String name = "";
    List<String> groups = new ArrayList<>();
    try {
      for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        switch (rdn.getType()) {
          case "CN" -> name = String.valueOf(rdn.getValue());
          case "O" -> groups.add(String.valueOf(rdn.getValue()));
          default -> {}
        }
      }
    } catch (InvalidNameException _) {
      throw Refusals.unauthorized();
    }
    if (name.isEmpty()) {
      throw Refusals.unauthorized();
    }
    groups.add(Caller.AUTHENTICATED);
    return new Caller(name, "", groups, Map.of());
  }
}
