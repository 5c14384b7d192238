package dev.pintle.kube.authn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/// The user that a client certificate names: the common name is the user, the organisations are the groups, and Kubernetes
/// has a part of its own for the user's id.
///
/// @param uid empty for none
record CertificateSubject(String name, String uid, List<String> groups) {
  private static final String USER_ID = "KubernetesUserId";
  private static final Map<String, String> OIDS = Map.of("1.3.6.1.4.1.57683.2", USER_ID);

  CertificateSubject {
    groups = List.copyOf(groups);
  }

  /// Empty when it names nobody, or leaves open whom.
  static Optional<CertificateSubject> of(X500Principal subject) {
    List<String> names = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    try {
      for (Rdn part : new LdapName(subject.getName(X500Principal.RFC2253, OIDS)).getRdns()) {
        Attributes attributes = part.toAttributes();
        addTexts(attributes, "CN", names);
        addTexts(attributes, "O", groups);
        addTexts(attributes, USER_ID, ids);
      }
    } catch (NamingException _) {
      return Optional.empty();
    }
    // The last of several is the name, as in Go; of ids there may be only one.
    String name = names.isEmpty() ? "" : names.getLast();
    if (name.isEmpty() || ids.size() > 1 || ids.contains("")) {
      return Optional.empty();
    }
    return Optional.of(new CertificateSubject(name, ids.isEmpty() ? "" : ids.getFirst(), groups));
  }

  /// Adds every value of one part of the name: it may hold several, of one type or of many. What is no text says nothing.
  private static void addTexts(Attributes part, String type, List<String> texts)
      throws NamingException {
    Attribute attribute = part.get(type);
    for (int i = 0; attribute != null && i < attribute.size(); i++) {
      if (attribute.get(i) instanceof String text) {
        texts.add(text);
      }
    }
  }

  List<String> groupsAnd(String last) {
    List<String> all = new ArrayList<>(groups);
    all.add(last);
    return all;
  }
}
