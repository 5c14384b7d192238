package dev.pintle.compat.access;

import static dev.pintle.compat.access.Bodies.APPLY;
import static dev.pintle.compat.access.Bodies.JSON;
import static dev.pintle.compat.access.Bodies.JSON_PATCH;
import static dev.pintle.compat.access.Bodies.MERGE;
import static dev.pintle.compat.access.Bodies.STRATEGIC;

import java.util.ArrayList;
import java.util.List;

/// The ways to give rights away: roles with more than one holds, labels that bring them into another role, roles that
/// gather, bindings to what one does not hold or what is not there; by every road that writes.
final class Gifts {
  private static final String ROOT = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String VERSION = "\"apiVersion\":\"rbac.authorization.k8s.io/v1\",";
  private static final String DRY = "?dryRun=All";
  private static final String FORCED = DRY + "&fieldManager=m&force=true";

  private static final List<String> ROLES =
      List.of(
          "",
          "'rules':[]",
          "'rules':[{'apiGroups':[''],'resources':['configmaps'],'verbs':['list']}]",
          "'rules':[{'apiGroups':[''],'resources':['configmaps','secrets'],'verbs':['list','get']}]",
          "'rules':[{'apiGroups':[''],'resources':['secrets'],'resourceNames':['x','y'],'verbs':['get','list']}]",
          "'rules':[{'apiGroups':['*'],'resources':['*'],'verbs':['*']}]",
          "'rules':[{'nonResourceURLs':['/a','/b'],'verbs':['get','post']}]",
          "'rules':[{'nonResourceURLs':['*'],'verbs':['*']}]",
          "'aggregationRule':{'clusterRoleSelectors':[{'matchLabels':{'a':'b'}}]}",
          "'aggregationRule':{'clusterRoleSelectors':[]}",
          "'aggregationRule':null",
          "'metadata':{'labels':{'access.example.com/gathered':'yes'}}",
          "'metadata':{'annotations':{'a':'b'}}",
          "'metadata':{'finalizers':['example.com/a']}",
          "'metadata':{'ownerReferences':[{'apiVersion':'v1','kind':'Node','name':'x','uid':'1'}]}");

  private static final List<String> REFS =
      List.of(
          ref("ClusterRole", "access-held"),
          ref("ClusterRole", "access-more"),
          ref("ClusterRole", "access-none"),
          ref("ClusterRole", "access-gathering"),
          ref("ClusterRole", "cluster-admin"),
          ref("ClusterRole", "none"),
          ref("Role", "thing"),
          ref("Role", "none"),
          ref("Role", ""),
          ref("Role", "a/b"),
          ref("Thing", "thing"),
          "'roleRef':{'apiGroup':'','kind':'ClusterRole','name':'access-more'}",
          "'roleRef':{'apiGroup':'example.com','kind':'ClusterRole','name':'access-none'}");

  private static final List<String> BINDINGS =
      List.of(
          "",
          "'metadata':{'labels':{'a':'b'}}",
          "'metadata':{'finalizers':['example.com/a']}",
          "'subjects':[{'apiGroup':'rbac.authorization.k8s.io','kind':'User','name':'giver'}]");

  private final List<Probe> probes = new ArrayList<>();

  private Gifts() {}

  static List<Probe> all() {
    Gifts gifts = new Gifts();
    Callers.GIVERS.forEach(gifts::by);
    return gifts.probes;
  }

  private static String ref(String kind, String name) {
    return "'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'%s','name':'%s'}"
        .formatted(kind, name);
  }

  private void by(Caller caller) {
    String here = ROOT + "namespaces/access-a/";
    for (String role : ROLES) {
      made(caller, here + "roles", "Role", role);
      made(caller, ROOT + "clusterroles", "ClusterRole", role);
      changed(caller, here + "roles/thing", "Role", role);
      for (String name : List.of("thing", "access-held", "access-more", "access-gathering")) {
        changed(caller, ROOT + "clusterroles/" + name, "ClusterRole", role);
      }
    }
    for (String ref : REFS) {
      made(caller, here + "rolebindings", "RoleBinding", ref);
      made(caller, ROOT + "clusterrolebindings", "ClusterRoleBinding", ref);
    }
    for (String binding : BINDINGS) {
      changed(caller, here + "rolebindings/thing", "RoleBinding", binding);
      changed(caller, ROOT + "clusterrolebindings/thing", "ClusterRoleBinding", binding);
      changed(caller, ROOT + "clusterrolebindings/cluster-admin", "ClusterRoleBinding", binding);
    }
  }

  /// What is not there is made: by the collection, by its name, by what is applied.
  private void made(Caller caller, String path, String kind, String rest) {
    String fields = rest.startsWith("'metadata'") ? "" : rest;
    String metadata = "'name':'absent'" + (fields.isEmpty() ? metadata(rest) : "");
    String body = object(kind, "'metadata':{%s}".formatted(metadata), fields);
    write(caller, "POST", path + DRY, JSON, body);
    write(caller, "PUT", path + "/absent" + DRY, JSON, body);
    write(caller, "PATCH", path + "/absent" + FORCED, APPLY, body);
  }

  /// The fields of the metadata that `rest` is, after a comma.
  private static String metadata(String rest) {
    return rest.isEmpty() ? "" : "," + rest.substring(rest.indexOf('{') + 1, rest.lastIndexOf('}'));
  }

  private void changed(Caller caller, String path, String kind, String rest) {
    String patch = ("{" + rest + "}").replace('\'', '"');
    write(caller, "PATCH", path + DRY, MERGE, patch);
    write(caller, "PATCH", path + DRY, STRATEGIC, patch);
    String name = path.substring(path.lastIndexOf('/') + 1);
    boolean metadata = rest.startsWith("'metadata'");
    String named = "'metadata':{'name':'%s'%s}".formatted(name, metadata ? metadata(rest) : "");
    String body = object(kind, named, metadata ? "" : rest);
    write(caller, "PATCH", path + FORCED, APPLY, body);
    if (!kind.endsWith("Binding")) {
      write(caller, "PUT", path + DRY, JSON, body);
    }
    int colon = rest.indexOf(':');
    if (colon > 0 && !metadata) {
      String field = rest.substring(1, colon - 1);
      String value = rest.substring(colon + 1).replace('\'', '"');
      String operation = "[{\"op\":\"add\",\"path\":\"/%s\",\"value\":%s}]".formatted(field, value);
      write(caller, "PATCH", path + DRY, JSON_PATCH, operation);
    }
  }

  private static String object(String kind, String metadata, String fields) {
    String rest = fields.isEmpty() ? "" : "," + fields;
    return ("{" + VERSION + "'kind':'" + kind + "'," + metadata + rest + "}").replace('\'', '"');
  }

  private void write(Caller caller, String method, String path, String type, String body) {
    probes.add(new Probe(method, path, caller, type, body));
  }
}
