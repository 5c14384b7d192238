package dev.pintle.compat.certmanager;

import dev.pintle.compat.harness.PeerSource;
import dev.pintle.compat.harness.ProjectCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The chart of cert-manager, put together as its release does it from what lies in the module of Go: the templates, and the
/// definitions as templates beside them.
record CertManagerChart(Path folder) {
  private static final String CHART = "deploy/charts/cert-manager";
  private static final String DEFINITIONS = "deploy/crds";

  /// @param folder where the chart is made
  static CertManagerChart into(Path folder) throws IOException {
    PeerSource source = PeerSource.require("cert-manager", "github.com/cert-manager/cert-manager");
    source.copy(CHART, folder);
    source.copy(DEFINITIONS, folder.resolve("templates"));
    Path template = folder.resolve("Chart.template.yaml");
    Files.writeString(
        folder.resolve("Chart.yaml"),
        Files.readString(template).replace("v0.1.0", source.version()));
    Files.delete(template);
    return new CertManagerChart(folder);
  }

  /// Installs it, with a webhook that the server finds at `webhook`. The job that would look in a container whether it is there is left
  /// out.
  void install(ProjectCluster cluster, String webhook) {
    cluster.installChart(
        CertManagerPrograms.NAMESPACE,
        folder,
        "startupapicheck.enabled=false",
        "webhook.url.host=" + webhook);
  }
}
