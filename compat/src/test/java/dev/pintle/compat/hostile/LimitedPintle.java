package dev.pintle.compat.hostile;

import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.Kubeconfig;
import dev.pintle.compat.harness.ProgramCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pintle as a shell starts it that allows it few descriptors, with little memory.
final class LimitedPintle implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(90);

  private final Child child;
  private final Path data;
  private final String endpoints;

  private LimitedPintle(Child child, Path data, String endpoints) {
    this.child = child;
    this.data = data;
    this.endpoints = endpoints;
  }

  /// @param arguments the command and its flags; the data folder is `data`
  static LimitedPintle start(Path data, int descriptors, String... arguments) {
    List<String> command = new ArrayList<>(List.of("sh", "-c"));
    command.add("ulimit -n %d; exec \"$@\"".formatted(descriptors));
    command.add("sh");
    command.addAll(ProgramCommand.of(List.of("-Xmx512m"), List.of(arguments)));
    try {
      Path log = Files.createTempFile("pintle", ".log");
      log.toFile().deleteOnExit();
      Child child = Child.start(command, log);
      String pid = "\"pid\":" + child.pid() + "}";
      Path file = data.resolve("endpoints.json");
      String endpoints =
          child.await(
              "endpoints.json", START_MAX, () -> read(file).filter(text -> text.contains(pid)));
      return new LimitedPintle(child, data, endpoints);
    } catch (IOException e) {
      throw new UncheckedIOException(data.toString(), e);
    }
  }

  private static Optional<String> read(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException beingReplaced) {
      return Optional.empty();
    }
  }

  String url(String surface) {
    Matcher matcher = Pattern.compile("\"%s\":\"([^\"]*)\"".formatted(surface)).matcher(endpoints);
    if (!matcher.find()) {
      throw new AssertionError("no %s in %s".formatted(surface, endpoints));
    }
    return matcher.group(1);
  }

  Child child() {
    return child;
  }

  Kubeconfig kubeconfig() {
    return Kubeconfig.read(data.resolve("kubeconfig"));
  }

  /// The administrator, by certificate.
  KubeClient admin() {
    return KubeClient.of(url("kube"), "", kubeconfig().tls(true));
  }

  @Override
  public void close() {
    child.close();
  }
}
