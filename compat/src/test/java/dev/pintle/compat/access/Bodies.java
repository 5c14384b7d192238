package dev.pintle.compat.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Objects that both servers find right.
final class Bodies {
  static final String JSON = "application/json";
  static final String MERGE = "application/merge-patch+json";
  static final String STRATEGIC = "application/strategic-merge-patch+json";
  static final String JSON_PATCH = "application/json-patch+json";
  static final String APPLY = "application/apply-patch+yaml";

  private static final Path FILES = Path.of("src/test/access");
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final String TEMPLATE =
      "{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}";

  /// A kind of which there is an object named `thing`.
  ///
  /// @param rest what follows the metadata
  record Thing(
      String root, String version, String plural, String kind, boolean namespaced, String rest) {
    String named(String name) {
      return of("'name':'%s'".formatted(name));
    }

    /// @param metadata the fields of the metadata
    String of(String metadata) {
      String more = rest.isEmpty() ? "" : "," + rest;
      return "{'apiVersion':'%s','kind':'%s','metadata':{%s}%s}"
          .formatted(version, kind, metadata, more)
          .replace('\'', '"');
    }

    String path(String namespace) {
      return namespaced
          ? "%s/namespaces/%s/%s".formatted(root, namespace, plural)
          : root + "/" + plural;
    }
  }

  static final List<Thing> THINGS =
      List.of(
          core("configmaps", "ConfigMap", true, "'data':{'a':'b'}"),
          core("secrets", "Secret", true, "'type':'Opaque'"),
          core("serviceaccounts", "ServiceAccount", true, ""),
          core("endpoints", "Endpoints", true, ""),
          core("podtemplates", "PodTemplate", true, "'template':" + TEMPLATE),
          core("services", "Service", true, "'spec':{'ports':[{'port':80}]}"),
          core("namespaces", "Namespace", false, ""),
          core("nodes", "Node", false, ""),
          core(
              "events",
              "Event",
              true,
              "'involvedObject':{'namespace':'access-a','name':'x'},'reason':'r','type':'Normal'"),
          grouped("coordination.k8s.io", "v1", "leases", "Lease", true, "'spec':{}"),
          grouped(
              "apps",
              "v1",
              "deployments",
              "Deployment",
              true,
              "'spec':{'selector':{'matchLabels':{'a':'b'}},'template':" + TEMPLATE + "}"),
          grouped(RBAC, "v1", "roles", "Role", true, "'rules':[]"),
          grouped(
              RBAC,
              "v1",
              "rolebindings",
              "RoleBinding",
              true,
              "'roleRef':{'apiGroup':'" + RBAC + "','kind':'ClusterRole','name':'access-none'}"),
          grouped(RBAC, "v1", "clusterroles", "ClusterRole", false, "'rules':[]"),
          grouped(
              RBAC,
              "v1",
              "clusterrolebindings",
              "ClusterRoleBinding",
              false,
              "'roleRef':{'apiGroup':'" + RBAC + "','kind':'ClusterRole','name':'access-none'}"),
          grouped(
              "scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", false, "'value':7"),
          grouped("access.example.com", "v1", "widgets", "Widget", true, "'spec':{'replicas':1}"),
          grouped("access.example.com", "v1", "gadgets", "Gadget", false, "'spec':{'replicas':1}"));

  private Bodies() {}

  private static Thing core(String plural, String kind, boolean namespaced, String rest) {
    return new Thing("/api/v1", "v1", plural, kind, namespaced, rest);
  }

  private static Thing grouped(
      String group, String version, String plural, String kind, boolean namespaced, String rest) {
    String both = group + "/" + version;
    return new Thing("/apis/" + both, both, plural, kind, namespaced, rest);
  }

  static Optional<Thing> of(Served.Resource resource) {
    return THINGS.stream()
        .filter(thing ->
            thing.root().equals(resource.root()) && thing.plural().equals(resource.plural()))
        .findFirst();
  }

  /// A request for a certificate, of somebody who is no master.
  static String request(String name, String signer) {
    return request(name, signer, "people.pem");
  }

  static String request(String name, String signer, String file) {
    return """
    {"apiVersion":"certificates.k8s.io/v1","kind":"CertificateSigningRequest","metadata":{"name":"%s"},
     "spec":{"signerName":"%s","usages":["client auth"],"request":"%s"}}
    """
        .formatted(name, signer, file(file));
  }

  /// A file of the corpus in Base64.
  static String file(String name) {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(FILES.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
