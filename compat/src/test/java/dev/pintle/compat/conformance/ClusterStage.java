package dev.pintle.compat.conformance;

import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Pintle, nodes of processes, the scheduler and the workload controllers of a real cluster, and a program that asks them, all in one
/// network of their own: a pod's address is one of this machine there, and nobody else sees it.
final class ClusterStage {
  static final String CONTROLLERS = "kube-controller-manager";
  static final String SCHEDULER = "kube-scheduler";

  /// What the programs of a stage write, in its folder.
  static final String STAGE_LOG = "stage.log";

  static final String ASKING_LOG = "asking.log";

  /// What ends with the process that begins with it, whatever it has started, and has a network and mounts of its own.
  private static final List<String> ISOLATED =
      List.of(
          "unshare",
          "--map-root-user",
          "--net",
          "--mount",
          "--pid",
          "--fork",
          "--kill-child",
          "--mount-proc");

  private static final int NOT_ENDED = 124;

  /// What the server does not do itself.
  private static final List<String> WORKLOADS =
      List.of(
          "cronjob-controller",
          "daemonset-controller",
          "deployment-controller",
          "disruption-controller",
          "job-controller",
          "replicaset-controller",
          "replicationcontroller-controller",
          "statefulset-controller",
          "taint-eviction-controller");

  private ClusterStage() {}

  /// The command line of a stage that ends with what `asking` ends with.
  ///
  /// @param folder for what all of them write
  /// @param programs what is run for containers of an image with such a part in its name
  /// @param asking a program and its arguments; it finds the server by its environment's `KUBECONFIG`
  static List<String> command(
      Path folder, Map<String, Path> programs, Duration timeMax, List<String> asking) {
    List<String> command = new ArrayList<>(ISOLATED);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String classPath = System.getProperty("surefire.test.class.path");
    if (classPath == null) {
      classPath = System.getProperty("java.class.path");
    } else {
      command.add("-Dsurefire.test.class.path=" + classPath);
    }
    String images =
        programs.entrySet().stream()
            .map(program -> program.getKey() + "=" + program.getValue())
            .collect(Collectors.joining(","));
    command.addAll(
        List.of(
            "-cp",
            classPath,
            ClusterStage.class.getName(),
            folder.toString(),
            images,
            timeMax.toString()));
    command.addAll(asking);
    return command;
  }

  /// Whether a stage can be set up here.
  static boolean isPossible() {
    List<String> trying = new ArrayList<>(ISOLATED);
    trying.addAll(List.of("ip", "link"));
    return new Tool(trying, Map.of(), Tool.TIME_MAX).run().exit() == 0;
  }

  /// @param arguments a folder, programs by parts of the names of images, a time limit, and the command that asks
  public static void main(String... arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    clear(folder);
    root("ip", "link", "set", "lo", "up");
    root("ip", "route", "add", "local", "10.244.0.0/16", "dev", "lo");
    root("mount", "-t", "tmpfs", "tmpfs", "/run");
    Files.createDirectories(PodFolder.hidden());
    int exit;
    try (RunningPintle pintle = pintle(folder);
        Child _ =
            beside(pintle, CONTROLLERS, folder, "--controllers=" + String.join(",", WORKLOADS));
        Child _ = beside(pintle, SCHEDULER, folder);
        ProcessNode _ = ProcessNode.start(pintle, programs(arguments[1]), folder.resolve("pods"))) {
      exit =
          ask(
              pintle,
              folder,
              Duration.parse(arguments[2]),
              Arrays.asList(arguments).subList(3, arguments.length));
      Files.writeString(folder.resolve("pintle.log"), pintle.child().log());
    }
    System.exit(exit);
  }

  /// Of an earlier run.
  private static void clear(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder) && !file.endsWith(STAGE_LOG)) {
          Files.delete(file);
        }
      }
    }
  }

  private static void root(String program, String... arguments) {
    Tool.Result result = Tool.of(Path.of(program), arguments).run();
    if (result.exit() != 0) {
      throw new IllegalStateException(result.err());
    }
  }

  /// Its history ends soon, because upstream's suite waits for that.
  private static RunningPintle pintle(Path folder) {
    return RunningPintle.up(
        folder.resolve("pintle"),
        "--etcd",
        "off",
        "--kube",
        "127.0.0.1:0",
        "--etcd-compaction-interval",
        "40s");
  }

  private static Map<String, Path> programs(String named) {
    return Stream.of(named.split(","))
        .map(program -> program.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> Path.of(pair[1])));
  }

  private static Child beside(RunningPintle pintle, String program, Path folder, String... flags)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Peers.require(program).toString(),
                "--kubeconfig=" + pintle.kubeconfig(),
                "--leader-elect=false",
                "--secure-port=0"));
    command.addAll(List.of(flags));
    return Child.start(command, folder.resolve(program + ".log"));
  }

  private static int ask(RunningPintle pintle, Path folder, Duration timeMax, List<String> asking)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "KUBECONFIG=" + pintle.kubeconfig(),
                "timeout",
                Long.toString(timeMax.toSeconds())));
    command.addAll(asking);
    try (Child child = Child.start(command, folder.resolve(ASKING_LOG))) {
      return child.awaitExit(timeMax.plusMinutes(1));
    } catch (AssertionError stillRunning) {
      System.err.println(stillRunning.getMessage());
      return NOT_ENDED;
    }
  }
}
