package dev.pintle.compat.conformance;

import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.Kubeconfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// One pod of the node of processes: its containers of images that are programs of this machine are processes, all others are only said
/// to run.
final class PodProcesses {
  /// What does nothing needs no process.
  private static final String PAUSE = "pause";

  private static final Duration READY_MAX = Duration.ofMinutes(2);
  private static final int CONNECT_MILLIS = 500;
  private static final int REFRESH_SECONDS = 2;

  /// Pods share the ports of the machine: who wants one that another pod has waits for that one's end.
  private static final Map<Integer, Semaphore> PORTS = new ConcurrentHashMap<>();

  private final JsonNode pod;
  private final String address;
  private final Map<String, Path> programs;
  private final Path folder;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final List<Child> children = new ArrayList<>();

  /// @param programs what is run for a container of an image with such a part in its name
  /// @param folder for what its containers find and write
  PodProcesses(JsonNode pod, String address, Map<String, Path> programs, Path folder) {
    this.pod = pod;
    this.address = address;
    this.programs = programs;
    this.folder = folder;
  }

  /// The address that it is given.
  String address() {
    return address;
  }

  /// Asks it to end.
  void stop() {
    stop.countDown();
  }

  /// Runs it until it is told to stop; answers once its processes are gone.
  ///
  /// @param ready told once, when all its containers run
  void run(KubeClient client, Kubeconfig server, Runnable ready)
      throws IOException, InterruptedException {
    List<Semaphore> ports = ports();
    int taken = 0;
    try {
      for (Semaphore port : ports) {
        if (!take(port)) {
          return;
        }
        taken++;
      }
      PodFolder files = new PodFolder(folder, pod, server);
      files.write(client);
      while (!started(files)) {
        if (stop.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
          return;
        }
        files.write(client);
      }
      ready.run();
      while (!stop.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
        files.write(client);
      }
    } finally {
      children.forEach(Child::close);
      ports.subList(0, taken).forEach(Semaphore::release);
    }
  }

  /// Whether all of them listen; else none of them is left, and it says why.
  private boolean started(PodFolder files) throws IOException {
    try {
      for (JsonNode container : pod.at("/spec/containers")) {
        Optional<Path> program = program(container);
        if (program.isPresent()) {
          start(program.get(), container, files);
        }
      }
      return true;
    } catch (AssertionError ended) {
      System.err.println(folder + ": " + ended.getMessage());
      children.forEach(Child::close);
      children.clear();
      return false;
    }
  }

  private boolean take(Semaphore port) throws InterruptedException {
    while (!port.tryAcquire(CONNECT_MILLIS, TimeUnit.MILLISECONDS)) {
      if (stop.getCount() == 0) {
        return false;
      }
    }
    return true;
  }

  private List<Semaphore> ports() {
    return pod.at("/spec/containers")
        .valueStream()
        .filter(container -> program(container).isPresent())
        .flatMap(container -> container.path("ports").valueStream())
        .map(port -> port.path("containerPort").asInt())
        .distinct()
        .sorted()
        .map(port -> PORTS.computeIfAbsent(port, any -> new Semaphore(1)))
        .toList();
  }

  /// What is run for the container, beside its arguments: an image's own command is the program.
  private Optional<Path> program(JsonNode container) {
    String image = container.path("image").asString("");
    if (container.path("args").isEmpty()
        || container.path("args").get(0).asString("").equals(PAUSE)) {
      return Optional.empty();
    }
    return programs.entrySet().stream()
        .filter(entry -> image.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private void start(Path program, JsonNode container, PodFolder files) throws IOException {
    List<String> command = new ArrayList<>(files.seen());
    files.environment(container, address).forEach((name, value) -> command.add(name + "=" + value));
    command.add(program.toString());
    for (JsonNode argument : container.path("args")) {
      command.add(files.translated(argument.asString(), container));
    }
    Child child =
        Child.start(command, folder.resolve(container.path("name").asString("") + ".log"));
    children.add(child);
    for (JsonNode port : container.path("ports")) {
      int number = port.path("containerPort").asInt();
      child.await("port " + number, READY_MAX, () -> connected(number));
    }
  }

  private Optional<Boolean> connected(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
      return Optional.of(true);
    } catch (IOException notYet) {
      return Optional.empty();
    }
  }
}
