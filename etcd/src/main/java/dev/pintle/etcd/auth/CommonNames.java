package dev.pintle.etcd.auth;

import dev.pintle.kernel.Bytes;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/// The common names of certificates that were met, each read once.
final class CommonNames {
  /// All are forgotten once there are so many.
  private static final int KNOWN_MAX = 4096;

  private final Map<X509Certificate, Bytes> known = new ConcurrentHashMap<>();

  /// Empty where there is none, or none that can be read.
  Bytes of(X509Certificate certificate) {
    Bytes name = known.get(certificate);
    if (name == null) {
      name = read(certificate);
      if (known.size() >= KNOWN_MAX) {
        known.clear();
      }
      known.put(certificate, name);
    }
    return name;
  }

  /// Of several the last, as etcd has it.
  private static Bytes read(X509Certificate certificate) {
    Bytes name = Bytes.EMPTY;
    try {
      String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
      for (Rdn part : new LdapName(subject).getRdns()) {
        Attribute texts = part.toAttributes().get("CN");
        for (int i = 0; texts != null && i < texts.size(); i++) {
          if (texts.get(i) instanceof String text) {
            name = Bytes.utf8(text);
          }
        }
      }
    } catch (NamingException _) {
      return Bytes.EMPTY;
    }
    return name;
  }
}
