package dev.pintle.kube.admission;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.authz.Decision;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.validation.Immutable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The admission plugin OwnerReferencesPermissionEnforcement: who gives an object other owners, which lets it be deleted with them,
/// must be allowed to delete it; and who lets it hold up the end of an owner, to set finalizers on that one.
public final class OwnerReferencesPermissionEnforcement implements Admission {
  private static final GroupVersion ANY = new GroupVersion("*", "*");

  private final Authorizer authorizer;
  private final Function<GroupVersionKind, @Nullable ResourceType> kinds;

  /// @param kinds finds the resource of a kind; null for what is not served
  public OwnerReferencesPermissionEnforcement(
      Authorizer authorizer, Function<GroupVersionKind, @Nullable ResourceType> kinds) {
    this.authorizer = authorizer;
    this.kinds = kinds;
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    JsonObject object = request.object();
    boolean statusOfPod =
        request.subresource().equals("status") && request.type().groupResource().equals("pods");
    boolean writes =
        switch (request.action()) {
          case CREATE, UPDATE -> true;
          case DELETE, CONNECT -> false;
        };
    if (!writes || object == null || statusOfPod) {
      return;
    }
    List<JsonObject> owners = owners(object);
    List<JsonObject> before = request.old() == null ? List.of() : owners(request.old());
    if (same(owners, before)) {
      return;
    }
    if (request.action() != Action.CREATE) {
      requireDelete(request, view);
    }
    List<JsonObject> blocking = newlyBlocking(owners, before);
    RequestInfo anything = finalizers(ANY, "", "*", "*");
    if (!blocking.isEmpty() && !decide(request, anything, view).allowed()) {
      blocking.forEach(owner -> requireFinalizers(request, owner, view));
    }
  }

  private static List<JsonObject> owners(JsonObject object) {
    return object.objectOrEmpty("metadata").objects("ownerReferences");
  }

  private static boolean same(List<JsonObject> owners, List<JsonObject> before) {
    if (owners.size() != before.size()) {
      return false;
    }
    for (int i = 0; i < owners.size(); i++) {
      if (!Immutable.same(owners.get(i), before.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<JsonObject> newlyBlocking(List<JsonObject> owners, List<JsonObject> before) {
    Set<String> blocking = new HashSet<>();
    for (JsonObject owner : before) {
      // Of two of the same uid the last one counts.
      if (owner.isTrue("blockOwnerDeletion")) {
        blocking.add(owner.textOrEmpty("uid"));
      } else {
        blocking.remove(owner.textOrEmpty("uid"));
      }
    }
    return owners.stream()
        .filter(owner -> owner.isTrue("blockOwnerDeletion"))
        .filter(owner -> !blocking.contains(owner.textOrEmpty("uid")))
        .toList();
  }

  private Decision decide(AdmissionRequest request, RequestInfo target, ObjectView view) {
    return authorizer.decide(request.caller(), target, () -> view);
  }

  private void requireDelete(AdmissionRequest request, ObjectView view) {
    ResourceType type = request.type();
    RequestInfo target =
        new RequestInfo(
            "delete",
            "",
            type.groupVersion(),
            request.namespace(),
            type.plural(),
            request.name(),
            request.subresource(),
            0);
    Decision decision = decide(request, target, view);
    if (!decision.allowed()) {
      throw refusal(
          request, "cannot set an ownerRef on a resource you can't delete: " + told(decision));
    }
  }

  private void requireFinalizers(AdmissionRequest request, JsonObject owner, ObjectView view) {
    String version = owner.textOrEmpty("apiVersion");
    String kind = owner.textOrEmpty("kind");
    ResourceType type = kinds.apply(GroupVersionKind.of(version, kind));
    if (type == null) {
      throw refusal(
          request,
          "cannot set blockOwnerDeletion in this case because cannot find RESTMapping for APIVersion %s Kind %s: no matches for kind %s in version %s"
              .formatted(version, kind, GoText.quote(kind), GoText.quote(version)));
    }
    String namespace = type.namespaced() ? request.namespace() : "";
    RequestInfo target =
        finalizers(type.groupVersion(), namespace, type.plural(), owner.textOrEmpty("name"));
    Decision decision = decide(request, target, view);
    if (!decision.allowed()) {
      throw refusal(
          request,
          "cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: "
              + told(decision));
    }
  }

  private static RequestInfo finalizers(
      GroupVersion version, String namespace, String plural, String name) {
    return new RequestInfo("update", "", version, namespace, plural, name, "finalizers", 0);
  }

  /// The reason, and the error that upstream's authorizers never have.
  private static String told(Decision decision) {
    return decision.reason() + ", <nil>";
  }

  private static StatusError refusal(AdmissionRequest request, String why) {
    return StatusErrors.forbidden(request.type(), request.name(), why);
  }
}
