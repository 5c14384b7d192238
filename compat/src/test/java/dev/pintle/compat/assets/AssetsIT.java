package dev.pintle.compat.assets;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.AssetsFolder;
import dev.pintle.compat.harness.PeerSource;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The folder that `./pintle assets` writes, and the harnesses that take it for the real programs'.
class AssetsIT {
  private static final Duration SUITE_MAX = Duration.ofMinutes(5);

  @TempDir private Path home;

  @Test
  void anEtcdAndAnApiServerStartAnywhereShareAStoreAndLeaveNothing() throws Exception {
    AssetsFolder assets = AssetsFolder.write(home);
    try (AssetsPair pair = AssetsPair.start(assets, home)) {
      assertThat(pair.get("/healthz").body()).isEqualTo("ok");
      assertThat(pair.get("/readyz").statusCode()).isEqualTo(200);
      assertThat(pair.get("/api/v1/namespaces").statusCode()).isEqualTo(403);
      assertThat(pair.get("/.well-known/openid-configuration").statusCode()).isEqualTo(403);
      pair.awaitKey("/registry/namespaces/default");

      assertThat(pair.stopApiServer()).isEqualTo(143);
      assertThat(pair.isServed()).isFalse();
      pair.startApiServer();
      assertThat(pair.get("/healthz").body()).isEqualTo("ok");

      pair.killApiServer();
      pair.startApiServer();
      assertThat(pair.get("/healthz").body()).isEqualTo("ok");

      assertThat(pair.stopApiServer()).isEqualTo(143);
      assertThat(pair.stopEtcd()).isEqualTo(143);
      assertThat(pair.socket()).doesNotExist();
      assertThat(pair.logs()).doesNotContain("WARN").doesNotContain("ERROR");
    }
  }

  @Test
  void theEndOfTheEtcdEndsTheApiServerWithAWord() throws Exception {
    AssetsFolder assets = AssetsFolder.write(home);
    try (AssetsPair pair = AssetsPair.start(assets, home)) {
      assertThat(pair.stopEtcd()).isEqualTo(143);
      assertThat(pair.awaitApiServer()).isEqualTo(14);
      assertThat(pair.logs()).contains("the etcd has ended, or serves no more (its log says why)");
    }
  }

  @Test
  void aFolderWithOtherThingsIsLeftAlone() throws IOException {
    AssetsFolder assets = AssetsFolder.write(home);
    assertThat(assets.launch("assets", assets.folder().toString()).exit()).isZero();
    Files.writeString(assets.program("etcd"), "somebody's\n");
    Tool.Result refused = assets.launch("assets", assets.folder().toString());
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("etcd is there and not ours");
    assertThat(assets.program("etcd")).hasContent("somebody's\n");
  }

  @Test
  void everyFlagAndGateOfTheRealOneIsNamed() throws IOException {
    Tool.Result real = Tool.of(Peers.require("kube-apiserver"), "--help").run();
    String page = Files.readString(Peers.house().resolve("launcher/help/kube-apiserver.txt"));
    Set<String> named = flags(page);
    assertThat(named.remove("controllers")).isTrue();
    assertThat(named).isEqualTo(flags(real.out()));

    Set<String> gates =
        real.out()
            .lines()
            .map(String::strip)
            .map(line -> line.substring(Math.max(0, line.indexOf("kube:"))))
            .filter(line -> line.startsWith("kube:") && line.contains("=true|false ("))
            .map(AssetsIT::gate)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(gates()).isEqualTo(gates);
  }

  /// Its name and its usual default, which comes first.
  private static String gate(String line) {
    String name = line.substring("kube:".length(), line.indexOf('='));
    String usual = line.substring(line.indexOf("default=") + "default=".length());
    return name + (usual.startsWith("true") ? " true" : " false");
  }

  private static Set<String> flags(String help) {
    return help.lines()
        .map(String::strip)
        .map(line -> line.startsWith("-") && line.indexOf(", --") == 2 ? line.substring(4) : line)
        .filter(line -> line.startsWith("--"))
        .map(line -> line.substring(2).split("[ \\[,]", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> gates() throws IOException {
    try (InputStream in =
        requireNonNull(
            AssetsIT.class.getResourceAsStream("/dev/pintle/server/cli/apiserver-gates.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void controllerRuntimesOwnSuiteRunsUnmodified() throws IOException {
    Path suite = Peers.require("envtest.test");
    PeerSource source = PeerSource.require("envtest", "sigs.k8s.io/controller-runtime");
    Path folder = home.resolve("pkg/envtest");
    source.copy("pkg/envtest", folder);
    Tool.Result ran =
        Tool.of(
                Path.of("/bin/sh"),
                "-c",
                "cd \"$1\" && exec \"$2\" -test.timeout=5m -ginkgo.no-color",
                "sh",
                folder.toString(),
                suite.toString())
            .with("KUBEBUILDER_ASSETS", AssetsFolder.write(home).folder().toString())
            .within(SUITE_MAX)
            .run();
    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.out()).contains("0 Failed");
  }
}
