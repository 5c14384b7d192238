package dev.pintle.kube.admission;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.validation.Immutable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The check that whoever makes a policy of admission depend on parameters may read them: a policy tells of them to everybody whose
/// requests it judges.
public final class PolicyParameters implements Admission {
  private static final String GROUP = "admissionregistration.k8s.io";
  private static final String BINDINGS = "admissionpolicybindings";
  private static final String ANY = "*";

  private final Authorizer authorizer;
  private final Function<String, ResourceType> policies;
  private final Function<GroupVersionKind, @Nullable ResourceType> kinds;

  /// @param policies finds the resources of policies by their plural
  /// @param kinds finds what is served of a kind, null for one that is not
  public PolicyParameters(
      Authorizer authorizer,
      Function<String, ResourceType> policies,
      Function<GroupVersionKind, @Nullable ResourceType> kinds) {
    this.authorizer = authorizer;
    this.policies = policies;
    this.kinds = kinds;
  }

  /// The parameters of a kind, as far as they are known.
  private record Target(String group, String version, String resource, boolean resolved) {
    static final Target EVERYTHING = new Target(ANY, ANY, ANY, false);

    RequestInfo asked(String verb, String namespace, String name) {
      return new RequestInfo(
          verb, "", new GroupVersion(group, version), namespace, resource, name, "", 0);
    }
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    JsonObject object = request.object();
    if (object == null
        || request.action() == Action.DELETE
        || (request.action() == Action.UPDATE && !request.subresource().isEmpty())
        || !request.type().group().equals(GROUP)
        || request.caller().groups().contains(UserInfo.MASTERS)) {
      return;
    }
    String plural = request.type().plural();
    JsonObject old = request.old();
    JsonObject spec = object.objectOrEmpty("spec");
    JsonObject before = old == null ? new JsonObject() : old.objectOrEmpty("spec");
    if (plural.endsWith("admissionpolicies")) {
      policy(request, spec, before, view);
    } else if (plural.endsWith(BINDINGS)) {
      binding(request, spec, view);
    }
  }

  private void policy(
      AdmissionRequest request, JsonObject spec, JsonObject before, ObjectView view) {
    JsonObject kind = spec.object("paramKind");
    if (kind == null || Immutable.same(kind, before.object("paramKind"))) {
      return;
    }
    if (!may(request, target(kind).asked("get", ANY, ANY), view)) {
      String told =
          "user %s must have \"get\" permission on all objects of the referenced paramKind (kind=%s, apiVersion=%s)"
              .formatted(
                  shown(request.caller()),
                  kind.textOrEmpty("kind"),
                  kind.textOrEmpty("apiVersion"));
      refuse(request, "spec.paramKind", told);
    }
  }

  private void binding(AdmissionRequest request, JsonObject spec, ObjectView view) {
    JsonObject reference = spec.object("paramRef");
    String name = spec.textOrEmpty("policyName");
    // One that stays as it was is asked about again: upstream compares where its parts lie in
    // memory.
    if (reference == null) {
      return;
    }
    String plural = request.type().plural();
    boolean mutating = plural.startsWith("mutating");
    ResourceType bound =
        policies.apply((mutating ? "mutating" : "validating") + "admissionpolicies");
    StoredObject policy = view.find(bound, "", name);
    JsonObject kind =
        policy == null ? null : policy.tree().objectOrEmpty("spec").object("paramKind");
    Target target = kind == null ? Target.EVERYTHING : target(kind);
    String named = reference.textOrEmpty("name");
    String verb = named.isEmpty() ? "list" : "get";
    if (!may(request, target.asked(verb, reference.textOrEmpty("namespace"), named), view)) {
      refuse(
          request,
          "spec.paramRef",
          policy == null || (kind != null && !target.resolved())
              ? unknown(name, kind, shown(request.caller()), verb)
              : "user %s does not have \"%s\" permission on the object referenced by paramRef"
                  .formatted(
                      // The other way round where something is changed, as upstream has it.
                      mutating ? verb : shown(request.caller()),
                      mutating ? shown(request.caller()) : verb));
    }
  }

  /// @param kind null when the policy is not there
  private static String unknown(
      String policy, @Nullable JsonObject kind, String user, String verb) {
    String what =
        kind == null
            ? "get policy " + policy
            : "resolve paramKind &{%s %s}"
                .formatted(kind.textOrEmpty("apiVersion"), kind.textOrEmpty("kind"));
    return "unable to %s to determine minimum required permissions and user %s does not have \"%s\" permission for all groups, versions and resources"
        .formatted(what, user, verb);
  }

  private Target target(JsonObject kind) {
    GroupVersionKind named =
        GroupVersionKind.of(kind.textOrEmpty("apiVersion"), kind.textOrEmpty("kind"));
    ResourceType served = kinds.apply(named);
    return new Target(
        named.group(), named.version(), served == null ? ANY : served.plural(), served != null);
  }

  private boolean may(AdmissionRequest request, RequestInfo asked, ObjectView view) {
    return authorizer.decide(request.caller(), asked, () -> view).allowed();
  }

  private static void refuse(AdmissionRequest request, String field, String told) {
    throw StatusErrors.invalid(
        request.type(),
        request.name(),
        List.of(new Cause("FieldValueForbidden", "Forbidden: " + told, field)));
  }

  /// As Go prints the structure.
  private static String shown(UserInfo user) {
    Map<String, List<String>> extra = new TreeMap<>(user.extra());
    String more =
        extra.entrySet().stream()
            .map(entry -> entry.getKey() + ":[" + String.join(" ", entry.getValue()) + "]")
            .collect(Collectors.joining(" ", "map[", "]"));
    return "&{%s %s [%s] %s}"
        .formatted(user.name(), user.uid(), String.join(" ", user.groups()), more);
  }
}
