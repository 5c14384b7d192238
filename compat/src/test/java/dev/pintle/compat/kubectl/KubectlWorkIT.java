package dev.pintle.compat.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The things that people do with kubectl besides applying files: waiting, editing, looking, draining.
class KubectlWorkIT {
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, labels: {app: web}}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: c, image: nginx}]}
      """;
  private static final String ROLLED_OUT =
      "{\"status\":{\"observedGeneration\":1,\"replicas\":2,\"updatedReplicas\":2,\"readyReplicas\":2,\"availableReplicas\":2,"
          + "\"conditions\":[{\"type\":\"Available\",\"status\":\"True\"}]}}";
  private static final String NODE_AND_POD =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1}
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: default, namespace: default}
      ---
      apiVersion: v1
      kind: ReplicationController
      metadata: {name: rc, namespace: default}
      spec:
        replicas: 1
        selector: {app: p}
        template:
          metadata: {labels: {app: p}}
          spec: {containers: [{name: c, image: nginx}]}
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: b, namespace: default}
      spec: {minAvailable: 1, selector: {matchLabels: {app: p}}}
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

  private Tool tool(String... arguments) {
    return Tool.of(kubectl, arguments)
        .with("KUBECONFIG", pintle.kubeconfig().toString())
        .with("HOME", data.toString());
  }

  private static String pod(String owner) {
    return """
    apiVersion: v1
    kind: Pod
    metadata:
      name: p
      namespace: default
      labels: {app: p}
      ownerReferences: [{apiVersion: v1, kind: ReplicationController, name: rc, uid: %s, controller: true}]
    spec: {nodeName: n1, terminationGracePeriodSeconds: 0, containers: [{name: c, image: nginx}]}
    """
        .formatted(owner);
  }

  private static String ok(Tool tool, String input) {
    Tool.Result result = tool.run(input);
    assertThat(result.exit())
        .as("%s: %s%s", String.join(" ", tool.command()), result.err(), result.out())
        .isZero();
    return result.out();
  }

  private String kubectl(String... arguments) {
    return ok(tool(arguments), "");
  }

  private void status(String resource, String patch) {
    kubectl("patch", resource, "--subresource=status", "--type=merge", "-p", patch);
  }

  @Test
  void aRolloutAndAConditionAreWaitedFor() {
    ok(tool("apply", "-f", "-"), DEPLOYMENT);
    Tool.Result early = tool("rollout", "status", "deploy/web", "--timeout=1s").run();
    assertThat(early.exit()).isNotZero();
    status("deploy/web", ROLLED_OUT);
    assertThat(kubectl("rollout", "status", "deploy/web", "--timeout=60s"))
        .contains("successfully rolled out");
    assertThat(kubectl("wait", "--for=condition=Available", "--timeout=60s", "deploy/web"))
        .contains("condition met");
    assertThat(kubectl("wait", "--for=jsonpath={.status.readyReplicas}=2", "deploy/web"))
        .contains("condition met");
    assertThat(kubectl("rollout", "restart", "deploy/web")).contains("restarted");
    assertThat(kubectl("rollout", "pause", "deploy/web")).contains("paused");
    kubectl("delete", "deploy", "web", "--wait=false");
    kubectl("wait", "--for=delete", "--timeout=60s", "deploy/web");
  }

  @Test
  void anObjectIsEditedInAnEditor() throws IOException {
    kubectl("create", "configmap", "c", "--from-literal=colour=red");
    Path editor =
        Files.writeString(
            data.resolve("editor"), "#!/bin/sh\nsed -i 's/colour: red/colour: green/' \"$1\"\n");
    Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
    assertThat(ok(tool("edit", "configmap", "c").with("KUBE_EDITOR", editor.toString()), ""))
        .contains("configmap/c edited");
    assertThat(kubectl("get", "cm", "c", "-o", "jsonpath={.data.colour}")).isEqualTo("green");
  }

  @Test
  void everyFormOfOutputIsPrinted() {
    ok(tool("apply", "-f", "-"), DEPLOYMENT);
    List<String> get = List.of("get", "deploy", "web", "-o");
    assertThat(output(get, "wide")).contains("CONTAINERS", "IMAGES", "SELECTOR", "nginx");
    assertThat(output(get, "json")).contains("\"kind\": \"Deployment\"", "\"replicas\": 2");
    assertThat(output(get, "yaml")).contains("kind: Deployment", "replicas: 2");
    assertThat(output(get, "name")).isEqualTo("deployment.apps/web\n");
    assertThat(output(get, "jsonpath={.spec.template.spec.containers[*].image}"))
        .isEqualTo("nginx");
    assertThat(output(get, "custom-columns=NAME:.metadata.name,REPLICAS:.spec.replicas"))
        .containsPattern("web +2");
    assertThat(output(get, "go-template={{.metadata.name}} {{.spec.replicas}}")).isEqualTo("web 2");
    assertThat(kubectl("get", "all", "-A")).contains("deployment.apps/web");
    assertThat(kubectl("get", "deploy", "--show-labels", "--sort-by=.metadata.name"))
        .contains("app=web");
    assertThat(kubectl("get", "deploy,cm", "-A", "--chunk-size=1", "-o", "name"))
        .contains("deployment.apps/web");
  }

  private String output(List<String> get, String form) {
    return kubectl(get.get(0), get.get(1), get.get(2), get.get(3), form);
  }

  @Test
  void whatIsThereIsListedAndExplained() {
    assertThat(kubectl("explain", "pod", "--recursive"))
        .contains("ephemeralContainers", "nodeName", "topologySpreadConstraints");
    assertThat(kubectl("api-resources", "--api-group=apps", "-o", "name"))
        .contains("deployments.apps", "statefulsets.apps");
    assertThat(kubectl("api-resources", "--namespaced=false", "-o", "wide"))
        .contains("namespaces", "create,delete");
    assertThat(kubectl("api-versions")).contains("apps/v1", "autoscaling/v2");
    assertThat(kubectl("auth", "can-i", "delete", "nodes")).contains("yes");
    assertThat(kubectl("auth", "can-i", "--list")).contains("*.*");
  }

  @Test
  void drainingANodeAsksTheBudget() {
    ok(tool("apply", "-f", "-"), NODE_AND_POD);
    String uid = kubectl("get", "rc", "rc", "-o", "jsonpath={.metadata.uid}");
    ok(tool("apply", "-f", "-"), pod(uid));
    status(
        "pod/p",
        "{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
    status(
        "pdb/b",
        "{\"status\":{\"observedGeneration\":1,\"disruptionsAllowed\":0,\"currentHealthy\":1,\"desiredHealthy\":1}}");
    // Long enough to be refused once, also where starting takes seconds.
    Tool.Result refused = tool("drain", "n1", "--timeout=4s").run();
    assertThat(refused.exit()).isNotZero();
    assertThat(refused.err()).contains("violate the pod's disruption budget");
    status(
        "pdb/b",
        "{\"status\":{\"observedGeneration\":1,\"disruptionsAllowed\":1,\"currentHealthy\":2,\"desiredHealthy\":1}}");
    assertThat(kubectl("drain", "n1", "--timeout=60s"))
        .contains("pod/p evicted", "node/n1 drained");
    assertThat(kubectl("get", "pods", "-o", "name")).isEmpty();
    assertThat(kubectl("get", "pdb", "b", "-o", "jsonpath={.status.disruptionsAllowed}"))
        .isEqualTo("0");
  }
}
