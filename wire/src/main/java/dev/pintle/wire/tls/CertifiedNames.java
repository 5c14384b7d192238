package dev.pintle.wire.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// The names for which a certificate speaks.
///
/// @param commonName empty for none
/// @param hosts in lower case; the first label may be an asterisk
record CertifiedNames(String commonName, List<String> hosts, List<InetAddress> addresses) {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  static CertifiedNames of(X509Certificate certificate) {
    List<String> hosts = new ArrayList<>();
    List<InetAddress> addresses = new ArrayList<>();
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      for (List<?> name : names == null ? List.<List<?>>of() : names) {
        switch ((Integer) name.get(0)) {
          case DNS_NAME -> hosts.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
          case IP_ADDRESS -> address(String.valueOf(name.get(1))).ifPresent(addresses::add);
          default -> {
            // names of other kinds are no hosts
          }
        }
      }
    } catch (CertificateParsingException damaged) {
      // it speaks for nobody
    }
    return new CertifiedNames(commonName(certificate), List.copyOf(hosts), List.copyOf(addresses));
  }

  /// Whether a client that reaches `host` would believe the certificate.
  boolean speaksFor(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    Optional<InetAddress> address = address(bare);
    if (address.isPresent()) {
      return addresses.contains(address.get());
    }
    String name = bare.toLowerCase(Locale.ROOT);
    String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return !plain.isEmpty() && hosts.stream().anyMatch(pattern -> matches(pattern, plain));
  }

  private static boolean matches(String pattern, String name) {
    if (!pattern.startsWith("*.")) {
      return pattern.equals(name);
    }
    int dot = name.indexOf('.');
    return dot > 0 && name.substring(dot).equals(pattern.substring(1));
  }

  private static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException name) {
      return Optional.empty();
    }
  }

  /// Of several the last, in the order of the certificate, as Go takes it.
  private static String commonName(X509Certificate certificate) {
    String found = "";
    try {
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        Attribute name = part.toAttributes().get("CN");
        if (name != null) {
          found = String.valueOf(name.get());
        }
      }
    } catch (NamingException odd) {
      return "";
    }
    return found;
  }
}
