package dev.pintle.kube.signing;

import dev.pintle.kube.certificate.AlternativeName.Kind;
import dev.pintle.kube.certificate.RequestedNames;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The rules of what kubelets may ask for.
final class KubeletRequestRules {
  private static final String NODES = "system:nodes";
  private static final String NODE_PREFIX = "system:node:";
  private static final String KEY_ENCIPHERMENT = "key encipherment";
  private static final List<String> SERVING =
      List.of("digital signature", KEY_ENCIPHERMENT, "server auth");
  private static final List<String> CLIENT =
      List.of("client auth", "digital signature", KEY_ENCIPHERMENT);

  private KubeletRequestRules() {}

  /// Why it is no request of a kubelet for a certificate that it serves with; empty when it is one.
  static Optional<String> notForServing(RequestedNames names, List<String> usages) {
    return notOfNodes(names)
        .or(() ->
            names.has(Kind.DNS) || names.has(Kind.ADDRESS)
                ? Optional.empty()
                : Optional.of("DNS or IP subjectAltName is required"))
        .or(() -> forbidden(names, Kind.EMAIL, "Email"))
        .or(() -> forbidden(names, Kind.URI, "URI"))
        .or(() -> wrongUsages(SERVING, usages))
        .or(() -> notOfNode(names));
  }

  /// Why it is no request of a kubelet for a certificate that it shows; empty when it is one.
  static Optional<String> notForClient(RequestedNames names, List<String> usages) {
    return notOfNodes(names)
        .or(() -> forbidden(names, Kind.DNS, "DNS"))
        .or(() -> forbidden(names, Kind.EMAIL, "Email"))
        .or(() -> forbidden(names, Kind.ADDRESS, "IP"))
        .or(() -> forbidden(names, Kind.URI, "URI"))
        .or(() -> notOfNode(names))
        .or(() -> wrongUsages(CLIENT, usages));
  }

  private static Optional<String> notOfNodes(RequestedNames names) {
    return names.organizations().equals(List.of(NODES))
        ? Optional.empty()
        : Optional.of("subject organization is not system:nodes");
  }

  private static Optional<String> forbidden(RequestedNames names, Kind kind, String what) {
    return names.has(kind)
        ? Optional.of(what + " subjectAltNames are not allowed")
        : Optional.empty();
  }

  private static Optional<String> notOfNode(RequestedNames names) {
    return names.commonName().startsWith(NODE_PREFIX)
        ? Optional.empty()
        : Optional.of("subject common name does not begin with system:node:");
  }

  /// Keys that are not of RSA encipher nothing.
  private static Optional<String> wrongUsages(List<String> wanted, List<String> usages) {
    TreeSet<String> asked = new TreeSet<>(usages);
    TreeSet<String> all = new TreeSet<>(wanted);
    TreeSet<String> fewer = new TreeSet<>(wanted);
    fewer.remove(KEY_ENCIPHERMENT);
    return asked.equals(all) || asked.equals(fewer)
        ? Optional.empty()
        : Optional.of("usages did not match [%s]".formatted(String.join(" ", all)));
  }
}
