package dev.pintle.compat.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The things that people do with kubectl, done with the real one.
class KubectlIT {
  private static final String LONG = "--timeout=60s";
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, labels: {app: web}}
      spec:
        replicas: %d
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers: [{name: c, image: nginx, ports: [{containerPort: 80}]}]
      """;
  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: widgets.example.com}
      spec:
        group: example.com
        scope: Namespaced
        names: {plural: widgets, singular: widget, kind: Widget, listKind: WidgetList, shortNames: [wd]}
        versions:
        - name: v1
          served: true
          storage: true
          subresources: {status: {}, scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}}
          additionalPrinterColumns: [{name: Color, type: string, jsonPath: .spec.color}]
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  required: [color]
                  properties:
                    color: {type: string, enum: [red, green], description: What it looks like.}
                    replicas: {type: integer, default: 1, maximum: 10}
      """;
  private static final String WIDGET =
      """
      apiVersion: example.com/v1
      kind: Widget
      metadata: {name: w}
      spec: {color: %s}
      """;

  @TempDir private Path data;

  private Path kubectl = Path.of("kubectl");
  private RunningPintle pintle;

  @BeforeEach
  void start() {
    kubectl = Peers.require("kubectl");
    pintle = RunningPintle.up(data, "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
  }

  @AfterEach
  void stop() {
    if (pintle != null) {
      pintle.close();
    }
  }

  private Tool.Result run(String input, String... arguments) {
    List<String> command = new ArrayList<>(List.of(arguments));
    return Tool.of(kubectl, command.toArray(String[]::new))
        .with("KUBECONFIG", pintle.kubeconfig().toString())
        .with("HOME", data.toString())
        .run(input);
  }

  private String ok(String input, String... arguments) {
    Tool.Result result = run(input, arguments);
    assertThat(result.exit()).as("%s: %s", String.join(" ", arguments), result.err()).isZero();
    return result.out();
  }

  private String kubectl(String... arguments) {
    return ok("", arguments);
  }

  @Test
  void theOldDescriptionExplainsToo() {
    assertThat(kubectl("explain", "--output=plaintext-openapiv2", "pods.spec.tolerations"))
        .contains("FIELDS:", "tolerationSeconds");
  }

  @Test
  void aTokenMakesItsBearerKnown() {
    kubectl("create", "serviceaccount", "robot");
    String token = kubectl("create", "token", "robot").strip();

    // A certificate, as the kubeconfig has one, would be asked first.
    assertThat(
            kubectl(
                "auth",
                "whoami",
                "--kubeconfig=/dev/null",
                "--server=" + pintle.kube(),
                "--insecure-skip-tls-verify",
                "--token=" + token))
        .contains("system:serviceaccount:default:robot", "system:serviceaccounts:default");
  }

  @Test
  void aRoleLetsItsHoldersDoWhatItSays() {
    assertThat(run("", "auth", "can-i", "list", "pods", "--as=bob").out()).startsWith("no");
    kubectl("create", "role", "lister", "--verb=list", "--resource=pods");
    kubectl("create", "rolebinding", "bob-lists", "--role=lister", "--user=bob");

    assertThat(kubectl("auth", "can-i", "list", "pods", "--as=bob")).startsWith("yes");
    assertThat(kubectl("get", "pods", "--as=bob")).isEmpty();
    assertThat(run("", "get", "secrets", "--as=bob").err()).contains("Forbidden");
  }

  @Test
  void aDeploymentIsAppliedChangedShownAndDeleted() {
    assertThat(ok(DEPLOYMENT.formatted(2), "apply", "-f", "-"))
        .contains("deployment.apps/web created");
    assertThat(ok(DEPLOYMENT.formatted(2), "apply", "-f", "-")).contains("unchanged");
    assertThat(kubectl("get", "deployments")).contains("NAME", "READY", "UP-TO-DATE", "0/2");
    assertThat(kubectl("get", "deploy", "web", "-o", "wide")).contains("nginx", "app=web");
    assertThat(
            kubectl(
                "get", "deploy", "web", "-o", "jsonpath={.spec.strategy.rollingUpdate.maxSurge}"))
        .isEqualTo("25%");
    assertThat(kubectl("get", "deploy", "web", "-o", "name")).contains("deployment.apps/web");
    assertThat(kubectl("describe", "deploy", "web")).contains("RollingUpdateStrategy:", "nginx");
    Tool.Result diff = run(DEPLOYMENT.formatted(5), "diff", "-f", "-");
    assertThat(diff.exit()).as(diff.err()).isEqualTo(1);
    assertThat(diff.out()).contains("-  replicas: 2", "+  replicas: 5");
    assertThat(ok(DEPLOYMENT.formatted(5), "apply", "-f", "-")).contains("configured");
    assertThat(kubectl("scale", "deploy", "web", "--replicas=3")).contains("scaled");
    assertThat(kubectl("label", "deploy", "web", "tier=front")).contains("labeled");
    assertThat(kubectl("annotate", "deploy", "web", "note=x")).contains("annotated");
    assertThat(kubectl("set", "image", "deploy/web", "c=nginx:2")).contains("image updated");
    assertThat(kubectl("patch", "deploy", "web", "-p", "{\"spec\":{\"paused\":true}}"))
        .contains("patched");
    assertThat(
            kubectl(
                "get", "deploy", "-l", "tier=front", "-o", "jsonpath={.items[0].spec.replicas}"))
        .isEqualTo("3");
    assertThat(kubectl("delete", "deploy", "web")).contains("deleted");
    assertThat(kubectl("get", "deploy", "-o", "name")).isEmpty();
  }

  @Test
  void whatIsAppliedOnTheServerBelongsToWhoAppliedIt() {
    assertThat(ok(DEPLOYMENT.formatted(2), "apply", "--server-side", "-f", "-"))
        .contains("deployment.apps/web serverside-applied");
    assertThat(ok(DEPLOYMENT.formatted(4), "apply", "--server-side", "-f", "-"))
        .contains("serverside-applied");
    assertThat(kubectl("get", "deploy", "web", "-o", "jsonpath={.spec.replicas}")).isEqualTo("4");
    assertThat(run(DEPLOYMENT.formatted(4), "diff", "--server-side", "-f", "-").exit()).isZero();
    kubectl("scale", "deploy", "web", "--replicas=3");
    Tool.Result conflict = run(DEPLOYMENT.formatted(4), "apply", "--server-side", "-f", "-");
    assertThat(conflict.exit()).isNotZero();
    assertThat(conflict.err())
        .contains(
            "Apply failed with 1 conflict: conflict with \"kubectl\" with subresource \"scale\" using apps/v1: .spec.replicas");
    ok(DEPLOYMENT.formatted(4), "apply", "--server-side", "--force-conflicts", "-f", "-");
    assertThat(kubectl("get", "deploy", "web", "-o", "jsonpath={.spec.replicas}")).isEqualTo("4");
    assertThat(kubectl("get", "deploy", "web", "-o", "yaml", "--show-managed-fields"))
        .contains(
            "manager: kubectl",
            "operation: Apply",
            "k:{\"containerPort\":80,\"protocol\":\"TCP\"}:");
  }

  @Test
  void whatWasAppliedByTheClientIsTakenOverByTheServer() {
    ok(DEPLOYMENT.formatted(2), "apply", "-f", "-");
    assertThat(ok(DEPLOYMENT.formatted(4), "apply", "--server-side", "-f", "-"))
        .contains("serverside-applied");
    assertThat(kubectl("apply", "view-last-applied", "deploy/web")).contains("replicas: 4");
    assertThat(
            kubectl(
                "get",
                "deploy",
                "web",
                "--show-managed-fields",
                "-o",
                "jsonpath={.metadata.managedFields[*].manager}"))
        .contains("kubectl")
        .doesNotContain("kubectl-client-side-apply");
  }

  @Test
  void strictValidationRefusesWhatTheServerDoesNotKnow() {
    String wrong = DEPLOYMENT.formatted(1).replace("replicas:", "replica:");
    Tool.Result result = run(wrong, "apply", "--validate=strict", "-f", "-");
    assertThat(result.exit()).isNotZero();
    assertThat(result.err()).contains("unknown field \"spec.replica\"");
  }

  @Test
  void configMapsSecretsAndServicesAreCreatedAsKubectlSendsThem() {
    assertThat(kubectl("create", "configmap", "c", "--from-literal=k=v")).contains("created");
    assertThat(kubectl("create", "secret", "generic", "s", "--from-literal=k=v"))
        .contains("created");
    assertThat(kubectl("create", "service", "clusterip", "svc", "--tcp=80")).contains("created");
    assertThat(kubectl("get", "secret", "s", "-o", "jsonpath={.data.k}")).isEqualTo("dg==");
    assertThat(kubectl("get", "svc", "svc", "-o", "jsonpath={.spec.clusterIP}"))
        .startsWith("10.0.0.");
    assertThat(kubectl("get", "cm,secret,svc", "-o", "name"))
        .contains("configmap/c", "secret/s", "service/svc");
  }

  @Test
  void fieldsAreExplained() {
    assertThat(kubectl("explain", "deployment.spec.strategy"))
        .contains("rollingUpdate", "DeploymentStrategy");
    assertThat(kubectl("api-resources")).contains("deployments", "customresourcedefinitions");
    assertThat(kubectl("auth", "whoami")).contains("system:masters");
    assertThat(kubectl("auth", "can-i", "create", "pods")).contains("yes");
  }

  @Test
  void aCustomResourceIsServedExplainedAndHeldToItsSchema() {
    assertThat(ok(DEFINITION, "apply", "-f", "-")).contains("created");
    // kubectl gives up on an object that has no conditions at all yet.
    String definition = "crd/widgets.example.com";
    kubectl("wait", "--for=jsonpath={.status.acceptedNames.kind}=Widget", LONG, definition);
    kubectl("wait", "--for=condition=Established", LONG, definition);
    assertThat(ok(WIDGET.formatted("red"), "apply", "-f", "-"))
        .contains("widget.example.com/w created");
    assertThat(kubectl("get", "wd")).contains("COLOR", "red");
    assertThat(kubectl("get", "wd", "w", "-o", "jsonpath={.spec.replicas}")).isEqualTo("1");
    assertThat(kubectl("scale", "wd", "w", "--replicas=3")).contains("scaled");
    assertThat(kubectl("explain", "widget.spec.color")).contains("What it looks like.");
    Tool.Result refused = run(WIDGET.formatted("blue"), "apply", "-f", "-");
    assertThat(refused.exit()).isNotZero();
    assertThat(refused.err()).contains("spec.color: Unsupported value: \"blue\"");
    assertThat(kubectl("delete", "crd", "widgets.example.com")).contains("deleted");
    assertThat(run("", "get", "wd").exit()).isNotZero();
  }
}
