package dev.pintle.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// etcd and kube-apiserver, started by the project's own script.
record RealPair(Path scripts, Path data, String etcd, String kube, String token, List<Long> pids)
    implements Contender {
  static final String NAME = "etcd + kube-apiserver";

  private static final Duration LIMIT = Duration.ofMinutes(3);

  /// A way to start the pair.
  ///
  /// @param kubeFlags more of kube-apiserver, between spaces
  record Kind(Path scripts, String kubeFlags) implements Contender.Kind {
    Kind(Path scripts) {
      this(scripts, "");
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Contender start(Path data) throws IOException, InterruptedException {
      Commands.run(
          LIMIT,
          kubeFlags.isEmpty() ? Map.of() : Map.of("PINTLE_PAIR_KUBE_FLAGS", kubeFlags),
          List.of("sh", scripts.resolve("start-pair.sh").toString(), data.toString()));
      EndpointsFile endpoints = EndpointsFile.read(data.resolve("endpoints.json"));
      return new RealPair(
          scripts,
          data,
          endpoints.text("etcd"),
          endpoints.text("kube"),
          endpoints.text("token"),
          endpoints.numbers("pids"));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Long> etcdPids() {
    return pids.subList(0, 1);
  }

  @Override
  public List<Long> kubePids() {
    return pids;
  }

  @Override
  public void close() throws IOException {
    Commands.runUninterrupted(
        LIMIT, List.of("sh", scripts.resolve("stop-pair.sh").toString(), data.toString()));
  }
}
