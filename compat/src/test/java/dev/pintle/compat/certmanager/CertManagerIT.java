package dev.pintle.compat.certmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.ProjectCluster;
import dev.pintle.compat.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// cert-manager at work: an authority signs what is asked for, its webhook refuses and writes, and what belongs together comes and goes
/// together. Every test has a namespace of its own.
class CertManagerIT {
  private static final String API = "/apis/cert-manager.io/v1";
  private static final String WEBHOOK =
      "admission webhook \"webhook.cert-manager.io\" denied the request: ";
  private static final String REQUESTS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String SERVICES = "/apis/apiregistration.k8s.io/v1/apiservices";
  private static final String RIGHTS = "/apis/rbac.authorization.k8s.io/v1";

  @TempDir private static Path folder;
  private static ProjectCluster cluster;
  private static X509Certificate authority;

  /// A self-signed authority, and who signs for the whole cluster by it.
  @BeforeAll
  static void start() throws IOException {
    cluster = CertManagerPrograms.start(folder);
    String issuers = in(CertManagerPrograms.NAMESPACE, "issuers");
    // The webhook is there, and the server trusts it, once its authority has been injected.
    String issuer = object("Issuer", "self", "'spec':{'selfSigned':{}}").replace('\'', '"');
    cluster.until(
        "a webhook", () -> cluster.client().post(issuers, issuer).code() == 201 ? true : null);
    cluster.make(
        in(CertManagerPrograms.NAMESPACE, "certificates"),
        object(
            "Certificate",
            "authority",
            "'spec':{'isCA':true,'commonName':'authority','secretName':'authority','privateKey':{'algorithm':'ECDSA'},'issuerRef':{'name':'self'}}"));
    JsonNode secret =
        cluster.until(
            "/api/v1/namespaces/%s/secrets/authority".formatted(CertManagerPrograms.NAMESPACE),
            found -> !found.path("data").path("tls.crt").isMissingNode());
    authority = IssuedSecret.of(secret).certificate();
    cluster.make(
        API + "/clusterissuers",
        object("ClusterIssuer", "ca", "'spec':{'ca':{'secretName':'authority'}}"));
    cluster.until(API + "/clusterissuers/ca", found -> is(found, "Ready"));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      try (ProjectCluster stopped = cluster) {
        assertThat(stopped.warnings()).isEmpty();
      }
    }
  }

  /// @param fields JSON with single quotes, without the braces
  private static String object(String kind, String name, String fields) {
    return "{'apiVersion':'cert-manager.io/v1','kind':'%s','metadata':{'name':'%s'},%s}"
        .formatted(kind, name, fields);
  }

  private static String in(String namespace, String resource) {
    return "%s/namespaces/%s/%s".formatted(API, namespace, resource);
  }

  private static String secret(String namespace, String name) {
    return "/api/v1/namespaces/%s/secrets/%s".formatted(namespace, name);
  }

  private static void namespace(String name) {
    cluster.make("/api/v1/namespaces", "{'metadata':{'name':'%s'}}".formatted(name));
    cluster.until("/api/v1/namespaces/%s/serviceaccounts/default".formatted(name), _ -> true);
  }

  private static boolean is(JsonNode object, String condition) {
    return conditions(object, condition).equals(Optional.of("True"));
  }

  private static Optional<String> conditions(JsonNode object, String type) {
    return object
        .path("status")
        .path("conditions")
        .valueStream()
        .filter(condition -> condition.path("type").asString().equals(type))
        .map(condition -> condition.path("status").asString())
        .findFirst();
  }

  private static String certificate(String name, String more) {
    return object(
        "Certificate",
        name,
        "'spec':{'secretName':'%1$s-tls','dnsNames':['%1$s.example.com'],'issuerRef':{'name':'ca','kind':'ClusterIssuer'}%2$s}"
            .formatted(name, more));
  }

  /// Asks for a certificate of the authority and waits for it.
  private static IssuedSecret issue(String namespace, String name) {
    cluster.make(in(namespace, "certificates"), certificate(name, ""));
    cluster.until(in(namespace, "certificates/" + name), found -> is(found, "Ready"));
    return IssuedSecret.of(cluster.until(secret(namespace, name + "-tls"), _ -> true));
  }

  private static List<JsonNode> requests(String namespace) {
    return cluster
        .client()
        .get(in(namespace, "certificaterequests"))
        .json()
        .path("items")
        .valueStream()
        .toList();
  }

  @Test
  void whatItIssuesIsSignedByItsAuthority() {
    namespace("issued");
    IssuedSecret issued = issue("issued", "web");
    assertThat(issued.authority()).isEqualTo(authority);
    assertThat(IssuedSecret.isSigned(issued.certificate(), authority)).isTrue();
    assertThat(issued.hosts()).containsExactly("web.example.com");
    JsonNode request = requests("issued").getFirst();
    assertThat(request.path("spec").path("username").asString())
        .isEqualTo("system:serviceaccount:cert-manager:cert-manager");
    assertThat(conditions(request, "Approved")).contains("True");
  }

  @Test
  void itsWebhookRefusesWhatNobodyCouldIssue() {
    namespace("refused");
    String body =
        object(
            "Certificate",
            "c",
            "'spec':{'secretName':'s','duration':'10m','privateKey':{'size':1024},'issuerRef':{'name':'i','kind':'Elsewhere'}}");
    KubeClient.Answer answer =
        cluster.client().post(in("refused", "certificates"), body.replace('\'', '"'));
    assertThat(answer.code()).as(answer.text()).isEqualTo(406);
    assertThat(answer.json().path("reason").asString()).isEqualTo("NotAcceptable");
    assertThat(answer.message())
        .startsWith(WEBHOOK + "[spec.issuerRef.kind: Invalid value: \"Elsewhere\": ")
        .contains(
            "at least one of commonName, dnsNames, uris ipAddresses, or emailAddresses must be set",
            "spec.privateKey.size: Invalid value: 1024: must be between 2048 & 8192",
            "spec.duration: Invalid value: ");
  }

  @Test
  void aSecretThatIsDeletedIsIssuedAgain() {
    namespace("again");
    IssuedSecret first = issue("again", "web");
    cluster.delete(secret("again", "web-tls"));
    JsonNode second =
        cluster.until(
            secret("again", "web-tls"),
            found -> !found.path("data").path("tls.crt").isMissingNode());
    assertThat(IssuedSecret.of(second).certificate().getSerialNumber())
        .isNotEqualTo(first.certificate().getSerialNumber());
    cluster.until(
        in("again", "certificates/web"),
        found -> found.path("status").path("revision").asInt() == 2);
  }

  @Test
  void aCertificateIsRenewedInTime() {
    namespace("renewed");
    cluster.make(
        in("renewed", "certificates"),
        certificate("web", ",'duration':'1h','renewBefore':'59m57s'"));
    cluster.until(
        in("renewed", "certificates/web"),
        found -> found.path("status").path("revision").asInt() > 1);
    cluster.delete(in("renewed", "certificates/web"));
  }

  @Test
  void whatBelongsToACertificateGoesWithIt() {
    namespace("owned");
    issue("owned", "web");
    String request = requests("owned").getFirst().path("metadata").path("name").asString();
    cluster.delete(in("owned", "certificates/web"));
    cluster.untilGone(in("owned", "certificaterequests/" + request));
    cluster.untilGone(secret("owned", "web-tls"));
    assertThat(cluster.client().get(in("owned", "certificates/web")).code()).isEqualTo(404);
  }

  @Test
  void anIngressHasItsCertificate() {
    namespace("ingress");
    String ingresses = "/apis/networking.k8s.io/v1/namespaces/ingress/ingresses";
    cluster.make(
        ingresses,
        "{'metadata':{'name':'web','annotations':{'cert-manager.io/cluster-issuer':'ca'}},'spec':{'tls':[{'hosts':['a.example.com'],'secretName':'web-tls'}],'defaultBackend':{'service':{'name':'s','port':{'number':80}}}}}");
    cluster.until(in("ingress", "certificates/web-tls"), found -> is(found, "Ready"));
    JsonNode issued = cluster.until(secret("ingress", "web-tls"), _ -> true);
    assertThat(IssuedSecret.of(issued).hosts()).containsExactly("a.example.com");
    cluster.delete(ingresses + "/web");
    cluster.untilGone(in("ingress", "certificates/web-tls"));
    cluster.untilGone(secret("ingress", "web-tls"));
  }

  @Test
  void theAuthorityIsInjected() {
    namespace("injected");
    issue("injected", "web");
    String from = "'annotations':{'cert-manager.io/inject-ca-from':'injected/web'}";
    cluster.make(
        DEFINITIONS,
        "{'metadata':{'name':'things.injected.example.com',%s},'spec':{'group':'injected.example.com','scope':'Cluster','names':{'plural':'things','kind':'Thing'},'versions':[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object'}}}],'conversion':{'strategy':'Webhook','webhook':{'conversionReviewVersions':['v1'],'clientConfig':{'url':'https://localhost:1/'}}}}}"
            .formatted(from));
    cluster.make(
        SERVICES,
        "{'metadata':{'name':'v1.else.example.com',%s},'spec':{'group':'else.example.com','version':'v1','groupPriorityMinimum':100,'versionPriority':100,'service':{'name':'s','namespace':'injected'}}}"
            .formatted(from));
    JsonNode definition =
        cluster.until(
            DEFINITIONS + "/things.injected.example.com",
            found -> !bundle(found.path("spec").path("conversion").path("webhook")).isEmpty());
    assertThat(
            IssuedSecret.decode(bundle(definition.path("spec").path("conversion").path("webhook"))))
        .isEqualTo(authority);
    JsonNode service =
        cluster.until(
            SERVICES + "/v1.else.example.com",
            found -> !found.path("spec").path("caBundle").isMissingNode());
    assertThat(IssuedSecret.decode(service.path("spec").path("caBundle").asString()))
        .isEqualTo(authority);
    cluster.delete(SERVICES + "/v1.else.example.com");
    cluster.delete(DEFINITIONS + "/things.injected.example.com");
  }

  private static String bundle(JsonNode webhook) {
    return webhook.path("clientConfig").path("caBundle").asString("");
  }

  @Test
  void onlyWhoMayApproveDoes() throws IOException {
    namespace("approval");
    cluster.make(
        DEFINITIONS,
        "{'metadata':{'name':'notaries.example.com'},'spec':{'group':'example.com','scope':'Namespaced','names':{'plural':'notaries','kind':'Notary'},'versions':[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object'}}}]}}");
    cluster.until(DEFINITIONS + "/notaries.example.com", found -> is(found, "Established"));
    for (String account : List.of("clerk", "notary")) {
      cluster.make(
          "/api/v1/namespaces/approval/serviceaccounts",
          "{'metadata':{'name':'%s'}}".formatted(account));
      grant(account, "certificaterequests/status", "update", "");
    }
    grant("notary", "signers", "approve", ",'resourceNames':['notaries.example.com/approval.n']");
    JsonNode made =
        cluster.make(
            in("approval", "certificaterequests"),
            object(
                "CertificateRequest",
                "r",
                "'spec':{'request':'%s','username':'somebody else','issuerRef':{'group':'example.com','kind':'Notary','name':'n'}}"
                    .formatted(request("r"))));
    assertThat(made.path("spec").path("username").asString()).isNotEmpty().doesNotContain("else");
    String refused =
        "user \"%s\" does not have permissions to set approved/denied conditions for issuer {n Notary example.com}";
    // cert-manager's own approver may speak for the issuers of its group only.
    cluster.untilSaid(
        CertManagerPrograms.CONTROLLER,
        refused.formatted("system:serviceaccount:cert-manager:cert-manager").replace("\"", "\\\""));
    String open = made.toString();
    String approved =
        open.substring(0, open.length() - 1)
            + ",'status':{'conditions':[{'type':'Approved','status':'True','reason':'r','message':'m'}]}}"
                .replace('\'', '"');
    String status = in("approval", "certificaterequests/r/status");
    try (KubeClient clerk = cluster.as("approval", "clerk");
        KubeClient notary = cluster.as("approval", "notary")) {
      KubeClient.Answer no = clerk.send("PUT", status, KubeClient.JSON, approved);
      assertThat(no.code()).as(no.text()).isEqualTo(406);
      assertThat(no.message())
          .isEqualTo(
              WEBHOOK
                  + "status.conditions: Forbidden: "
                  + refused.formatted("system:serviceaccount:approval:clerk"));
      KubeClient.Answer yes = notary.send("PUT", status, KubeClient.JSON, approved);
      assertThat(yes.code()).as(yes.text()).isEqualTo(200);
    }
  }

  private static void grant(String account, String resource, String verb, String more) {
    String name = account + "-" + verb;
    cluster.make(
        RIGHTS + "/clusterroles",
        "{'metadata':{'name':'%s'},'rules':[{'apiGroups':['cert-manager.io'],'resources':['%s'],'verbs':['%s']%s}]}"
            .formatted(name, resource, verb, more));
    cluster.make(
        RIGHTS + "/clusterrolebindings",
        "{'metadata':{'name':'%1$s'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'%1$s'},'subjects':[{'kind':'ServiceAccount','namespace':'approval','name':'%2$s'}]}"
            .formatted(name, account));
  }

  /// A request for a certificate, as PEM in base64.
  private static String request(String name) throws IOException {
    Path request = folder.resolve(name + ".csr");
    Tool.Result made =
        Tool.of(
                Path.of("openssl"),
                "req",
                "-new",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                folder.resolve(name + ".key").toString(),
                "-out",
                request.toString(),
                "-subj",
                "/CN=jane")
            .run();
    assertThat(made.exit()).as(made.err()).isZero();
    return Base64.getEncoder().encodeToString(Files.readAllBytes(request));
  }

  /// With what is off otherwise: every write as a server-side apply, and the signing of the cluster's own requests.
  @Test
  void itsControllersThatApplyDoTheSame() throws IOException {
    cluster.stop(CertManagerPrograms.CONTROLLER);
    CertManagerPrograms.startController(
        cluster, "ServerSideApply=true", "ExperimentalCertificateSigningRequestControllers=true");
    namespace("applied");
    IssuedSecret issued = issue("applied", "web");
    assertThat(IssuedSecret.isSigned(issued.certificate(), authority)).isTrue();
    JsonNode object = cluster.client().get(in("applied", "certificates/web")).json();
    assertThat(object.path("metadata").path("managedFields").valueStream())
        .filteredOn(entry -> entry.path("subresource").asString("").equals("status"))
        .isNotEmpty()
        .allMatch(entry -> entry.path("operation").asString().equals("Apply"));
    signsARequestOfTheCluster();
    cluster.delete(in("applied", "certificates/web"));
    cluster.untilGone(secret("applied", "web-tls"));
    cluster.stop(CertManagerPrograms.CONTROLLER);
    CertManagerPrograms.startController(cluster);
  }

  private static void signsARequestOfTheCluster() throws IOException {
    JsonNode made =
        cluster.make(
            REQUESTS,
            "{'metadata':{'name':'jane'},'spec':{'request':'%s','signerName':'clusterissuers.cert-manager.io/ca','usages':['client auth']}}"
                .formatted(request("jane")));
    String approved =
        made.toString()
            .replace(
                "\"status\":{}",
                "\"status\":{\"conditions\":[{\"type\":\"Approved\",\"status\":\"True\",\"reason\":\"r\"}]}");
    KubeClient.Answer told =
        cluster.client().send("PUT", REQUESTS + "/jane/approval", KubeClient.JSON, approved);
    assertThat(told.code()).as(told.text()).isEqualTo(200);
    JsonNode signed =
        cluster.until(
            REQUESTS + "/jane", found -> !found.path("status").path("certificate").isMissingNode());
    X509Certificate certificate =
        IssuedSecret.decode(signed.path("status").path("certificate").asString());
    assertThat(IssuedSecret.isSigned(certificate, authority)).isTrue();
  }
}
