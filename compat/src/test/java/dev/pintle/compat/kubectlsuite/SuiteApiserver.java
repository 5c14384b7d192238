package dev.pintle.compat.kubectlsuite;

import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.FreePort;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningEtcd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The real pair, to see what of the suite can pass at all.
record SuiteApiserver(RunningEtcd etcd, Child child, int port, Path certificate)
    implements SuiteServer {
  private static final Duration START_MAX = Duration.ofMinutes(3);

  /// As upstream starts it for this suite.
  private static final List<String> AS_UPSTREAM =
      List.of(
          "--authorization-mode=RBAC,AlwaysAllow",
          "--enable-admission-plugins=LimitRanger,ResourceQuota",
          "--disable-admission-plugins=ServiceAccount,DefaultStorageClass,DefaultTolerationSeconds,"
              + "MutatingAdmissionWebhook,ValidatingAdmissionWebhook,StorageObjectInUseProtection");

  /// With what a server has by itself, as Pintle.
  private static final List<String> AS_PINTLE = List.of("--authorization-mode=RBAC");

  /// @param asUpstream whether admission is what the suite expects, not what a server has by itself
  static SuiteApiserver start(SuiteCopy suite, Path folder, boolean asUpstream) throws IOException {
    Path program = Peers.require("kube-apiserver");
    Files.createDirectories(folder);
    RunningEtcd etcd = RunningEtcd.start(folder);
    int port = FreePort.next();
    Path key = suite.file("hack/testdata/ca/ca.key");
    Path certificates = folder.resolve("certs");
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(
        List.of(
            "--etcd-servers=" + etcd.url(),
            "--secure-port=" + port,
            "--bind-address=127.0.0.1",
            "--endpoint-reconciler-type=none",
            "--cert-dir=" + certificates,
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-account-key-file=" + key,
            "--service-account-signing-key-file=" + key,
            "--service-cluster-ip-range=10.0.0.0/24",
            "--client-ca-file=" + suite.file("hack/testdata/ca/ca.crt"),
            "--token-auth-file=" + suite.file("hack/testdata/auth-tokens.csv")));
    command.addAll(asUpstream ? AS_UPSTREAM : AS_PINTLE);
    Child child = Child.start(command, folder.resolve("kube-apiserver.log"));
    child.await("the real API server", START_MAX, () -> SuiteStage.ready(port));
    return new SuiteApiserver(etcd, child, port, certificates.resolve("apiserver.crt"));
  }

  @Override
  public void close() {
    child.close();
    etcd.close();
  }
}
