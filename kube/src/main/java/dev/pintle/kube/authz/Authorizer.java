package dev.pintle.kube.authz;

import dev.pintle.kube.request.Caller;
import dev.pintle.kube.request.Target;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.status.Refusal;
import dev.pintle.kube.status.Refusals;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Role-based access control: a caller may do what a role allows that a binding gives to them, by the roles and bindings in the
/// store, and by [BuiltInPolicy] until those that a cluster starts with lie there. Nothing is ever denied, only not allowed.
public final class Authorizer {
  private final StoredPolicy stored;
  private volatile boolean stocked;

  public Authorizer(TypeRegistry types) {
    this.stored = new StoredPolicy(types);
  }

  /// Says that the roles and bindings that a cluster starts with are in the store: from now on only the store counts, and
  /// whoever changes them there changes what is allowed.
  public void relyOnStore() {
    stocked = true;
  }

  /// Refuses what is not allowed.
  ///
  /// @param view the store as the calling thread may read it; not looked at for masters
  public void require(Caller caller, Target target, Supplier<ObjectView> view) {
    if (!decide(caller, target, view).allowed()) {
      throw refusal(caller, target);
    }
  }

  public Decision decide(Caller caller, Target target, Supplier<ObjectView> view) {
    if (caller.groups().contains(Caller.MASTERS)) {
      return Decision.MASTER;
    }
    Finding finding = new Finding(target);
    visit(caller, target.namespace(), view, finding);
    return finding.decision == null ? Decision.NO : finding.decision;
  }

  /// Everything that the caller may do in a namespace.
  public List<PolicyRule> rules(Caller caller, String namespace, Supplier<ObjectView> view) {
    List<PolicyRule> all = new ArrayList<>();
    visit(
        caller,
        namespace,
        view,
        (_, _, rules) -> {
          all.addAll(rules);
          return true;
        });
    return all;
  }

  /// Takes what a binding gives.
  @FunctionalInterface
  private interface Visitor {
    /// Answers whether it wants more.
    boolean take(Binding binding, Subject subject, List<PolicyRule> rules);
  }

  private static final class Finding implements Visitor {
    private final Target target;
    private @Nullable Decision decision;

    Finding(Target target) {
      this.target = target;
    }

    @Override
    public boolean take(Binding binding, Subject subject, List<PolicyRule> rules) {
      for (PolicyRule rule : rules) {
        if (rule.allows(target)) {
          decision = binding.allowing(subject);
          return false;
        }
      }
      return true;
    }
  }

  private void visit(Caller caller, String namespace, Supplier<ObjectView> views, Visitor visitor) {
    for (Binding binding : stocked ? List.<Binding>of() : BuiltInPolicy.BINDINGS) {
      Subject subject = binding.subjectOf(caller);
      if (subject != null
          && !visitor.take(binding, subject, BuiltInPolicy.rules(binding.roleName()))) {
        return;
      }
    }
    ObjectView view = views.get();
    if (visit(caller, stored.bindings("", view), view, visitor) && !namespace.isEmpty()) {
      visit(caller, stored.bindings(namespace, view), view, visitor);
    }
  }

  private boolean visit(Caller caller, List<Binding> bindings, ObjectView view, Visitor visitor) {
    for (Binding binding : bindings) {
      Subject subject = binding.subjectOf(caller);
      if (subject != null && !visitor.take(binding, subject, roleRules(binding, view))) {
        return false;
      }
    }
    return true;
  }

  private List<PolicyRule> roleRules(Binding binding, ObjectView view) {
    boolean wide = binding.roleKind().equals("ClusterRole");
    return rulesOf(wide, binding.namespace(), binding.roleName(), view);
  }

  /// The rules of a role; none when there is no such role.
  ///
  /// @param wide whether it is one of the whole cluster
  public List<PolicyRule> rulesOf(boolean wide, String namespace, String name, ObjectView view) {
    List<PolicyRule> builtIn = wide && !stocked ? BuiltInPolicy.ROLES.get(name) : null;
    return builtIn != null ? builtIn : stored.rules(wide, namespace, name, view);
  }

  /// What a caller is told who may not do it.
  public static Refusal refusal(Caller caller, Target target) {
    String user = escape(caller.name());
    GroupVersion groupVersion = target.groupVersion();
    if (groupVersion == null) {
      return Refusals.forbiddenPath(
          "User \"%s\" cannot %s path \"%s\""
              .formatted(user, target.verb(), escape(target.path())));
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
            .formatted(user, target.verb(), escape(resource), groupVersion.group(), where);
    return Refusals.forbiddenResource(groupVersion.group(), target.resource(), target.judgedName(), why);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
