package dev.pintle.compat.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.FreePort;
import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.PeerSource;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.ProjectCluster;
import dev.pintle.compat.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Crossplane's core at work: what it is told of becomes definitions that the server serves, claims have their composites, and what is in
/// use stays.
class CrossplaneIT {
  private static final String PROGRAM = "crossplane";
  private static final String NAMESPACE = "crossplane-system";
  private static final Duration READY_MAX = Duration.ofSeconds(30);
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/";
  private static final String COMPOSITES = "/apis/apiextensions.crossplane.io/";
  private static final String SHOP = "/apis/shop.example.com/v1/";
  private static final String USERS = "users";

  @TempDir private static Path folder;
  private static ProjectCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    Peers.require("helm");
    Peers.require(PROGRAM);
    PeerSource source = PeerSource.require("crossplane", "github.com/crossplane/crossplane/v2");
    Path own = folder.resolve("source");
    source.copy("cluster", own);
    int port = FreePort.next();
    cluster =
        ProjectCluster.start(folder, NAMESPACE)
            .with(
                made -> made.installChart(PROGRAM, own.resolve("charts/crossplane")),
                made -> made.serveHere("crossplane-webhooks"),
                CrossplaneIT::allow,
                made -> prepare(made, own, port),
                made -> made.start(PROGRAM, running(made, port), List.of("core", "start")));
    cluster.make("/api/v1/namespaces", "{'metadata':{'name':'%s'}}".formatted(USERS));
  }

  /// Its rights are gathered from roles with a label; its other program, which makes such roles, listens on a port that cannot be chosen.
  private static void allow(ProjectCluster made) {
    made.make(
        "/apis/rbac.authorization.k8s.io/v1/clusterroles",
        "{'metadata':{'name':'shops','labels':{'rbac.crossplane.io/aggregate-to-crossplane':'true'}},'rules':[{'apiGroups':['shop.example.com'],'resources':['*'],'verbs':['*']}]}");
  }

  /// What the first container of its pod does: it applies the definitions, and makes the certificates of the webhooks.
  private static void prepare(ProjectCluster made, Path own, int port) throws IOException {
    Map<String, String> environment = new TreeMap<>(common(made));
    environment.put("CRDS_PATH", own.resolve("crds").toString());
    environment.put("WEBHOOK_CONFIGS_PATH", own.resolve("webhookconfigurations").toString());
    environment.put("WEBHOOK_SERVICE_NAME", "crossplane-webhooks");
    environment.put("WEBHOOK_SERVICE_NAMESPACE", NAMESPACE);
    environment.put("WEBHOOK_SERVICE_PORT", Integer.toString(port));
    environment.put("TLS_CA_SECRET_NAME", "crossplane-root-ca");
    Tool init =
        new Tool(
            List.of(Peers.require(PROGRAM).toString(), "core", "init", "--activation=*"),
            environment,
            READY_MAX);
    // It uses definitions without a look whether they are served already; a node starts a container
    // again that has failed.
    made.until("crossplane core init", () -> init.run().exit() == 0 ? true : null);
  }

  private static Map<String, String> common(ProjectCluster made) throws IOException {
    return Map.of(
        "KUBECONFIG",
        made.kubeconfig(PROGRAM).toString(),
        "POD_NAMESPACE",
        NAMESPACE,
        "POD_SERVICE_ACCOUNT",
        PROGRAM,
        "TLS_SERVER_SECRET_NAME",
        "crossplane-tls-server",
        "TLS_CLIENT_SECRET_NAME",
        "crossplane-tls-client");
  }

  private static Map<String, String> running(ProjectCluster made, int port) throws IOException {
    Map<String, String> environment = new TreeMap<>(common(made));
    for (String side : List.of("server", "client")) {
      Path mounted = mount(made, "crossplane-tls-" + side);
      environment.put(
          "TLS_%s_CERTS_DIR".formatted(side.toUpperCase(Locale.ROOT)), mounted.toString());
    }
    environment.put("WEBHOOK_PORT", Integer.toString(port));
    environment.put("METRICS_PORT", Integer.toString(FreePort.next()));
    environment.put("HEALTH_PROBE_PORT", Integer.toString(FreePort.next()));
    environment.put("XPKG_CACHE_DIR", made.folder("packages").toString());
    return environment;
  }

  /// A folder with what is in a secret, as a node makes it.
  private static Path mount(ProjectCluster made, String secret) throws IOException {
    Path mounted = made.folder(secret);
    JsonNode found =
        made.client().get("/api/v1/namespaces/%s/secrets/%s".formatted(NAMESPACE, secret)).json();
    for (Map.Entry<String, JsonNode> entry : found.path("data").properties()) {
      Files.write(
          mounted.resolve(entry.getKey()), Base64.getDecoder().decode(entry.getValue().asString()));
    }
    return mounted;
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      try (ProjectCluster stopped = cluster) {
        assertThat(stopped.warnings()).isEmpty();
      }
    }
  }

  private static boolean is(JsonNode object, String condition) {
    return object
        .path("status")
        .path("conditions")
        .valueStream()
        .anyMatch(found ->
            found.path("type").asString().equals(condition)
                && found.path("status").asString().equals("True"));
  }

  /// Tells Crossplane of a resource whose objects have a size, and waits for the server to serve it.
  ///
  /// @param more JSON with single quotes and a comma in front
  private static void define(String version, String plural, String kind, String more) {
    String name = plural + ".shop.example.com";
    cluster.make(
        COMPOSITES + version + "/compositeresourcedefinitions",
        "{'apiVersion':'apiextensions.crossplane.io/%s','kind':'CompositeResourceDefinition','metadata':{'name':'%s'},'spec':{'group':'shop.example.com','names':{'kind':'%s','plural':'%s'}%s,'versions':[{'name':'v1','served':true,'referenceable':true,'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object','required':['size'],'properties':{'size':{'type':'integer','minimum':1}}}}}}}]}}"
            .formatted(version, name, kind, plural, more));
    cluster.until(
        COMPOSITES + version + "/compositeresourcedefinitions/" + name,
        found -> is(found, "Established"));
  }

  private static String object(String kind, String name, int size) {
    return "{'apiVersion':'shop.example.com/v1','kind':'%s','metadata':{'name':'%s'},'spec':{'size':%d}}"
        .formatted(kind, name, size);
  }

  private static String in(String plural) {
    return "%snamespaces/%s/%s".formatted(SHOP, USERS, plural);
  }

  @Test
  void whatItIsToldOfBecomesADefinition() {
    define("v2", "stalls", "Stall", ",'scope':'Namespaced'");
    JsonNode definition = cluster.client().get(DEFINITIONS + "stalls.shop.example.com").json();
    assertThat(definition.path("spec").path("scope").asString()).isEqualTo("Namespaced");
    assertThat(is(definition, "Established")).isTrue();
    KubeClient.Answer none = cluster.post(in("stalls"), object("Stall", "none", 0));
    assertThat(none.code()).isEqualTo(422);
    assertThat(none.message())
        .isEqualTo(
            "Stall.shop.example.com \"none\" is invalid: spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1");
    cluster.make(in("stalls"), object("Stall", "one", 1));
    cluster.delete(in("stalls/one"));
    cluster.untilGone(in("stalls/one"));
    cluster.delete(COMPOSITES + "v2/compositeresourcedefinitions/stalls.shop.example.com");
    cluster.untilGone(DEFINITIONS + "stalls.shop.example.com");
    cluster.untilGone(in("stalls"));
  }

  @Test
  void aClaimHasItsCompositeUntilItGoes() {
    define("v1", "xmarkets", "XMarket", ",'claimNames':{'kind':'Market','plural':'markets'}");
    cluster.until(
        COMPOSITES + "v1/compositeresourcedefinitions/xmarkets.shop.example.com",
        found -> is(found, "Offered"));
    cluster.make(in("markets"), object("Market", "m", 3));
    JsonNode claim =
        cluster.until(
            in("markets/m"), found -> !found.path("spec").path("resourceRef").isMissingNode());
    String name = claim.path("spec").path("resourceRef").path("name").asString();
    JsonNode composite = cluster.until(SHOP + "xmarkets/" + name, _ -> true);
    assertThat(composite.path("spec").path("size").asInt()).isEqualTo(3);
    assertThat(composite.path("spec").path("claimRef").path("namespace").asString())
        .isEqualTo(USERS);
    // It has written the composite as a server-side apply.
    assertThat(composite.path("metadata").path("managedFields").valueStream())
        .anyMatch(entry -> entry.path("operation").asString().equals("Apply"));
    cluster.delete(in("markets/m"));
    cluster.untilGone(in("markets/m"));
    cluster.untilGone(SHOP + "xmarkets/" + name);
  }

  @Test
  void aCompositionHasItsRevisions() {
    String compositions = COMPOSITES + "v1/compositions";
    String step = "{'step':'a','functionRef':{'name':'f'}}";
    String composition =
        "{'apiVersion':'apiextensions.crossplane.io/v1','kind':'Composition','metadata':{'name':'c'},'spec':{'compositeTypeRef':{'apiVersion':'shop.example.com/v1','kind':'XMarket'},'mode':'Pipeline','pipeline':[%s]}}";
    KubeClient.Answer twice = cluster.post(compositions, composition.formatted(step + "," + step));
    assertThat(twice.code()).isEqualTo(422);
    assertThat(twice.message()).contains("spec.pipeline[1]: Duplicate value: {\"step\":\"a\"}");
    cluster.make(compositions, composition.formatted(step));
    cluster.until(
        COMPOSITES + "v1/compositionrevisions",
        found ->
            found
                .path("items")
                .valueStream()
                .anyMatch(revision -> revision.path("spec").path("revision").asInt() == 1));
  }

  @Test
  void whatIsInUseStays() {
    String maps = "/api/v1/namespaces/%s/configmaps".formatted(USERS);
    String usages = "/apis/protection.crossplane.io/v1beta1/namespaces/%s/usages".formatted(USERS);
    cluster.make(maps, "{'metadata':{'name':'till'}}");
    cluster.make(
        usages,
        "{'apiVersion':'protection.crossplane.io/v1beta1','kind':'Usage','metadata':{'name':'keep'},'spec':{'of':{'apiVersion':'v1','kind':'ConfigMap','resourceRef':{'name':'till'}},'reason':'the shop is open'}}");
    cluster.until(usages + "/keep", found -> is(found, "Ready"));
    String told =
        "admission webhook \"nousages.protection.crossplane.io\" denied the request: This resource is in-use by 1 usage(s), including the *v1beta1.Usage \"keep\" (in namespace \"users\") with reason: \"the shop is open\".";
    List<KubeClient.Answer> refused = new ArrayList<>();
    refused.add(cluster.client().send("DELETE", maps + "/till", KubeClient.JSON, ""));
    refused.add(
        cluster
            .client()
            .send("DELETE", maps + "?labelSelector=crossplane.io/in-use", KubeClient.JSON, ""));
    assertThat(refused)
        .allSatisfy(answer -> {
          assertThat(answer.code()).as(answer.text()).isEqualTo(409);
          assertThat(answer.message()).isEqualTo(told);
        });
    cluster.delete(usages + "/keep");
    cluster.untilGone(usages + "/keep");
    cluster.delete(maps + "/till");
    cluster.untilGone(maps + "/till");
  }
}
