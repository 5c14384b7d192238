package dev.pintle.bench.storm;

import dev.pintle.bench.api.ApiAnswer;
import dev.pintle.bench.api.ApiCall;
import dev.pintle.bench.api.ApiConnection;
import dev.pintle.bench.api.ApiIdentity;
import dev.pintle.bench.api.ApiLoops;
import dev.pintle.bench.api.ClientAuthority;
import java.io.IOException;
import java.security.GeneralSecurityException;

/// The cluster before the storm: namespaces, accounts, rights, nodes, and the ways in which its clients prove who they are.
final class StormCluster {
  static final String OPERATORS = "operators";
  static final String SYSTEM = "kube-system";
  static final String NODE_LEASES = "kube-node-lease";
  static final String CREATOR = "creator";
  static final String JOB_CONTROLLER = "job-controller";
  static final String STEADY = "steady";
  static final int TENANTS = 10;

  private static final int CREATED = 201;
  private static final int EXISTS = 409;
  private static final String RIGHTS = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String TOKEN_REQUEST =
      "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{\"expirationSeconds\":7200}}";
  private static final String ROLE =
      """
      {"metadata":{"name":"storm"},"rules":[
      {"apiGroups":["batch"],"resources":["jobs"],"verbs":["create","get","list","watch"]},
      {"apiGroups":[""],"resources":["pods","nodes"],"verbs":["get","list","watch"]},
      {"apiGroups":["coordination.k8s.io"],"resources":["leases"],"verbs":["get","create","update"]}]}
      """;

  private final StormTarget target;
  private final ApiLoops loops;
  private final ClientAuthority authority;
  private final ApiConnection admin;

  /// @param loops that carry what its clients open
  StormCluster(StormTarget target, ApiLoops loops) throws IOException, InterruptedException {
    this.target = target;
    this.loops = loops;
    this.authority = target.clients();
    this.admin = target.admin(loops);
  }

  static String tenant(int number) {
    return "storm-" + number % TENANTS;
  }

  static String node(int number) {
    return "node-" + number;
  }

  static String jobs(String namespace) {
    return "/apis/batch/v1/namespaces/%s/jobs".formatted(namespace);
  }

  static String pods(String namespace) {
    return "/api/v1/namespaces/%s/pods".formatted(namespace);
  }

  static String leases(String namespace) {
    return "/apis/coordination.k8s.io/v1/namespaces/%s/leases".formatted(namespace);
  }

  static String elector(int number) {
    return "elector-" + number;
  }

  /// Leaders of the system and of operators in turn.
  static String electorNamespace(int number) {
    return number % 2 == 0 ? SYSTEM : OPERATORS;
  }

  void prepare(StormScale scale) throws IOException, InterruptedException {
    for (String namespace : new String[] {SYSTEM, NODE_LEASES, OPERATORS}) {
      namespace(namespace);
    }
    for (int i = 0; i < TENANTS; i++) {
      namespace(tenant(i));
      account(tenant(i), "default");
      account(tenant(i), CREATOR);
    }
    account(SYSTEM, JOB_CONTROLLER);
    account(OPERATORS, "operator");
    for (int i = 0; i < scale.electors(); i++) {
      account(electorNamespace(i), elector(i));
    }
    make(RIGHTS + "clusterroles", ROLE);
    bind("storm-accounts", "storm", "system:serviceaccounts");
    bind("storm-people", "storm", "people");
    bind("storm-nodes", "system:node", "system:nodes");
    for (int i = 0; i < scale.nodes(); i++) {
      make(
          "/api/v1/nodes",
          "{\"metadata\":{\"name\":\"%1$s\",\"labels\":{\"kubernetes.io/hostname\":\"%1$s\"}}}"
              .formatted(node(i)));
    }
    make(jobs(tenant(0)), JobTexts.job(STEADY, 0));
    make(pods(tenant(0)), JobTexts.plainPod(STEADY));
  }

  /// A client with a service account's token.
  ApiConnection account(ApiLoops on, String namespace, String name)
      throws IOException, InterruptedException {
    String path = "/api/v1/namespaces/%s/serviceaccounts/%s/token".formatted(namespace, name);
    ApiAnswer answer = admin.call(ApiCall.post(path, TOKEN_REQUEST).keeping());
    if (!answer.succeeded()) {
      throw new IOException("%s: %d %s".formatted(path, answer.code(), answer.body()));
    }
    return on.open(target.address(), ApiIdentity.byToken(answer.text("token")));
  }

  /// A client with a certificate.
  ///
  /// @param group empty for none
  ApiConnection user(String name, String group) throws IOException, InterruptedException {
    try {
      return loops.open(target.address(), ApiIdentity.byCertificate(authority, name, group));
    } catch (GeneralSecurityException notIssued) {
      throw new IOException("a certificate for " + name, notIssued);
    }
  }

  ApiConnection kubelet(int number) throws IOException, InterruptedException {
    return user("system:node:" + node(number), "system:nodes");
  }

  private void namespace(String name) throws IOException, InterruptedException {
    make("/api/v1/namespaces", "{\"metadata\":{\"name\":\"%s\"}}".formatted(name));
  }

  private void account(String namespace, String name) throws IOException, InterruptedException {
    make(
        "/api/v1/namespaces/%s/serviceaccounts".formatted(namespace),
        "{\"metadata\":{\"name\":\"%s\"}}".formatted(name));
  }

  private void bind(String name, String role, String group)
      throws IOException, InterruptedException {
    make(
        RIGHTS + "clusterrolebindings",
        """
        {"metadata":{"name":"%1$s"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"%2$s"},
        "subjects":[{"kind":"Group","apiGroup":"rbac.authorization.k8s.io","name":"%3$s"}]}
        """
            .formatted(name, role, group));
  }

  /// What is there already stays as it is.
  private void make(String path, String body) throws IOException, InterruptedException {
    ApiAnswer answer = admin.call(ApiCall.post(path, body));
    if (answer.code() != CREATED && answer.code() != EXISTS) {
      throw new IOException(
          "POST %s: %d %s (expected: 201)".formatted(path, answer.code(), answer.body()));
    }
  }
}
