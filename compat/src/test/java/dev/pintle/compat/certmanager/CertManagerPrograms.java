package dev.pintle.compat.certmanager;

import dev.pintle.compat.harness.FreePort;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.ProjectCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The three programs of cert-manager in a cluster.
final class CertManagerPrograms {
  static final String NAMESPACE = "cert-manager";
  static final String CONTROLLER = "cert-manager-controller";
  private static final String WEBHOOK = "cert-manager-webhook";
  private static final String INJECTOR = "cert-manager-cainjector";

  private CertManagerPrograms() {}

  /// Starts a cluster with everything in it; what is not built ends the test with a line that says so.
  ///
  /// @param folder for the data, the chart and the logs
  static ProjectCluster start(Path folder) throws IOException {
    for (String program : List.of("helm", CONTROLLER, WEBHOOK, INJECTOR)) {
      Peers.require(program);
    }
    CertManagerChart chart = CertManagerChart.into(folder.resolve("chart"));
    int port = FreePort.next();
    return ProjectCluster.start(
            folder, NAMESPACE, "--enable-admission-plugins=OwnerReferencesPermissionEnforcement")
        .with(
            cluster -> chart.install(cluster, "localhost:" + port),
            cluster ->
                run(
                    cluster,
                    WEBHOOK,
                    WEBHOOK,
                    List.of(
                        "--secure-port=" + port,
                        "--healthz-port=" + FreePort.next(),
                        "--dynamic-serving-ca-secret-namespace=" + NAMESPACE,
                        "--dynamic-serving-ca-secret-name=cert-manager-webhook-ca",
                        "--dynamic-serving-dns-names=localhost")),
            cluster -> run(cluster, INJECTOR, INJECTOR, List.of()),
            CertManagerPrograms::startController);
  }

  /// @param features that are off otherwise, with their state
  static void startController(ProjectCluster cluster, String... features) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--cluster-resource-namespace=" + NAMESPACE,
                "--metrics-listen-address=127.0.0.1:" + FreePort.next(),
                "--enable-certificate-owner-ref"));
    if (features.length > 0) {
      arguments.add("--feature-gates=" + String.join(",", features));
    }
    run(cluster, CONTROLLER, NAMESPACE, arguments);
  }

  private static void run(
      ProjectCluster cluster, String program, String account, List<String> arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("--kubeconfig=" + cluster.kubeconfig(account)));
    all.addAll(arguments);
    cluster.start(program, Map.of(), all);
  }
}
