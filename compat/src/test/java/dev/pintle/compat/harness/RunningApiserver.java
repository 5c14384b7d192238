package dev.pintle.compat.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The real kube-apiserver on somebody's etcd.
public final class RunningApiserver implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofMinutes(2);
  private static final String TOKEN = "admin-of-the-test";

  private final Child child;
  private final Path home;
  private final String url;

  private RunningApiserver(Child child, Path home, String url) {
    this.child = child;
    this.home = home;
    this.url = url;
  }

  /// @param home where it keeps what it writes
  /// @param etcd the URL of the etcd API
  public static RunningApiserver start(Path home, String etcd) {
    Path program = Peers.require("kube-apiserver");
    Peers.require("kubectl");
    try {
      Files.createDirectories(home);
      int port = FreePort.next();
      Child child = Child.start(command(program, home, etcd, port), home.resolve("apiserver.log"));
      RunningApiserver started =
          new RunningApiserver(child, home, "https://127.0.0.1:%d".formatted(port));
      child.await("kube-apiserver", START_MAX, started::ready);
      return started;
    } catch (IOException e) {
      throw new IllegalStateException("cannot start kube-apiserver", e);
    }
  }

  private static List<String> command(Path program, Path home, String etcd, int port)
      throws IOException {
    Path key = ServiceAccountKey.in(home);
    Path tokens =
        Files.writeString(home.resolve("tokens.csv"), TOKEN + ",admin,admin,\"system:masters\"\n");
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    // without a reconciler, or it refuses to advertise a loopback address
    command.addAll(
        List.of(
            "--etcd-servers=" + etcd,
            "--secure-port=" + port,
            "--bind-address=127.0.0.1",
            "--endpoint-reconciler-type=none",
            "--cert-dir=" + home.resolve("certs"),
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-account-key-file=" + key,
            "--service-account-signing-key-file=" + key,
            "--token-auth-file=" + tokens,
            "--authorization-mode=RBAC",
            "--service-cluster-ip-range=10.0.0.0/24"));
    return command;
  }

  private Optional<Boolean> ready() {
    Tool.Result result = kubectl("get", "--raw", "/readyz").run();
    return result.exit() == 0 && result.out().equals("ok") ? Optional.of(true) : Optional.empty();
  }

  public Tool kubectl(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of("--server=" + url, "--token=" + TOKEN, "--insecure-skip-tls-verify=true"));
    all.addAll(List.of(arguments));
    return Tool.of(Peers.require("kubectl"), all.toArray(String[]::new))
        .with("HOME", home.toString())
        .with("KUBECONFIG", home.resolve("none").toString());
  }

  public Child child() {
    return child;
  }

  @Override
  public void close() {
    child.close();
  }
}
