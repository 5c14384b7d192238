package dev.pintle.compat.kubectlsuite;

import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.FreePort;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A server as the suite expects it: who is known may do everything, there is a node, and the controllers run where they were
/// built.
final class SuiteStage implements AutoCloseable {
  static final String CONTROLLERS = "kube-controller-manager";

  private static final Duration START_MAX = Duration.ofMinutes(1);

  /// Where the suite has a server that allows everything. It asks of one group whether it may.
  private static final String EVERYBODY =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: everybody}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
      subjects:
      - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: system:authenticated}
      - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: the-group}
      """;

  /// As it is once the controllers have waited a minute for its kubelet.
  private static final String NODE =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: 127.0.0.1, annotations: {save-managers: "true"}}
      status: {capacity: {memory: 1Gi}, conditions: [{type: Ready, status: Unknown}]}
      """;

  private final SuiteServer server;
  private final Optional<Child> controllers;

  private SuiteStage(SuiteServer server, Optional<Child> controllers) {
    this.server = server;
    this.controllers = controllers;
  }

  /// @param folder for what the programs write
  static SuiteStage around(SuiteServer server, SuiteCopy suite, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String object : List.of(EVERYBODY, NODE)) {
      Tool.Result result = kubectl(server.port(), "create", "-f", "-").run(object);
      if (result.exit() != 0) {
        throw new AssertionError(result.err());
      }
    }
    Optional<Path> program = Peers.find(CONTROLLERS);
    return new SuiteStage(
        server,
        program.isPresent()
            ? Optional.of(controllers(program.get(), server.port(), suite, folder))
            : Optional.empty());
  }

  private static Child controllers(Path program, int port, SuiteCopy suite, Path folder)
      throws IOException {
    Path kubeconfig =
        Files.writeString(
            folder.resolve("controllers.kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            users: [{name: c, user: {token: %s}}]
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}}]
            contexts: [{name: c, context: {cluster: c, user: c}}]
            current-context: c
            """
                .formatted(SuiteServer.TOKEN, port));
    Child child =
        Child.start(
            List.of(
                program.toString(),
                "--kubeconfig=" + kubeconfig,
                "--leader-elect=false",
                "--bind-address=127.0.0.1",
                "--secure-port=" + FreePort.next(),
                "--cert-dir=" + folder.resolve("controllers"),
                "--cluster-signing-cert-file=" + suite.file("hack/testdata/ca/ca.crt"),
                "--cluster-signing-key-file=" + suite.file("hack/testdata/ca/ca.key")),
            folder.resolve("controllers.log"));
    child.await(
        "the service account that the controllers make",
        START_MAX,
        () -> made(kubectl(port, "get", "serviceaccount", "default", "-n", "default")));
    return child;
  }

  private static Tool kubectl(int port, String... arguments) {
    Tool tool = Tool.of(Peers.require("kubectl"), arguments);
    return new Tool(
        Stream.concat(
                tool.command().stream(),
                Stream.of(
                    "--server=https://127.0.0.1:" + port,
                    "--token=" + SuiteServer.TOKEN,
                    "--insecure-skip-tls-verify",
                    "--kubeconfig=/dev/null"))
            .toList(),
        tool.environment(),
        tool.timeMax());
  }

  static Optional<Boolean> ready(int port) {
    return FreePort.isTaken(port)
        ? made(kubectl(port, "get", "--raw", "/readyz"))
        : Optional.empty();
  }

  private static Optional<Boolean> made(Tool tool) {
    return tool.run().exit() == 0 ? Optional.of(true) : Optional.empty();
  }

  boolean has(String program) {
    return program.equals(CONTROLLERS) ? controllers.isPresent() : Peers.find(program).isPresent();
  }

  SuiteServer server() {
    return server;
  }

  @Override
  public void close() {
    controllers.ifPresent(Child::close);
    server.close();
  }
}
