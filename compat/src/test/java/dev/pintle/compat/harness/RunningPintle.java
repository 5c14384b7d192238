package dev.pintle.compat.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pintle in a process of its own, found by its `endpoints.json`.
public final class RunningPintle implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(60);

  private final Child child;
  private final String endpoints;

  private RunningPintle(Child child, String endpoints) {
    this.child = child;
    this.endpoints = endpoints;
  }

  /// `etcd` on a free port, open as etcd is, with more of its flags.
  public static RunningPintle etcdOnly(Path data, String... flags) {
    return etcdOnly(data, Map.of(), flags);
  }

  /// As [#etcdOnly(Path, String...)], with more in its environment.
  public static RunningPintle etcdOnly(
      Path data, Map<String, String> environment, String... flags) {
    List<String> arguments = new ArrayList<>(List.of("etcd", "--data-dir", data.toString()));
    if (Arrays.stream(flags).noneMatch(flag -> flag.startsWith("--listen-client-urls"))) {
      arguments.add("--listen-client-urls=http://127.0.0.1:0");
    }
    arguments.addAll(List.of(flags));
    return await(data, start(data, environment, List.of(), arguments));
  }

  /// `up --data DIR` with more flags, opened for clients that show nothing: etcd in clear text, and a token for the
  /// administrator.
  public static RunningPintle up(Path data, String... flags) {
    return up(data, List.of(), flags);
  }

  /// As [#up(Path, String...)], without the controllers of a cluster: as a kube-apiserver that stands alone, to be compared with one, or to
  /// share its store.
  public static RunningPintle alone(Path data, String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--controllers=-*");
    return up(data, List.of(), all.toArray(String[]::new));
  }

  /// As [#up(Path, String...)], in a JVM with more options.
  public static RunningPintle up(Path data, List<String> jvmOptions, String... flags) {
    List<String> all = new ArrayList<>(List.of("--etcd-insecure", "--admin-token", "on"));
    all.addAll(List.of(flags));
    SharedCredentials.lend(data);
    RunningPintle running = upAs(data, jvmOptions, all);
    SharedCredentials.keep(data);
    return running;
  }

  /// `up` on free ports, as closed as it is for a user who names no flag that opens it.
  public static RunningPintle closed(Path data, String... flags) {
    List<String> all = new ArrayList<>(List.of("--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0"));
    all.addAll(List.of(flags));
    return upAs(data, List.of(), all);
  }

  private static RunningPintle upAs(Path data, List<String> jvmOptions, List<String> flags) {
    List<String> arguments = new ArrayList<>(List.of("up", "--data", data.toString()));
    arguments.addAll(flags);
    return await(data, start(data, jvmOptions, arguments));
  }

  private static RunningPintle await(Path data, Child child) {
    Path file = data.resolve("endpoints.json");
    String pid = "\"pid\":" + child.pid() + "}";
    String endpoints =
        child.await(
            "endpoints.json", START_MAX, () -> read(file).filter(text -> text.contains(pid)));
    return new RunningPintle(child, endpoints);
  }

  /// The program with any arguments; it may end by itself.
  public static Child start(Path data, List<String> arguments) {
    return start(data, List.of(), arguments);
  }

  /// As [#start(Path, List)], in a JVM with options beside those of the launcher.
  public static Child start(Path data, List<String> jvmOptions, List<String> arguments) {
    return start(data, Map.of(), jvmOptions, arguments);
  }

  private static Child start(
      Path data, Map<String, String> environment, List<String> jvmOptions, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (!environment.isEmpty()) {
      command.add("env");
      environment.forEach((name, value) -> command.add(name + "=" + value));
    }
    command.addAll(ProgramCommand.of(jvmOptions, arguments));
    try {
      Path log = Files.createTempFile("pintle", ".log");
      log.toFile().deleteOnExit();
      return Child.start(command, log);
    } catch (IOException e) {
      throw new IllegalStateException("cannot start " + data, e);
    }
  }

  public Child child() {
    return child;
  }

  /// The URL of the etcd API.
  public String etcd() {
    return field("etcd");
  }

  /// What a client of the etcd API must have: `cacert`, `cert` or `key`.
  public Path etcdFile(String name) {
    return Path.of(field(name));
  }

  /// The URL of the Kubernetes API.
  public String kube() {
    return field("kube");
  }

  public Path kubeconfig() {
    return Path.of(field("kubeconfig"));
  }

  @Override
  public void close() {
    child.close();
  }

  private String field(String name) {
    Matcher matcher = Pattern.compile("\"%s\":\"([^\"]*)\"".formatted(name)).matcher(endpoints);
    if (!matcher.find()) {
      throw new AssertionError("no %s in %s".formatted(name, endpoints));
    }
    return matcher.group(1);
  }

  private static Optional<String> read(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException beingReplaced) {
      return Optional.empty();
    }
  }
}
