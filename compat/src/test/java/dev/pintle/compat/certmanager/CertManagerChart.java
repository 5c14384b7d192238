package dev.pintle.compat.certmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.GoldenData;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// The chart of cert-manager, put together as its release does it from what lies in the module of Go: the templates, and the
/// definitions as templates beside them.
record CertManagerChart(Path folder) {
  private static final String MODULE = "github.com/cert-manager/cert-manager";
  private static final String CHART = "deploy/charts/cert-manager";
  private static final String DEFINITIONS = "deploy/crds";
  private static final Duration INSTALLED_MAX = Duration.ofMinutes(1);

  /// @param folder where the chart is made
  static CertManagerChart into(Path folder) throws IOException {
    String version = version();
    Path module = GoldenData.modules().resolve(MODULE + "@" + version);
    Path chart = module.resolve(CHART);
    if (!Files.exists(chart)) {
      String line =
          "not judged by cert-manager: Go has no module %s@%s here".formatted(MODULE, version);
      System.err.println(line);
      throw new TestAbortedException(line);
    }
    Path templates = Files.createDirectories(folder.resolve("templates"));
    copy(chart.resolve("templates"), templates);
    copy(module.resolve(DEFINITIONS), templates);
    Files.write(folder.resolve("values.yaml"), Files.readAllBytes(chart.resolve("values.yaml")));
    Files.writeString(
        folder.resolve("Chart.yaml"),
        Files.readString(chart.resolve("Chart.template.yaml")).replace("v0.1.0", version));
    return new CertManagerChart(folder);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (!file.toString().endsWith(".md")) {
          // Not a copy of the file's rights: nothing in Go's cache may be written to.
          Files.write(to.resolve(file.getFileName()), Files.readAllBytes(file));
        }
      }
    }
  }

  /// The only place where the version stands is the recipe of the peers.
  private static String version() throws IOException {
    return Files.readAllLines(Peers.house().resolve("compat/peers/cert-manager/go.mod")).stream()
        .map(line -> line.strip().split(" "))
        .filter(words -> words.length > 1 && words[0].equals(MODULE))
        .map(words -> words[1])
        .findFirst()
        .orElseThrow();
  }

  /// Installs it in a namespace of its own, with a webhook that the server finds at `webhook`. The job that would look in a container
  /// whether it is there is left out.
  void install(Path kubeconfig, String namespace, String webhook) {
    Tool helm =
        Tool.of(Peers.require("helm"), "install", namespace, folder.toString())
            .with("KUBECONFIG", kubeconfig.toString())
            .with("HOME", folder.toString())
            .within(INSTALLED_MAX);
    List<String> flags =
        List.of(
            "--namespace=" + namespace,
            "--create-namespace",
            "--set=startupapicheck.enabled=false",
            "--set=webhook.url.host=" + webhook);
    Tool.Result result =
        new Tool(
                Stream.concat(helm.command().stream(), flags.stream()).toList(),
                helm.environment(),
                helm.timeMax())
            .run();
    assertThat(result.exit()).as(result.err() + result.out()).isZero();
  }
}
