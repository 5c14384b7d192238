package dev.pintle.compat.harness;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Pintle with a foreign project in it: what its own installation makes, and its programs, each as the service account that was made for
/// it and with no right beside those.
public final class ProjectCluster implements AutoCloseable {
  private static final Duration DONE_MAX = Duration.ofSeconds(60);
  private static final Duration INSTALLED_MAX = Duration.ofMinutes(1);

  private final Path folder;
  private final String namespace;
  private final RunningPintle pintle;
  private final KubeClient client;
  private final Map<String, Child> programs = new TreeMap<>();

  private ProjectCluster(Path folder, String namespace, RunningPintle pintle, KubeClient client) {
    this.folder = folder;
    this.namespace = namespace;
    this.pintle = pintle;
    this.client = client;
  }

  /// An empty one.
  ///
  /// @param folder for the data and the logs
  /// @param namespace where the project has its programs
  /// @param flags of Pintle
  public static ProjectCluster start(Path folder, String namespace, String... flags) {
    List<String> all = new ArrayList<>(List.of("--kube=127.0.0.1:0", "--etcd=off"));
    all.addAll(List.of(flags));
    RunningPintle pintle = RunningPintle.up(folder.resolve("data"), all.toArray(String[]::new));
    return new ProjectCluster(folder, namespace, pintle, KubeClient.of(pintle));
  }

  /// A step of an installation.
  @FunctionalInterface
  public interface Step {
    void take(ProjectCluster cluster) throws IOException;
  }

  /// Takes the steps; ends the cluster where one fails.
  public ProjectCluster with(Step... steps) throws IOException {
    boolean installed = false;
    try {
      for (Step step : steps) {
        step.take(this);
      }
      installed = true;
      return this;
    } finally {
      if (!installed) {
        close();
      }
    }
  }

  /// A folder beside the data.
  public Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /// Installs a chart into the project's namespace.
  ///
  /// @param name of the release
  /// @param values as helm's flags set them
  public void installChart(String name, Path chart, String... values) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "install",
                name,
                chart.toString(),
                "--namespace=" + namespace,
                "--create-namespace"));
    Stream.of(values).map(value -> "--set=" + value).forEach(arguments::add);
    run(Tool.of(Peers.require("helm"), arguments.toArray(String[]::new)));
  }

  /// Applies what lies in a file, on the server's side.
  public void apply(Path manifest) {
    run(Tool.of(Peers.require("kubectl"), "apply", "--server-side", "--filename=" + manifest));
  }

  private void run(Tool tool) {
    Tool.Result result =
        tool.with("KUBECONFIG", pintle.kubeconfig().toString())
            .with("HOME", folder.toString())
            .within(INSTALLED_MAX)
            .run();
    assertThat(result.exit()).as(result.err() + result.out()).isZero();
  }

  /// Lets the programs behind a service be found on this machine, where the service's ports are theirs.
  public void serveHere(String service) {
    String path = "/api/v1/namespaces/%s/services/%s".formatted(namespace, service);
    String body =
        "{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"localhost\",\"selector\":null,\"clusterIP\":null,\"clusterIPs\":null}}";
    KubeClient.Answer answer = client.send("PATCH", path, KubeClient.MERGE, body);
    assertThat(answer.code()).as(answer.text()).isEqualTo(200);
  }

  /// The kubeconfig of a service account of the project's namespace.
  public Path kubeconfig(String account) throws IOException {
    return Files.writeString(
        folder.resolve(account + ".kubeconfig"),
        Kubeconfig.read(pintle.kubeconfig()).withToken(token(namespace, account)));
  }

  /// Starts a program in a folder of its own.
  ///
  /// @param environment in which it is, beside the test's
  public void start(String program, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of("env", "-C", folder(program + ".home").toString()));
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.add(Peers.require(program).toString());
    command.addAll(arguments);
    Path log = Files.createTempFile(folder, program, ".log");
    programs.put(program, Child.start(command, log));
  }

  /// Ends a program as a node would, so that another need not wait until it gives up.
  public void stop(String program) {
    Child child = program(program);
    assertThat(child.terminate()).as(child.log()).isZero();
    child.close();
  }

  private Child program(String name) {
    return requireNonNull(programs.get(name), name);
  }

  private String token(String of, String account) {
    String path = "/api/v1/namespaces/%s/serviceaccounts/%s/token".formatted(of, account);
    JsonNode token =
        make(
            path,
            "{'apiVersion':'authentication.k8s.io/v1','kind':'TokenRequest','spec':{'expirationSeconds':3600}}");
    return token.path("status").path("token").asString();
  }

  /// The administrator.
  public KubeClient client() {
    return client;
  }

  /// A client that is a service account.
  public KubeClient as(String of, String account) {
    Kubeconfig config = Kubeconfig.read(pintle.kubeconfig());
    return KubeClient.of(config.server(), token(of, account), config.tls(false));
  }

  /// Creates what must be accepted.
  ///
  /// @param body JSON with single quotes
  public JsonNode make(String path, String body) {
    KubeClient.Answer answer = post(path, body);
    assertThat(answer.code()).as(path + ": " + answer.text()).isEqualTo(201);
    return answer.json();
  }

  /// @param body JSON with single quotes
  public KubeClient.Answer post(String path, String body) {
    return client.post(path, body.replace('\'', '"'));
  }

  public void delete(String path) {
    KubeClient.Answer answer = client.send("DELETE", path, KubeClient.JSON, "");
    assertThat(answer.code()).as(path + ": " + answer.text()).isIn(200, 202);
  }

  /// What lies at `path` as soon as it is as wanted.
  public JsonNode until(String path, Predicate<JsonNode> wanted) {
    return until(
        path,
        () -> {
          KubeClient.Answer answer = client.get(path);
          return answer.code() == 200 && wanted.test(answer.json()) ? answer.json() : null;
        });
  }

  public void untilGone(String path) {
    until(path + " goes", () -> client.get(path).code() == 404 ? true : null);
  }

  /// Until one of the programs has said something.
  public void untilSaid(String program, String text) {
    Child child = program(program);
    until(text, () -> child.log().contains(text) ? true : null);
  }

  /// A look at the cluster that finds something, or not yet.
  @FunctionalInterface
  public interface Look<T> {
    @Nullable T find();
  }

  /// What the look finds, once it does; otherwise the logs of all programs.
  public <T> T until(String what, Look<T> look) {
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
  public List<String> warnings() {
    return pintle.child().warnings();
  }

  @Override
  public void close() {
    programs.values().forEach(Child::close);
    client.close();
    pintle.close();
  }
}
