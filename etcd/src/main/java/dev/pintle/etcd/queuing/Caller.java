package dev.pintle.etcd.queuing;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/// The name of a client, as its certificate has it, and what rules say of it.
final class Caller {
  /// The common name; empty for a client without a certificate.
  final String user;

  final long hash;

  /// A bit for each rule that matches requests of this client, whatever they ask for.
  final long[] rules;

  Caller(String user, long[] rules) {
    this.user = user;
    this.hash = FlowMix.of(user);
    this.rules = rules;
  }

  /// The certificate's subject, before it is known what rules say of it.
  record Subject(String user, List<String> organizations) {
    static final Subject NOBODY = new Subject("", List.of());
  }

  /// Nobody where the subject cannot be read.
  static Subject subject(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    List<String> organizations = new ArrayList<>();
    try {
      String name = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
      for (Rdn part : new LdapName(name).getRdns()) {
        addTexts(part, "CN", names);
        addTexts(part, "O", organizations);
      }
    } catch (NamingException _) {
      return Subject.NOBODY;
    }
    // Of several the last, as etcd has it.
    return new Subject(names.isEmpty() ? "" : names.getLast(), List.copyOf(organizations));
  }

  private static void addTexts(Rdn part, String type, List<String> texts) throws NamingException {
    Attribute attribute = part.toAttributes().get(type);
    for (int i = 0; attribute != null && i < attribute.size(); i++) {
      if (attribute.get(i) instanceof String text) {
        texts.add(text);
      }
    }
  }
}
