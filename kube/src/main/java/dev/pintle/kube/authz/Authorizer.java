package dev.pintle.kube.authz;

import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The authorizer: a user may do what a role allows that a binding gives to them, by the roles and bindings in the
/// store, and by [BuiltInPolicy] until those that a cluster starts with lie there. Nothing is ever denied, only not
/// allowed.
public final class Authorizer {
  private static final GroupVersion RBAC = new GroupVersion("rbac.authorization.k8s.io", "v1");

  private final TypeRegistry types;
  private final StoredPolicy stored;
  private final AuthorizationModes modes;
  private final NodeAuthorizer nodes;
  private volatile Defaults defaults = Defaults.ALL;

  /// Those of [BuiltInPolicy] that count although the store does not have them.
  ///
  /// @param since the revision at which the store has the others; who still reads an older one goes by `before`
  private record Defaults(
      Set<String> roles, List<RoleBinding> bindings, long since, @Nullable Defaults before) {
    static final Defaults ALL =
        new Defaults(BuiltInPolicy.ROLES.keySet(), BuiltInPolicy.BINDINGS, 0, null);

    Defaults at(long revision) {
      Defaults found = this;
      while (found.before != null && revision < found.since) {
        found = found.before;
      }
      return found;
    }

    Defaults butFor(Set<String> otherRoles, List<RoleBinding> otherBindings, long revision) {
      boolean same = roles.equals(otherRoles) && bindings.equals(otherBindings);
      return same ? this : new Defaults(otherRoles, otherBindings, revision, this);
    }
  }

  public Authorizer(TypeRegistry types) {
    this(types, AuthorizationModes.DEFAULT);
  }

  /// @param modes who has a say beside the roles
  public Authorizer(TypeRegistry types, AuthorizationModes modes) {
    this.types = types;
    this.modes = modes;
    this.stored = new StoredPolicy(types);
    this.nodes = new NodeAuthorizer(new NodeGraph(types));
  }

  /// Says that the roles and bindings that a cluster starts with are in the store: from now on only the store counts, and
  /// whoever changes them there changes what is allowed.
  ///
  /// @param roles that could not be made yet
  /// @param bindings likewise
  /// @param revision at which the others are there
  public void relyOnStore(Set<String> roles, Set<String> bindings, long revision) {
    defaults =
        defaults.butFor(
            BuiltInPolicy.ROLES.keySet().stream()
                .filter(roles::contains)
                .collect(Collectors.toUnmodifiableSet()),
            BuiltInPolicy.BINDINGS.stream()
                .filter(binding -> bindings.contains(binding.roleName()))
                .toList(),
            revision);
  }

  /// Refuses what is not allowed.
  ///
  /// @param view the store as the calling thread may read it; not looked at for masters
  public Decision require(UserInfo caller, RequestInfo target, Supplier<ObjectView> view) {
    Decision decision = decide(caller, target, view);
    if (!decision.allowed()) {
      throw refusal(caller, target, decision.reason());
    }
    return decision;
  }

  /// Whether [#decide] would not have to read an object that changed.
  ///
  /// @param view the store as a thread that must not wait may read it
  public boolean isReadyFor(UserInfo caller, ObjectView view) {
    if (caller.groups().contains(UserInfo.MASTERS)) {
      return true;
    }
    return !(modes.hasNode() && NodeIdentity.of(caller).isPresent()) && stored.isUpTo(view);
  }

  public Decision decide(UserInfo caller, RequestInfo target, Supplier<ObjectView> view) {
    if (caller.groups().contains(UserInfo.MASTERS)) {
      return Decision.MASTER;
    }
    if (!modes.hasNode()) {
      return byRoles(caller, target, view);
    }
    NodeAuthorizer.Verdict verdict = nodes.judge(caller, target, view);
    if (verdict.allowed()) {
      return new Decision(true, "");
    }
    Decision decision = byRoles(caller, target, view);
    return decision.allowed() ? decision : new Decision(false, joined(verdict, decision));
  }

  private Decision byRoles(UserInfo caller, RequestInfo target, Supplier<ObjectView> view) {
    Finding finding = new Finding(target);
    visit(caller, target.namespace(), view, finding);
    return finding.decision == null ? no(finding.empty, view) : finding.decision;
  }

  /// The reasons of all who were asked, in their order.
  private String joined(NodeAuthorizer.Verdict verdict, Decision decision) {
    List<String> reasons =
        modes.nodeIsFirst()
            ? List.of(verdict.reason(), decision.reason())
            : List.of(decision.reason(), verdict.reason());
    return String.join("\n", reasons.stream().filter(reason -> !reason.isEmpty()).toList());
  }

  /// Tells of roles that bindings name and that are not there: whoever holds nothing for that reason looks for it in vain.
  private Decision no(List<RoleBinding> empty, Supplier<ObjectView> views) {
    if (empty.isEmpty()) {
      return Decision.NO;
    }
    String missing = missing(empty, views.get());
    return missing.isEmpty() ? Decision.NO : new Decision(false, "rbac: RBAC: " + missing);
  }

  /// The roles of these bindings that are not there; empty when all are.
  private String missing(List<RoleBinding> bindings, ObjectView view) {
    List<String> missing =
        bindings.stream()
            .filter(binding -> !isThere(binding, view))
            .map(Authorizer::notFound)
            .distinct()
            .toList();
    return missing.size() > 1 ? "[" + String.join(", ", missing) + "]" : String.join("", missing);
  }

  private boolean isThere(RoleBinding binding, ObjectView view) {
    boolean wide = binding.roleKind().equals("ClusterRole");
    ResourceType type = types.current().resource(RBAC, wide ? "clusterroles" : "roles");
    return type == null
        || view.find(type, wide ? "" : binding.namespace(), binding.roleName()) != null;
  }

  private static String notFound(RoleBinding binding) {
    return "%s.rbac.authorization.k8s.io \"%s\" not found"
        .formatted(binding.roleKind().toLowerCase(Locale.ROOT), binding.roleName());
  }

  /// The rules of all that a user may do in a namespace.
  ///
  /// @param problem which roles are named and not there, and who cannot tell; empty when all are there
  /// @param incomplete whether the user may do more
  public record Rules(List<PolicyRule> rules, String problem, boolean incomplete) {}

  /// Everything that the caller may do in a namespace.
  public Rules rules(UserInfo caller, String namespace, Supplier<ObjectView> view) {
    List<PolicyRule> all = new ArrayList<>();
    List<RoleBinding> empty = new ArrayList<>(0);
    visit(
        caller,
        namespace,
        view,
        (binding, _, rules) -> {
          if (rules.isEmpty()) {
            empty.add(binding);
          }
          all.addAll(rules);
          return true;
        });
    String missing = empty.isEmpty() ? "" : missing(empty, view.get());
    boolean node = modes.hasNode() && NodeIdentity.of(caller).isPresent();
    return new Rules(all, node ? together(missing) : missing, node);
  }

  private String together(String missing) {
    String own = "node authorizer does not support user rule resolution";
    if (missing.isEmpty()) {
      return own;
    }
    return "[" + (modes.nodeIsFirst() ? own + ", " + missing : missing + ", " + own) + "]";
  }

  /// A taker of what a binding gives.
  @FunctionalInterface
  private interface Visitor {
    /// Answers whether it wants more.
    boolean take(RoleBinding binding, Subject subject, List<PolicyRule> rules);
  }

  private static final class Finding implements Visitor {
    private final RequestInfo target;
    private final List<RoleBinding> empty = new ArrayList<>(0);
    private @Nullable Decision decision;

    Finding(RequestInfo target) {
      this.target = target;
    }

    @Override
    public boolean take(RoleBinding binding, Subject subject, List<PolicyRule> rules) {
      for (PolicyRule rule : rules) {
        if (rule.allows(target)) {
          decision = binding.allowing(subject);
          return false;
        }
      }
      if (rules.isEmpty()) {
        empty.add(binding);
      }
      return true;
    }
  }

  private void visit(
      UserInfo caller, String namespace, Supplier<ObjectView> views, Visitor visitor) {
    ObjectView view = views.get();
    Defaults still = defaults.at(view.revision());
    for (RoleBinding binding : still.bindings()) {
      Subject subject = binding.subjectOf(caller);
      if (subject != null && !visitor.take(binding, subject, roleRules(still, binding, view))) {
        return;
      }
    }
    if (visit(still, caller, stored.bindings(caller, "", view), view, visitor)
        && !namespace.isEmpty()) {
      visit(still, caller, stored.bindings(caller, namespace, view), view, visitor);
    }
  }

  private boolean visit(
      Defaults still,
      UserInfo caller,
      List<RoleBinding> bindings,
      ObjectView view,
      Visitor visitor) {
    for (RoleBinding binding : bindings) {
      Subject subject = binding.subjectOf(caller);
      if (subject != null && !visitor.take(binding, subject, roleRules(still, binding, view))) {
        return false;
      }
    }
    return true;
  }

  private List<PolicyRule> roleRules(Defaults still, RoleBinding binding, ObjectView view) {
    boolean wide = binding.roleKind().equals("ClusterRole");
    return rules(still, wide, binding.namespace(), binding.roleName(), view);
  }

  /// The rules of a role; none when there is no such role.
  ///
  /// @param wide whether it is one of the whole cluster
  public List<PolicyRule> rulesOf(boolean wide, String namespace, String name, ObjectView view) {
    return rules(defaults.at(view.revision()), wide, namespace, name, view);
  }

  private List<PolicyRule> rules(
      Defaults still, boolean wide, String namespace, String name, ObjectView view) {
    return wide && still.roles().contains(name)
        ? BuiltInPolicy.rules(name)
        : stored.rules(wide, namespace, name, view);
  }

  /// What a caller is told who may not do it.
  ///
  /// @param reason more of why, or empty
  public static StatusError refusal(UserInfo caller, RequestInfo target, String reason) {
    String user = escape(caller.name());
    String because = reason.isEmpty() ? "" : ": " + reason;
    GroupVersion groupVersion = target.groupVersion();
    if (groupVersion == null) {
      return StatusErrors.forbiddenPath(
          "User \"%s\" cannot %s path \"%s\"".formatted(user, target.verb(), escape(target.path()))
              + because);
    }
    String resource =
        target.subresource().isEmpty()
            ? target.resource()
            : target.resource() + "/" + target.subresource();
    String where =
        target.namespace().isEmpty()
            ? "at the cluster scope"
            : "in the namespace \"%s\"".formatted(escape(target.namespace()));
    String why =
        "User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
                .formatted(user, target.verb(), escape(resource), groupVersion.group(), where)
            + because;
    return StatusErrors.forbiddenResource(
        groupVersion.group(), target.resource(), target.judgedName(), why);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
