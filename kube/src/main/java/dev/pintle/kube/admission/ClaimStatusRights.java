package dev.pintle.kube.admission;

import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.authz.Decision;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.validation.Immutable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The rights that parts of a ResourceClaim's status need beside that to write it: `binding` for what is allocated and for whom, and
/// `driver` for what each driver reports of its devices.
public final class ClaimStatusRights implements Admission {
  private static final GroupVersion GROUP = new GroupVersion("resource.k8s.io", "v1");
  private static final String CLAIMS = "resourceclaims";
  private static final String NODE_OF_CALLER = "authentication.kubernetes.io/node-name";
  private static final List<String> DEVICE = List.of("driver", "pool", "device", "shareID");

  private final Authorizer authorizer;

  public ClaimStatusRights(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  @Override
  public List<Cause> wrong(AdmissionRequest request, ObjectView view) {
    boolean aboutStatus =
        request.type().group().equals(GROUP.group())
            && request.type().plural().equals(CLAIMS)
            && request.subresource().equals("status");
    if (!aboutStatus || request.object() == null || request.old() == null) {
      return List.of();
    }
    JsonObject status = request.object().objectOrEmpty("status");
    JsonObject old = request.old().objectOrEmpty("status");
    List<Cause> causes = new ArrayList<>();
    if (isChanged(status, old, "allocation") || isChanged(status, old, "reservedFor")) {
      binding(request, view, causes);
    }
    if (status.object("allocation") != null) {
      drivers(request, status, old, view, causes);
    }
    return causes;
  }

  private static boolean isChanged(JsonObject status, JsonObject old, String field) {
    return !Immutable.same(status.get(field), old.get(field));
  }

  private void binding(AdmissionRequest request, ObjectView view, List<Cause> causes) {
    String verb = request.verb();
    String refusal = refusal(request.caller(), List.of(target(verb, "", "", "binding")), view);
    if (refusal != null) {
      causes.add(
          forbidden(
              "status.allocation",
              "changing status.allocation or status.reservedFor requires resource=\"resourceclaims/binding\", verb=\"%s\" permission: %s"
                  .formatted(verb, refusal)));
    }
  }

  private void drivers(
      AdmissionRequest request,
      JsonObject status,
      JsonObject old,
      ObjectView view,
      List<Cause> causes) {
    Set<String> drivers = changedDrivers(status, old);
    if (drivers.isEmpty()) {
      return;
    }
    List<String> verbs = new ArrayList<>();
    if (isOnNode(request.caller(), nodeOf(status.objectOrEmpty("allocation")))) {
      verbs.add("associated-node:" + request.verb());
    }
    verbs.add("arbitrary-node:" + request.verb());
    for (String driver : drivers) {
      List<RequestInfo> targets =
          verbs.stream().map(verb -> target(verb, request.namespace(), driver, "driver")).toList();
      String refusal = refusal(request.caller(), targets, view);
      if (refusal != null) {
        causes.add(
            forbidden(
                "status.devices",
                "changing status.devices requires resource=\"resourceclaims/driver\", verb=\"[%s]\" permission: %s"
                    .formatted(String.join(" ", verbs), refusal)));
      }
    }
  }

  private static RequestInfo target(String verb, String namespace, String name, String part) {
    return new RequestInfo(verb, "", GROUP, namespace, CLAIMS, name, part, 0);
  }

  private static Cause forbidden(String field, String why) {
    return new Cause("FieldValueForbidden", "Forbidden: " + why, field);
  }

  /// What is told who has none of these rights, of the first; null for who has one.
  private @Nullable String refusal(UserInfo caller, List<RequestInfo> targets, ObjectView view) {
    StatusError first = null;
    for (RequestInfo target : targets) {
      Decision decision = authorizer.decide(caller, target, () -> view);
      if (decision.allowed()) {
        return null;
      }
      if (first == null) {
        first = Authorizer.refusal(caller, target, decision.reason());
      }
    }
    return first == null ? null : first.status().message();
  }

  private static Set<String> changedDrivers(JsonObject status, JsonObject old) {
    Map<List<String>, JsonObject> before = new HashMap<>();
    old.objects("devices").forEach(device -> before.put(key(device), device));
    Set<String> changed = new TreeSet<>();
    for (JsonObject device : status.objects("devices")) {
      JsonObject was = before.remove(key(device));
      if (was == null || !Immutable.same(was, device)) {
        changed.add(device.textOrEmpty("driver"));
      }
    }
    before.values().forEach(gone -> changed.add(gone.textOrEmpty("driver")));
    return changed;
  }

  private static List<String> key(JsonObject device) {
    return DEVICE.stream().map(device::textOrEmpty).toList();
  }

  /// The one node that an allocation is for; empty when it is for others too.
  private static String nodeOf(JsonObject allocation) {
    List<JsonObject> terms = allocation.objectOrEmpty("nodeSelector").objects("nodeSelectorTerms");
    if (terms.size() != 1 || !terms.getFirst().objects("matchExpressions").isEmpty()) {
      return "";
    }
    List<JsonObject> fields = terms.getFirst().objects("matchFields");
    if (fields.size() != 1) {
      return "";
    }
    JsonObject field = fields.getFirst();
    boolean names =
        field.textOrEmpty("key").equals("metadata.name")
            && field.textOrEmpty("operator").equals("In")
            && field.arrayOrEmpty("values").size() == 1;
    return names && field.arrayOrEmpty("values").at(0) instanceof Json.Text(var name) ? name : "";
  }

  private static boolean isOnNode(UserInfo caller, String node) {
    List<String> own = caller.extra().getOrDefault(NODE_OF_CALLER, List.of());
    return !node.isEmpty()
        && caller.name().startsWith(UserInfo.ACCOUNT_PREFIX)
        && own.size() == 1
        && Formats.dns1123Subdomain(own.getFirst()).isEmpty()
        && own.getFirst().equals(node);
  }
}
