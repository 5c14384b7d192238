package dev.pintle.compat.twin;

import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The real etcd and kube-apiserver, started and ended by the project's own scripts.
public record RealPair(Path folder, String kube, String token) implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofMinutes(3);

  /// What it keeps ends with the test: no disk needs to have it.
  private static final Map<String, String> SHORT_LIVED =
      Map.of("PINTLE_PAIR_ETCD_FLAGS", "--unsafe-no-fsync");

  public static RealPair start(Path folder) throws IOException {
    return start(folder, Map.of());
  }

  /// @param environment of the scripts, which say what they take from it
  public static RealPair start(Path folder, Map<String, String> environment) throws IOException {
    Peers.require("etcd");
    Peers.require(environment.getOrDefault("PINTLE_PAIR_KUBE", "kube-apiserver"));
    Map<String, String> whole = new HashMap<>(SHORT_LIVED);
    whole.putAll(environment);
    script("start-pair.sh", folder, whole);
    JsonNode endpoints = new ObjectMapper().readTree(folder.resolve("endpoints.json").toFile());
    return new RealPair(
        folder, endpoints.path("kube").asString(), endpoints.path("token").asString());
  }

  private static void script(String name, Path folder, Map<String, String> environment) {
    List<String> command =
        List.of(
            "/bin/sh",
            Peers.house().resolve("compat/peers").resolve(name).toString(),
            folder.toString());
    Tool.Result result = new Tool(command, environment, START_MAX).run();
    if (result.exit() != 0) {
      throw new AssertionError(
          "%s: exit %d\n%s%s".formatted(name, result.exit(), result.out(), result.err()));
    }
  }

  @Override
  public void close() {
    script("stop-pair.sh", folder, Map.of());
  }
}
