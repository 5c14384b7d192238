package dev.pintle.compat.kubectlsuite;

import dev.pintle.compat.harness.RunningPintle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// Pintle with the suite's token in its folder.
record SuitePintle(RunningPintle pintle, Path certificate) implements SuiteServer {
  static SuitePintle start(Path folder) throws IOException {
    Path pki = Files.createDirectories(folder.resolve("pki"));
    Files.writeString(pki.resolve("admin.token"), TOKEN + "\n");
    RunningPintle pintle = RunningPintle.up(folder, "--etcd", "off", "--kube", "127.0.0.1:0");
    return new SuitePintle(pintle, pki.resolve("server.crt"));
  }

  @Override
  public int port() {
    return URI.create(pintle.kube()).getPort();
  }

  @Override
  public void close() {
    pintle.close();
  }
}
