package dev.pintle.server.cli;

import java.util.Set;

/// The names of flags of `./pintle etcd` that more than one class knows; all of them stand in `etcd-flags.txt`.
final class EtcdFlags {
  static final String API_SERVERS = "kube-apiserver";
  static final String CONFIG_FILE = "config-file";
  static final String SNAPSHOT_PACE = "snapshot-bytes-per-second";

  /// No flag: a configuration file alone says it.
  static final String ALLOWED_NAMES = "client-cert-allowed-cn";

  /// What every variable of etcd's begins with.
  static final String VARIABLES = "ETCD_";

  /// Those that etcd does not have.
  static final Set<String> OUR_OWN =
      Set.of(
          QueuingFlag.ALONE,
          API_SERVERS,
          SNAPSHOT_PACE,
          BackendFlags.BACKEND,
          BackendFlags.PLUGINS,
          BackendFlags.KEYS);

  private EtcdFlags() {}
}
