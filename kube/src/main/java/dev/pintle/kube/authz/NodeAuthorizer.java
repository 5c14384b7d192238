package dev.pintle.kube.authz;

import dev.pintle.kube.authz.NodeVertex.Kind;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.store.ObjectView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The Node authorizer: a node reads what its pods name and what is attached to it, and writes what stands for it; of all else it may
/// what every node may.
final class NodeAuthorizer {
  private static final String LEASES = "kube-node-lease";
  private static final Set<String> READS = Set.of("get", "list", "watch");
  private static final Set<String> OWN_WRITES =
      Set.of("get", "create", "update", "patch", "delete");

  /// What every node may alike.
  private static final List<PolicyRule> RULES =
      List.of(
          rule("create", "authentication.k8s.io", "tokenreviews"),
          rule(
              "create",
              "authorization.k8s.io",
              "subjectaccessreviews",
              "localsubjectaccessreviews"),
          rule("get,list,watch", "", "services"),
          rule("create,update,patch", "", "events"),
          rule("create,update,patch", "events.k8s.io", "events"),
          rule("get", "", "endpoints"),
          rule("create,get,list,watch", "certificates.k8s.io", "certificatesigningrequests"),
          rule("get,list,watch", "certificates.k8s.io", "clustertrustbundles"),
          rule("get,list,watch", "storage.k8s.io", "csidrivers"),
          rule("get,list,watch", "node.k8s.io", "runtimeclasses"));

  private final NodeGraph graph;

  NodeAuthorizer(NodeGraph graph) {
    this.graph = graph;
  }

  private static PolicyRule rule(String verbs, String group, String... resources) {
    return new PolicyRule(
        List.of(verbs.split(",", -1)), List.of(group), List.of(resources), List.of(), List.of());
  }

  /// The say on a request.
  ///
  /// @param reason why it has no say in it; may be empty
  record Verdict(boolean allowed, String reason) {
    static final Verdict YES = new Verdict(true, "");
    static final Verdict SILENT = new Verdict(false, "");

    static Verdict no(String reason) {
      return new Verdict(false, "node: " + reason);
    }
  }

  Verdict judge(UserInfo caller, RequestInfo target, Supplier<ObjectView> view) {
    Optional<String> node = NodeIdentity.of(caller);
    if (node.isEmpty()) {
      return Verdict.SILENT;
    }
    if (node.get().isEmpty()) {
      return Verdict.no("unknown node for user " + GoText.quote(caller.name()));
    }
    return new Question(node.get(), target, view).verdict();
  }

  /// A node's request.
  private final class Question {
    private final String node;
    private final RequestInfo target;
    private final Supplier<ObjectView> view;
    private final String verb;

    Question(String node, RequestInfo target, Supplier<ObjectView> view) {
      this.node = node;
      this.target = target;
      this.view = view;
      this.verb = target.verb();
    }

    Verdict verdict() {
      GroupVersion version = target.groupVersion();
      if (version == null) {
        return byRules();
      }
      String group = version.group();
      return switch (group.isEmpty() ? target.resource() : target.resource() + "." + group) {
        case "secrets" -> named(Kind.SECRET);
        case "configmaps" -> named(Kind.CONFIG_MAP);
        case "persistentvolumeclaims" ->
            target.subresource().equals("status") ? status() : got(Kind.CLAIM);
        case "persistentvolumes" -> got(Kind.VOLUME);
        case "resourceclaims.resource.k8s.io" -> got(Kind.RESOURCE_CLAIM);
        case "volumeattachments.storage.k8s.io" -> got(Kind.ATTACHMENT);
        case "serviceaccounts" -> account();
        case "leases.coordination.k8s.io" -> lease();
        case "csinodes.storage.k8s.io" -> csiNode();
        case "resourceslices.resource.k8s.io" -> slice();
        case "nodes" -> node();
        case "pods" -> pod();
        case "podcertificaterequests.certificates.k8s.io" -> certificateRequest();
        default -> byRules();
      };
    }

    private Verdict byRules() {
      return RULES.stream().anyMatch(rule -> rule.allows(target)) ? Verdict.YES : Verdict.SILENT;
    }

    private boolean ofPart() {
      return !target.subresource().isEmpty();
    }

    private boolean selectsOwn() {
      return target.selectedNode().equals(node);
    }

    private Verdict related(Kind kind) {
      if (target.judgedName().isEmpty()) {
        return Verdict.no("No Object name found");
      }
      boolean leads =
          graph.leads(
              new NodeVertex(kind, target.namespace(), target.judgedName()), node, view.get());
      return leads
          ? Verdict.YES
          : Verdict.no("no relationship found between node '%s' and this object".formatted(node));
    }

    private Verdict named(Kind kind) {
      if (!READS.contains(verb)) {
        return Verdict.no("can only read resources of this type");
      }
      if (ofPart()) {
        return Verdict.no("cannot read subresource");
      }
      return target.namespace().isEmpty()
          ? Verdict.no("can only read namespaced object of this type")
          : related(kind);
    }

    private Verdict got(Kind kind) {
      if (!verb.equals("get")) {
        return Verdict.no("can only get individual resources of this type");
      }
      return ofPart() ? Verdict.no("cannot get subresource") : related(kind);
    }

    private Verdict status() {
      return verb.equals("update") || verb.equals("patch")
          ? related(Kind.CLAIM)
          : Verdict.no("can only get/update/patch this type");
    }

    private Verdict account() {
      if (verb.equals("get") && !ofPart()) {
        return named(Kind.ACCOUNT);
      }
      if (!verb.equals("create") || target.judgedName().isEmpty()) {
        return Verdict.no("can only create tokens for individual service accounts");
      }
      return target.subresource().equals("token")
          ? related(Kind.ACCOUNT)
          : Verdict.no("can only create token subresource of serviceaccount");
    }

    private Verdict lease() {
      if (!OWN_WRITES.contains(verb)) {
        return Verdict.no("can only get, create, update, patch, or delete a node lease");
      }
      if (!target.namespace().equals(LEASES)) {
        return Verdict.no(
            "can only access leases in the \"%s\" system namespace".formatted(LEASES));
      }
      return own("can only access node lease with the same name as the requesting node");
    }

    /// The name of what is made, admission looks at.
    private Verdict own(String why) {
      return verb.equals("create") || target.judgedName().equals(node)
          ? Verdict.YES
          : Verdict.no(why);
    }

    private Verdict csiNode() {
      if (target.subresource().equals("status")) {
        return Verdict.no("CSINode status access requires CSIVolumeHealth feature");
      }
      if (ofPart()) {
        return Verdict.no("cannot authorize CSINode subresources");
      }
      return OWN_WRITES.contains(verb)
          ? own("can only access CSINode with the same name as the requesting node")
          : Verdict.no("can only get, create, update, patch, or delete a CSINode");
    }

    private Verdict slice() {
      if (ofPart()) {
        return Verdict.no("cannot authorize ResourceSlice subresources");
      }
      return switch (verb) {
        case "create" -> Verdict.YES;
        case "get", "update", "patch", "delete" -> related(Kind.SLICE);
        case "watch", "list", "deletecollection" ->
            selectsOwn()
                ? Verdict.YES
                : Verdict.no(
                    "can only list/watch/deletecollection resourceslices with nodeName field selector");
        default ->
            Verdict.no(
                "only the following verbs are allowed for a ResourceSlice: get, watch, list, create, update, patch, delete, deletecollection");
      };
    }

    private Verdict node() {
      return switch (verb + "/" + target.subresource()) {
        case "create/", "update/", "patch/", "update/status", "patch/status" -> Verdict.YES;
        case "get/", "list/", "watch/" -> readsNode(target.judgedName());
        default -> Verdict.SILENT;
      };
    }

    /// By its name alone: it looks for itself before it is there.
    private Verdict readsNode(String name) {
      if (name.equals(node)) {
        return Verdict.YES;
      }
      return Verdict.no(
          name.isEmpty()
              ? "node '%s' cannot read all nodes, only its own Node object".formatted(node)
              : "node '%s' cannot read '%s', only its own Node object".formatted(node, name));
    }

    private Verdict pod() {
      return switch (verb + "/" + target.subresource()) {
        case "get/" -> got(Kind.POD);
        case "list/", "watch/" -> listsPods();
        case "create/", "delete/", "update/status", "patch/status", "create/eviction" ->
            Verdict.YES;
        default -> Verdict.SILENT;
      };
    }

    private Verdict listsPods() {
      if (selectsOwn()) {
        return Verdict.YES;
      }
      return target.judgedName().isEmpty()
          ? Verdict.no("can only list/watch pods with spec.nodeName field selector")
          : related(Kind.POD);
    }

    private Verdict certificateRequest() {
      if (ofPart()) {
        return Verdict.no("nodes may not access the status subresource of PodCertificateRequests");
      }
      return switch (verb) {
        case "create" -> Verdict.YES;
        case "get" -> related(Kind.CERTIFICATE_REQUEST);
        case "list", "watch" ->
            selectsOwn()
                ? Verdict.YES
                : Verdict.no(
                    "can only list/watch podcertificaterequests with nodeName field selector");
        default -> Verdict.no("nodes may not %s podcertificaterequests".formatted(verb));
      };
    }
  }
}
