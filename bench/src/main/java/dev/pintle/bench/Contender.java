package dev.pintle.bench;

import dev.pintle.bench.client.Https;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;

/// A running control plane that is measured: an etcd endpoint, a Kubernetes endpoint, and the processes behind them.
interface Contender extends AutoCloseable {
  String name();

  /// `http://host:port`
  String etcd();

  /// `https://host:port`
  String kube();

  /// A bearer token of a member of `system:masters`.
  String token();

  /// Processes that serve etcd requests.
  List<Long> etcdPids();

  /// Processes that serve Kubernetes requests, the store behind included.
  List<Long> kubePids();

  /// Ends the processes, by their ids; the data stays, so that a later start continues with it.
  @Override
  void close() throws IOException;

  /// A starter of contenders of one kind.
  interface Kind {
    String name();

    /// @param data the folder to keep everything in
    Contender start(Path data) throws IOException, InterruptedException;
  }

  default HttpClient https() {
    return Https.trustingAnyone();
  }
}
