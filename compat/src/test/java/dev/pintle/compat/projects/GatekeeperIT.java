package dev.pintle.compat.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.FreePort;
import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.PeerSource;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.ProjectCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Gatekeeper at work: its templates become definitions, its constraints refuse or count what users write, and its mutators fill in what
/// they lack.
class GatekeeperIT {
  private static final String PROGRAM = "gatekeeper";
  private static final String NAMESPACE = "gatekeeper-system";
  private static final String MANIFEST = "deploy/gatekeeper.yaml";
  private static final String POD = "gatekeeper-0";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("POD_NAMESPACE", NAMESPACE, "POD_NAME", POD, "HOME", ".");
  private static final String TEMPLATES = "/apis/templates.gatekeeper.sh/v1/constrainttemplates";
  private static final String CONSTRAINTS = "/apis/constraints.gatekeeper.sh/v1beta1/";
  private static final String HOOKS = "/apis/admissionregistration.k8s.io/v1/";
  private static final String OWN = "/api/v1/namespaces/" + NAMESPACE;
  private static final String USERS = "users";
  private static final String REGO =
      "'rego':'package p\\nviolation[{\\\"msg\\\": msg}] { not input.review.object.metadata.labels[input.parameters.label]; msg := sprintf(\\\"the label %v is missing\\\", [input.parameters.label]) }'";

  @TempDir private static Path folder;
  private static ProjectCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    Peers.require(PROGRAM);
    Peers.require("kubectl");
    PeerSource source =
        PeerSource.require("gatekeeper", "github.com/open-policy-agent/gatekeeper/v3");
    int port = FreePort.next();
    cluster =
        ProjectCluster.start(folder, NAMESPACE)
            .with(
                made -> made.apply(source.folder().resolve(MANIFEST)),
                made -> made.serveHere("gatekeeper-webhook-service"),
                made -> callAt(made, "mutating", 0, port),
                made -> callAt(made, "validating", 0, port),
                made -> callAt(made, "validating", 1, port),
                made -> made.make(OWN + "/pods", pod()),
                made -> made.start(PROGRAM, ENVIRONMENT, arguments(made, port)),
                GatekeeperIT::mountCertificates);
    // Only the webhook for namespaces refuses where nobody answers: once it lets one through, its
    // program listens.
    String users = "{'metadata':{'name':'%s'}}".formatted(USERS);
    cluster.until(
        "its webhooks",
        () -> cluster.post("/api/v1/namespaces", users).code() == 201 ? true : null);
    cluster.until("/api/v1/namespaces/%s/serviceaccounts/default".formatted(USERS), _ -> true);
  }

  /// Names the port of a webhook, which is that of HTTPS in the manifest.
  private static void callAt(ProjectCluster made, String kind, int at, int port) {
    String path =
        "%s%2$swebhookconfigurations/gatekeeper-%2$s-webhook-configuration".formatted(HOOKS, kind);
    String patch =
        "[{\"op\":\"add\",\"path\":\"/webhooks/%d/clientConfig/service/port\",\"value\":%d}]"
            .formatted(at, port);
    KubeClient.Answer answer =
        made.client().send("PATCH", path, "application/json-patch+json", patch);
    assertThat(answer.code()).as(answer.text()).isEqualTo(200);
  }

  /// What its Deployment would make: the owner of what it says of itself.
  private static String pod() {
    return "{'metadata':{'name':'%s'},'spec':{'serviceAccountName':'gatekeeper-admin','securityContext':{'runAsNonRoot':true,'seccompProfile':{'type':'RuntimeDefault'}},'containers':[{'name':'manager','image':'manager:1','securityContext':{'allowPrivilegeEscalation':false,'capabilities':{'drop':['ALL']}}}]}}"
        .formatted(POD);
  }

  /// All its operations are in one process.
  private static List<String> arguments(ProjectCluster made, int port) throws IOException {
    return List.of(
        "--kubeconfig=" + made.kubeconfig("gatekeeper-admin"),
        "--host=127.0.0.1",
        "--port=" + port,
        "--cert-dir=" + made.folder("certs"),
        "--health-addr=0",
        "--prometheus-port=" + FreePort.next(),
        "--exempt-namespace=" + NAMESPACE,
        "--disable-opa-builtin={http.send}",
        "--api-cache-dir=" + made.folder("audit"),
        "--audit-interval=2",
        "--default-wait-for-vapb-generation=1",
        "--shutdown-delay=0");
  }

  /// Its secret as a node would give it.
  private static void mountCertificates(ProjectCluster made) throws IOException {
    JsonNode secret =
        made.until(
            OWN + "/secrets/gatekeeper-webhook-server-cert",
            found -> found.path("data").has("tls.crt"));
    for (Map.Entry<String, JsonNode> file : secret.path("data").properties()) {
      Files.write(
          made.folder("certs").resolve(file.getKey()),
          Base64.getDecoder().decode(file.getValue().asString()));
    }
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      try (ProjectCluster stopped = cluster) {
        assertThat(stopped.warnings()).isEmpty();
      }
    }
  }

  /// Makes a template, and waits until its constraints can be written.
  ///
  /// @param target JSON with single quotes: how it finds what breaks the rule
  private static void template(String kind, String target) {
    String name = kind.toLowerCase(Locale.ROOT);
    cluster.make(TEMPLATES, templateBody(kind, target));
    cluster.until(
        TEMPLATES + "/" + name, found -> found.path("status").path("created").asBoolean(false));
    cluster.until(CONSTRAINTS + name, _ -> true);
  }

  private static String templateBody(String kind, String target) {
    return "{'apiVersion':'templates.gatekeeper.sh/v1','kind':'ConstraintTemplate','metadata':{'name':'%s'},'spec':{'crd':{'spec':{'names':{'kind':'%s'},'validation':{'openAPIV3Schema':{'type':'object','properties':{'label':{'type':'string'}}}}}},'targets':[{'target':'admission.k8s.gatekeeper.sh',%s}]}}"
        .formatted(kind.toLowerCase(Locale.ROOT), kind, target);
  }

  private static void constraint(String kind, String name, String resource, String action) {
    cluster.make(
        CONSTRAINTS + kind.toLowerCase(Locale.ROOT),
        "{'apiVersion':'constraints.gatekeeper.sh/v1beta1','kind':'%s','metadata':{'name':'%s'},'spec':{'enforcementAction':'%s','match':{'kinds':[{'apiGroups':[''],'kinds':['%s']}],'namespaces':['%s']},'parameters':{'label':'owner'}}}"
            .formatted(kind, name, action, resource, USERS));
  }

  private static String in(String resource) {
    return "/api/v1/namespaces/%s/%s".formatted(USERS, resource);
  }

  private static String object(String name, String labels, String more) {
    return "{'metadata':{'name':'%s','labels':{%s}}%s}".formatted(name, labels, more);
  }

  /// The refusal of an object, once it is refused with such a text.
  private static KubeClient.Answer refusal(String resource, String body, String text) {
    return cluster.until(
        text,
        () -> {
          KubeClient.Answer answer = cluster.post(in(resource + "?dryRun=All"), body);
          return answer.code() != 201 && answer.message().contains(text) ? answer : null;
        });
  }

  @Test
  void aConstraintRefusesWithItsText() {
    template("OwnedThing", REGO);
    constraint("OwnedThing", "owned", "ConfigMap", "deny");
    String text = "[owned] the label owner is missing";
    KubeClient.Answer refused = refusal("configmaps", object("stray", "", ""), text);
    assertThat(refused.code()).as(refused.text()).isEqualTo(403);
    assertThat(refused.message())
        .isEqualTo("admission webhook \"validation.gatekeeper.sh\" denied the request: " + text);
    cluster.make(in("configmaps"), object("mine", "'owner':'a'", ""));
    String without = "{\"metadata\":{\"labels\":null}}";
    KubeClient.Answer lost =
        cluster.client().send("PATCH", in("configmaps/mine"), KubeClient.MERGE, without);
    assertThat(lost.code()).as(lost.text()).isEqualTo(403);
  }

  @Test
  void anAuditCountsWhatADryRunLetsThrough() {
    template("CountedThing", REGO);
    constraint("CountedThing", "counted", "Secret", "dryrun");
    cluster.make(in("secrets"), object("stray", "", ""));
    JsonNode counted =
        cluster.until(
            CONSTRAINTS + "countedthing/counted",
            found -> found.path("status").path("totalViolations").asInt(0) > 0);
    JsonNode violation = counted.path("status").path("violations").path(0);
    assertThat(violation.path("name").asString()).isEqualTo("stray");
    assertThat(violation.path("namespace").asString()).isEqualTo(USERS);
    assertThat(violation.path("enforcementAction").asString()).isEqualTo("dryrun");
    assertThat(violation.path("message").asString()).isEqualTo("the label owner is missing");
  }

  @Test
  void aTemplateInTheLanguageOfTheServerBecomesAPolicyOfTheServer() {
    template(
        "NativeThing",
        "'code':[{'engine':'K8sNativeValidation','source':{'generateVAP':true,'validations':[{'expression':'variables.params.label in object.metadata.?labels.orValue({})','messageExpression':'variables.params.label + \\\" is missing\\\"'}]}}]");
    constraint("NativeThing", "native", "Service", "deny");
    String ports = ",'spec':{'ports':[{'port':80}]}";
    KubeClient.Answer refused =
        refusal("services", object("stray", "", ports), "ValidatingAdmissionPolicy");
    assertThat(refused.code()).as(refused.text()).isEqualTo(422);
    assertThat(refused.message())
        .isEqualTo(
            "services \"stray\" is forbidden: ValidatingAdmissionPolicy 'gatekeeper-nativething' with binding 'gatekeeper-nativething-native' denied request: owner is missing");
    cluster.make(in("services"), object("mine", "'owner':'a'", ports));
  }

  @Test
  void aMutatorFillsInWhatIsMissing() {
    cluster.make(
        "/apis/mutations.gatekeeper.sh/v1/assign",
        "{'apiVersion':'mutations.gatekeeper.sh/v1','kind':'Assign','metadata':{'name':'pull'},'spec':{'applyTo':[{'groups':[''],'kinds':['Pod'],'versions':['v1']}],'match':{'namespaces':['%s']},'location':'spec.containers[name:*].imagePullPolicy','parameters':{'assign':{'value':'Always'}}}}"
            .formatted(USERS));
    String pod = object("p", "", ",'spec':{'containers':[{'name':'c','image':'c:1'}]}");
    cluster.until(
        "a changed pod",
        () -> {
          JsonNode made = cluster.make(in("pods?dryRun=All"), pod);
          JsonNode container = made.path("spec").path("containers").path(0);
          return container.path("imagePullPolicy").asString().equals("Always") ? true : null;
        });
  }

  @Test
  void whatCannotHoldIsRefused() {
    String other = templateBody("OddThing", REGO).replace("'oddthing'", "'other'");
    KubeClient.Answer odd = cluster.post(TEMPLATES, other);
    assertThat(odd.code()).as(odd.text()).isEqualTo(422);
    assertThat(odd.message())
        .startsWith("admission webhook \"validation.gatekeeper.sh\" denied the request: ");
    KubeClient.Answer hidden =
        cluster.post(
            "/api/v1/namespaces", object("hidden", "'admission.gatekeeper.sh/ignore':'yes'", ""));
    assertThat(hidden.code()).as(hidden.text()).isEqualTo(403);
    assertThat(hidden.message())
        .startsWith("admission webhook \"check-ignore-label.gatekeeper.sh\" denied the request: ");
  }
}
