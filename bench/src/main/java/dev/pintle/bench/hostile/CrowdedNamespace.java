package dev.pintle.bench.hostile;

import java.net.http.HttpRequest;
import java.util.List;

/// A namespace with 12 000 bindings of roles, in which somebody may do something by one of them.
public final class CrowdedNamespace {
  public static final String TEN = "ten";
  public static final String TWELVE_THOUSAND = "twelvethousand";
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/namespaces/";
  private static final int BINDINGS = 12_000;
  private static final int FEW = 10;
  private static final int WRITERS = 16;
  private static final int CLIENTS = 8;

  private CrowdedNamespace() {}

  /// The same requests in a namespace with ten bindings and in one with 12 000, while bindings come and go.
  public static List<Attack> all() {
    return List.of(in(TEN, FEW), in(TWELVE_THOUSAND, BINDINGS));
  }

  private static Attack in(String namespace, int bindings) {
    return Attack.of(
            "requests beside %d bindings that change".formatted(bindings),
            strike ->
                strike.inParallel(
                    CLIENTS + 1,
                    client -> {
                      int round = 0;
                      do {
                        if (client == CLIENTS) {
                          strike.count(bind(strike, namespace, "changing-" + round++));
                        } else {
                          strike.count(strike.send(ask(strike, namespace, client)));
                        }
                      } while (strike.goesOn());
                    }),
            "200|201|409")
        .after(strike -> prepare(strike, namespace, bindings));
  }

  private static HttpRequest ask(AttackRun strike, String namespace, int client) {
    return strike
        .request("/api/v1/namespaces/%s/configmaps".formatted(namespace))
        .header("Impersonate-User", "user-%s-0".formatted(client))
        .build();
  }

  private static void prepare(AttackRun strike, String namespace, int bindings) throws Exception {
    post(strike, "/api/v1/namespaces", "{\"metadata\":{\"name\":\"%s\"}}".formatted(namespace));
    post(
        strike,
        RBAC + namespace + "/roles",
        """
        {"metadata":{"name":"reader"},"rules":[{"apiGroups":[""],"resources":["configmaps"],"verbs":["get","list"]}]}\
        """);
    int each = Math.max(1, bindings / WRITERS);
    strike.inParallel(
        WRITERS,
        writer -> {
          for (int i = 0; i < each; i++) {
            bind(strike, namespace, "user-%d-%d".formatted(writer, i));
          }
        });
  }

  /// The path of the namespace's bindings.
  public static String bindings(String namespace) {
    return RBAC + namespace + "/rolebindings";
  }

  /// One that lets the user who is called as it is read ConfigMaps.
  public static String binding(String user) {
    return """
    {"metadata":{"name":"%s"},"subjects":[{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"%s"}],\
    "roleRef":{"kind":"Role","apiGroup":"rbac.authorization.k8s.io","name":"reader"}}\
    """
        .formatted(user, user);
  }

  private static String bind(AttackRun strike, String namespace, String user)
      throws InterruptedException {
    return post(strike, bindings(namespace), binding(user));
  }

  private static String post(AttackRun strike, String path, String body)
      throws InterruptedException {
    return strike.send(strike.post(path, BodyAttacks.JSON, HostileBodies.text(body)));
  }
}
