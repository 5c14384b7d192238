package dev.pintle.bench.hostile;

import dev.pintle.bench.client.ServerAddress;
import java.util.List;

/// The running control plane that is attacked.
///
/// @param kube `https://host:port`
/// @param token of a member of `system:masters`
/// @param etcd `http://host:port`, in clear text
/// @param pids the processes behind both
public record AttackedServer(String kube, String token, String etcd, List<Long> pids) {
  public AttackedServer {
    pids = List.copyOf(pids);
  }

  ServerAddress kubeAddress() {
    return ServerAddress.of(kube);
  }

  ServerAddress etcdAddress() {
    return ServerAddress.of(etcd);
  }

  boolean isAlive() {
    return pids.stream()
        .allMatch(pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
  }
}
