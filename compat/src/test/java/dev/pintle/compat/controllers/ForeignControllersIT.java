package dev.pintle.compat.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.FreePort;
import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A kube-controller-manager beside the server's own controllers: both do the same things, and in the end all is as if one had.
class ForeignControllersIT {
  private static final Duration START_MAX = Duration.ofMinutes(1);

  @TempDir private Path data;
  @TempDir private Path otherData;
  @TempDir private Path folder;

  @Test
  void bothAtOnceEndAsOneAlone() throws IOException {
    Path program = Peers.require("kube-controller-manager");
    List<String> alone;
    try (RunningPintle pintle = RunningPintle.up(data, "--kube=127.0.0.1:0", "--etcd=off");
        KubeClient client = KubeClient.of(pintle)) {
      ControllerStory story = new ControllerStory(pintle, client, folder);
      story.happen();
      story.settle();
      alone = story.end();
    }
    try (RunningPintle pintle = RunningPintle.up(otherData, "--kube=127.0.0.1:0", "--etcd=off");
        KubeClient client = KubeClient.of(pintle);
        Child _ = start(program, pintle)) {
      ControllerStory story = new ControllerStory(pintle, client, folder);
      story.happen();
      story.settle();
      assertThat(story.end()).isEqualTo(alone);
      assertThat(pintle.child().warnings()).isEmpty();
    }
  }

  @Test
  void theRealOnesAloneEndTheSame() throws IOException {
    Path program = Peers.require("kube-controller-manager");
    List<String> own;
    try (RunningPintle pintle = RunningPintle.up(data, "--kube=127.0.0.1:0", "--etcd=off");
        KubeClient client = KubeClient.of(pintle)) {
      ControllerStory story = new ControllerStory(pintle, client, folder);
      story.happen();
      story.settle();
      own = story.end();
    }
    try (RunningPintle pintle =
            RunningPintle.up(otherData, "--kube=127.0.0.1:0", "--etcd=off", "--controllers=-*");
        KubeClient client = KubeClient.of(pintle);
        Child _ = start(program, pintle)) {
      ControllerStory story = new ControllerStory(pintle, client, folder);
      story.happen();
      story.settle();
      assertThat(story.end()).isEqualTo(own);
    }
  }

  /// With the keys of the server, so that it issues and signs what the server would. Nodes without a kubelet are left alone.
  private Child start(Path program, RunningPintle pintle) throws IOException {
    try (KubeClient client = KubeClient.of(pintle)) {
      // The key of tokens is made when it is first asked for.
      assertThat(client.get("/openid/v1/jwks").code()).isEqualTo(200);
    }
    Path pki = pintle.kubeconfig().resolveSibling("pki");
    Files.createDirectories(folder.resolve("cert"));
    Child child =
        Child.start(
            List.of(
                program.toString(),
                "--kubeconfig=" + pintle.kubeconfig(),
                "--leader-elect=false",
                "--controllers=*,-node-lifecycle-controller,-taint-eviction-controller,-pod-garbage-collector-controller",
                "--bind-address=127.0.0.1",
                "--secure-port=" + FreePort.next(),
                "--cert-dir=" + folder.resolve("cert"),
                "--root-ca-file=" + pki.resolve("ca.crt"),
                "--service-account-private-key-file=" + pki.resolve("service-account.key"),
                "--cluster-signing-cert-file=" + pki.resolve("ca.crt"),
                "--cluster-signing-key-file=" + pki.resolve("ca.key")),
            folder.resolve("controllers.log"));
    // The last thing that it says before it works.
    child.await(
        "its controllers",
        START_MAX,
        () ->
            child.log().contains("Caches are synced") || child.log().contains("Starting garbage")
                ? Optional.of(true)
                : Optional.empty());
    return child;
  }
}
