package dev.pintle.compat.rules;

import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The build of the real server that counts what it executes, and writes it down when it ends.
///
/// @param folder where it writes
public record CoveredServer(Path folder) {
  /// The peer's name; `./pintle peers kube-apiserver-cover` builds it.
  public static final String PEER = "kube-apiserver-cover";

  private static final Duration GO_MAX = Duration.ofMinutes(2);
  private static final List<String> MODULES =
      List.of(
          "k8s.io/kubernetes",
          "k8s.io/apimachinery",
          "k8s.io/apiextensions-apiserver",
          "k8s.io/kube-aggregator");

  /// What it takes to write: variables of its environment, by name.
  public Map<String, String> environment() {
    return Map.of("GOCOVERDIR", folder.toString(), "PINTLE_PAIR_KUBE", PEER);
  }

  /// What it had executed when it ended.
  public RuleCoverage coverage() throws IOException {
    Path profile = folder.resolve("profile.txt");
    go("tool", "covdata", "textfmt", "-i=" + folder, "-o=" + profile);
    return RuleCoverage.of(CoverProfile.of(Files.readAllLines(profile)), modules());
  }

  private static Map<String, Path> modules() {
    List<String> arguments = new ArrayList<>(List.of("list", "-m", "-f", "{{.Path}} {{.Dir}}"));
    arguments.addAll(MODULES);
    Map<String, Path> modules = new HashMap<>();
    for (String line : go(arguments.toArray(String[]::new)).lines().toList()) {
      String[] parts = line.split(" ", 2);
      modules.put(parts[0], Path.of(parts[1]));
    }
    return modules;
  }

  private static String go(String... arguments) {
    List<String> all = new ArrayList<>();
    all.add("-C");
    all.add(Peers.house().resolve("compat/peers/kubernetes").toString());
    all.addAll(List.of(arguments));
    Tool.Result result = Tool.of(Path.of("go"), all.toArray(String[]::new)).within(GO_MAX).run();
    if (result.exit() != 0) {
      throw new AssertionError("go %s: exit %d\n%s".formatted(all, result.exit(), result.err()));
    }
    return result.out();
  }
}
