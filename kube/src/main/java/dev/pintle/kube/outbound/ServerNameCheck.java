package dev.pintle.kube.outbound;

import dev.pintle.kube.object.GoText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The check that a certificate is that of the server that was asked for, by its alternative names alone, as Go checks it.
final class ServerNameCheck {
  private static final int DNS = 2;
  private static final int ADDRESS = 7;

  private ServerNameCheck() {}

  /// @throws CertificateException in Go's words
  static void require(X509Certificate certificate, String serverName) throws CertificateException {
    byte @Nullable [] address = HostLookup.literal(serverName);
    List<String> names = names(certificate, address == null ? DNS : ADDRESS);
    if (address == null) {
      requireName(certificate, names, serverName);
    } else {
      requireAddress(names, address, serverName);
    }
  }

  private static void requireAddress(List<String> names, byte[] address, String serverName)
      throws CertificateException {
    if (names.isEmpty()) {
      throw new CertificateException(
          "x509: cannot validate certificate for %s because it doesn't contain any IP SANs"
              .formatted(serverName));
    }
    for (String name : names) {
      if (Arrays.equals(HostLookup.literal(name), address)) {
        return;
      }
    }
    throw otherName(names, serverName);
  }

  private static void requireName(
      X509Certificate certificate, List<String> names, String serverName)
      throws CertificateException {
    if (names.isEmpty()) {
      throw new CertificateException(
          certificate.getSubjectX500Principal().getName().contains("CN=")
                  && names(certificate, ADDRESS).isEmpty()
              ? "x509: certificate relies on legacy Common Name field, use SANs instead"
              : "x509: certificate is not valid for any names, but wanted to match " + serverName);
    }
    String wanted = lower(serverName);
    for (String name : names) {
      if (matches(lower(name), wanted)) {
        return;
      }
    }
    throw otherName(names, serverName);
  }

  /// A star stands for the whole first label of a name, and for nothing else.
  private static boolean matches(String pattern, String name) {
    if (!pattern.startsWith("*.")) {
      return pattern.equals(name);
    }
    int dot = name.indexOf('.');
    return dot > 0 && pattern.substring(1).equals(name.substring(dot));
  }

  private static String lower(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    return small.endsWith(".") ? small.substring(0, small.length() - 1) : small;
  }

  private static CertificateException otherName(List<String> names, String serverName) {
    return new CertificateException(
        "x509: certificate is valid for %s, not %s"
            .formatted(String.join(", ", names), serverName));
  }

  private static List<String> names(X509Certificate certificate, int kind)
      throws CertificateException {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      if (all != null) {
        for (List<?> each : all) {
          if (each.getFirst() instanceof Integer of
              && of == kind
              && each.get(1) instanceof String text) {
            names.add(kind == ADDRESS ? shown(text) : text);
          }
        }
      }
    } catch (CertificateParsingException broken) {
      throw new CertificateException(
          "x509: invalid subject alternative names: "
              + GoText.quote(String.valueOf(broken.getMessage())),
          broken);
    }
    return names;
  }

  private static String shown(String address) {
    byte @Nullable [] bytes = HostLookup.literal(address);
    try {
      return bytes == null ? address : InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException _) {
      return address;
    }
  }
}
