package dev.pintle.compat.certmanager;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.FreePort;
import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.Kubeconfig;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Pintle with cert-manager in it: three programs, each as the service account that the chart made for it and with no right beside
/// those of the chart.
final class CertManagerCluster implements AutoCloseable {
  static final String NAMESPACE = "cert-manager";
  private static final Duration DONE_MAX = Duration.ofSeconds(60);
  private static final String CONTROLLER = "cert-manager-controller";
  private static final String WEBHOOK = "cert-manager-webhook";
  private static final String INJECTOR = "cert-manager-cainjector";

  private final Path folder;
  private final RunningPintle pintle;
  private final KubeClient client;
  private final Map<String, Child> programs = new TreeMap<>();

  private CertManagerCluster(Path folder, RunningPintle pintle, KubeClient client) {
    this.folder = folder;
    this.pintle = pintle;
    this.client = client;
  }

  /// Starts and installs everything; what is not built ends the test with a line that says so.
  ///
  /// @param folder for the data, the chart and the logs
  static CertManagerCluster start(Path folder) throws IOException {
    for (String program : List.of("helm", CONTROLLER, WEBHOOK, INJECTOR)) {
      Peers.require(program);
    }
    CertManagerChart chart = CertManagerChart.into(folder.resolve("chart"));
    RunningPintle pintle =
        RunningPintle.up(
            folder.resolve("data"),
            "--kube=127.0.0.1:0",
            "--etcd=off",
            "--enable-admission-plugins=OwnerReferencesPermissionEnforcement");
    CertManagerCluster cluster = new CertManagerCluster(folder, pintle, KubeClient.of(pintle));
    boolean installed = false;
    try {
      cluster.install(chart);
      installed = true;
      return cluster;
    } finally {
      if (!installed) {
        cluster.close();
      }
    }
  }

  private void install(CertManagerChart chart) throws IOException {
    int port = FreePort.next();
    chart.install(pintle.kubeconfig(), NAMESPACE, "localhost:" + port);
    run(
        WEBHOOK,
        WEBHOOK,
        "--secure-port=" + port,
        "--healthz-port=" + FreePort.next(),
        "--dynamic-serving-ca-secret-namespace=" + NAMESPACE,
        "--dynamic-serving-ca-secret-name=cert-manager-webhook-ca",
        "--dynamic-serving-dns-names=localhost");
    run(INJECTOR, INJECTOR);
    startController();
  }

  /// @param features that are off otherwise, with their state
  void startController(String... features) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--cluster-resource-namespace=" + NAMESPACE,
                "--metrics-listen-address=127.0.0.1:" + FreePort.next(),
                "--enable-certificate-owner-ref"));
    if (features.length > 0) {
      arguments.add("--feature-gates=" + String.join(",", features));
    }
    run(CONTROLLER, NAMESPACE, arguments.toArray(String[]::new));
  }

  /// Ends it as a node would, so that another need not wait until it gives up.
  void stopController() {
    Child controller = requireNonNull(programs.get(CONTROLLER), CONTROLLER);
    assertThat(controller.terminate()).as(controller.log()).isZero();
    controller.close();
  }

  private void run(String program, String account, String... arguments) throws IOException {
    Kubeconfig own = Kubeconfig.read(pintle.kubeconfig());
    Path kubeconfig =
        Files.writeString(
            folder.resolve(program + ".kubeconfig"), own.withToken(token(NAMESPACE, account)));
    List<String> command = new ArrayList<>();
    command.add(Peers.require(program).toString());
    command.add("--kubeconfig=" + kubeconfig);
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile(folder, program, ".log");
    programs.put(program, Child.start(command, log));
  }

  private String token(String namespace, String account) {
    String path = "/api/v1/namespaces/%s/serviceaccounts/%s/token".formatted(namespace, account);
    JsonNode token =
        make(
            path,
            "{'apiVersion':'authentication.k8s.io/v1','kind':'TokenRequest','spec':{'expirationSeconds':3600}}");
    return token.path("status").path("token").asString();
  }

  KubeClient client() {
    return client;
  }

  /// A client that is a service account.
  KubeClient as(String namespace, String account) {
    Kubeconfig config = Kubeconfig.read(pintle.kubeconfig());
    return KubeClient.of(config.server(), token(namespace, account), config.tls(false));
  }

  /// Creates what must be accepted.
  ///
  /// @param body JSON with single quotes
  JsonNode make(String path, String body) {
    KubeClient.Answer answer = client.post(path, body.replace('\'', '"'));
    assertThat(answer.code()).as(path + ": " + answer.text()).isEqualTo(201);
    return answer.json();
  }

  void delete(String path) {
    KubeClient.Answer answer = client.send("DELETE", path, KubeClient.JSON, "");
    assertThat(answer.code()).as(path + ": " + answer.text()).isIn(200, 202);
  }

  /// What lies at `path` as soon as it is as wanted.
  JsonNode until(String path, Predicate<JsonNode> wanted) {
    return until(
        path,
        () -> {
          KubeClient.Answer answer = client.get(path);
          return answer.code() == 200 && wanted.test(answer.json()) ? answer.json() : null;
        });
  }

  void untilGone(String path) {
    until(path + " goes", () -> client.get(path).code() == 404 ? true : null);
  }

  /// Until one of the programs has said something.
  void untilControllerSays(String text) {
    Child controller = requireNonNull(programs.get(CONTROLLER), CONTROLLER);
    until(text, () -> controller.log().contains(text) ? true : null);
  }

  /// A look at the cluster that finds something, or not yet.
  @FunctionalInterface
  interface Look<T> {
    @Nullable T find();
  }

  <T> T until(String what, Look<T> look) {
    try {
      return pintle.child().await(what, DONE_MAX, () -> Optional.ofNullable(look.find()));
    } catch (AssertionError late) {
      StringBuilder logs = new StringBuilder(String.valueOf(late.getMessage()));
      programs.forEach((name, child) ->
          logs.append("\n\n%s, alive: %s:\n%s".formatted(name, child.isAlive(), child.log())));
      throw new AssertionError(logs.toString(), late);
    }
  }

  /// What Pintle found worth a warning.
  List<String> warnings() {
    return pintle.child().warnings();
  }

  @Override
  public void close() {
    programs.values().forEach(Child::close);
    client.close();
    pintle.close();
  }
}
