package dev.pintle.compat.access;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The objects that both servers hold before the first question: two namespaces, an object named `thing` of many kinds,
/// and the rights of every caller.
final class Fixtures {
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";
  private static final String A = "/namespaces/access-a";
  private static final Duration SERVED_MAX = Duration.ofSeconds(30);
  private static final int LOOK_EVERY_MILLIS = 50;

  private final Server server;

  Fixtures(Server server) {
    this.server = server;
  }

  void make() throws IOException, InterruptedException {
    namespace("access-a");
    namespace("access-b");
    definition("Widget", "widgets", "Namespaced");
    definition("Gadget", "gadgets", "Cluster");
    accounts();
    rights();
    rightsOfGivers();
    rightsOfCertifiers();
    things();
    for (String account : Callers.ACCOUNTS) {
      server.knows(account);
    }
  }

  private void post(String path, String json) throws IOException, InterruptedException {
    server.admin("POST", path, json.replace('\'', '"'));
  }

  private void namespace(String name) throws IOException, InterruptedException {
    post("/api/v1/namespaces", "{'metadata':{'name':'%s'}}".formatted(name));
  }

  private void definition(String kind, String plural, String scope)
      throws IOException, InterruptedException {
    post(
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
        """
        {'metadata':{'name':'%s.access.example.com'},'spec':{'group':'access.example.com','scope':'%s',
         'names':{'plural':'%s','kind':'%s'},'versions':[{'name':'v1','served':true,'storage':true,
         'subresources':{'status':{},'scale':{'specReplicasPath':'.spec.replicas','statusReplicasPath':'.status.replicas'}},
         'schema':{'openAPIV3Schema':{'type':'object','x-kubernetes-preserve-unknown-fields':true}}}]}}
        """
            .formatted(plural, scope, plural, kind));
    String path = "/apis/access.example.com/v1/" + plural;
    long end = System.nanoTime() + SERVED_MAX.toNanos();
    while (!server.serves(path)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(path + ": not served within " + SERVED_MAX);
      }
      new CountDownLatch(1).await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void accounts() throws IOException, InterruptedException {
    for (String account : Callers.ACCOUNTS) {
      String name = account.substring(account.indexOf('/') + 1);
      post("/api/v1" + A + "/serviceaccounts", "{'metadata':{'name':'%s'}}".formatted(name));
    }
  }

  private void role(String name, String... rules) throws IOException, InterruptedException {
    post(
        RBAC + "/clusterroles",
        "{'metadata':{'name':'%s'},'rules':[%s]}".formatted(name, String.join(",", rules)));
  }

  private static String rule(String groups, String resources, String verbs, String names) {
    return "{'apiGroups':[%s],'resources':[%s],'verbs':[%s],'resourceNames':[%s]}"
        .formatted(
            listed(groups), listed(resources), listed(verbs), names.isEmpty() ? "" : listed(names));
  }

  private static String paths(String paths, String verbs) {
    return "{'nonResourceURLs':[%s],'verbs':[%s]}".formatted(listed(paths), listed(verbs));
  }

  private static String listed(String words) {
    return "'" + words.replace(",", "','") + "'";
  }

  private static String user(String name) {
    return "{'apiGroup':'rbac.authorization.k8s.io','kind':'User','name':'%s'}".formatted(name);
  }

  private static String account(String name) {
    return "{'kind':'ServiceAccount','namespace':'access-a','name':'%s'}".formatted(name);
  }

  private void bind(String where, String role, String subject)
      throws IOException, InterruptedException {
    String kind = where.isEmpty() ? "clusterrolebindings" : "rolebindings";
    post(
        RBAC + where + "/" + kind,
        """
        {'metadata':{'generateName':'access-'},'subjects':[%s],
         'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'%s'}}
        """
            .formatted(subject, role));
  }

  /// A role of the user's own name, held everywhere.
  private void give(String user, String... rules) throws IOException, InterruptedException {
    role("access-" + user, rules);
    bind("", "access-" + user, user(user));
  }

  private void rights() throws IOException, InterruptedException {
    give("reader", rule("*", "*", "get,list,watch", ""), paths("/healthz/*,/metrics", "get"));
    bind(A, "access-reader", user("reader-here"));
    bind(A, "access-reader", account("robot"));
    bind("", "access-reader", user("access-readers").replace("'User'", "'Group'"));
    give("named", rule("*", "*", "*", "thing"));
    give("writer", rule("*", "*", "get,update,patch", ""));
    give("patcher", rule("*", "*", "patch", ""));
    give("creator", rule("*", "*", "create", ""));
    give("remover", rule("*", "*", "delete,deletecollection", ""));
    give("lister", rule("*", "*", "list", ""));
    give("watcher", rule("*", "*", "watch", ""));
    give("parts", rule("*", "*/status,*/scale,*/approval,*/finalize", "*", ""));
    give("core", rule("", "configmaps,secrets,namespaces", "*", ""));
    give("paths", paths("*", "get,post,head"));
    bind("", "cluster-admin", user("everything"));
    give("lost", rule("", "configmaps", "get", ""));
    server.admin("DELETE", RBAC + "/clusterroles/access-lost", "");
    role("access-actor", rule("", "users,groups,serviceaccounts", "impersonate", ""));
    bind("", "access-actor", account("actor"));
    role("access-limited", rule("", "users", "impersonate", "reader"));
    bind("", "access-limited", account("limited"));
    role(
        "access-constrained",
        rule("authentication.k8s.io", "users", "impersonate:user-info", "reader"),
        rule("authentication.k8s.io", "groups", "impersonate:user-info", "access-readers"),
        rule(
            "",
            "configmaps,secrets",
            "impersonate-on:user-info:list,impersonate-on:user-info:get",
            ""));
    bind("", "access-constrained", account("constrained"));
  }

  private void rightsOfGivers() throws IOException, InterruptedException {
    String roles = rule("rbac.authorization.k8s.io", "*", "get,create,update,patch", "");
    String held = rule("", "configmaps", "get,list", "");
    give("giver", roles, held);
    give("binder", roles, rule("rbac.authorization.k8s.io", "*", "bind", "thing,access-none,none"));
    give("escalator", roles, rule("rbac.authorization.k8s.io", "*", "escalate", ""));
    give("escalator-of-one", roles, rule("rbac.authorization.k8s.io", "*", "escalate", "thing"));
    role("access-held", rule("", "configmaps", "list", ""));
    role("access-more", rule("", "secrets", "get,list", ""), paths("/metrics", "get,post"));
    role("access-none");
    post(
        RBAC + "/clusterroles",
        """
        {'metadata':{'name':'access-gathering'},'rules':[],
         'aggregationRule':{'clusterRoleSelectors':[{'matchLabels':{'access.example.com/gathered':'yes'}}]}}
        """);
  }

  private void rightsOfCertifiers() throws IOException, InterruptedException {
    String group = "certificates.k8s.io";
    String requests = "certificatesigningrequests";
    String parts = requests + "/approval," + requests + "/status";
    String all = rule(group, requests + "," + parts, "get,create,update,patch", "");
    give("certifier", all);
    give("approver", all, rule(group, "signers", "approve", "example.com/good"));
    give("approver-of-domain", all, rule(group, "signers", "approve,sign,attest", "example.com/*"));
    give("signer", all, rule(group, "signers", "sign", "example.com/good"));
  }

  private void things() throws IOException, InterruptedException {
    for (Bodies.Thing thing : Bodies.THINGS) {
      String where = thing.namespaced() ? thing.root() + A : thing.root();
      post(where + "/" + thing.plural(), thing.named("thing"));
    }
    for (String signer : List.of("example.com/good", "example.org/bad")) {
      String name = signer.substring(signer.indexOf('/') + 1);
      post("/apis/certificates.k8s.io/v1/certificatesigningrequests", Bodies.request(name, signer));
    }
  }
}
