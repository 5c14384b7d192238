package dev.pintle.server.cli;

import java.util.Set;

/// The flags of etcd 3.7, by what they mean to a single durable store, and what there is beside them.
final class EtcdFlags {
  static final String API_SERVERS = "kube-apiserver";

  /// They do here what they do in etcd.
  static final Set<String> HONOURED =
      Set.of(
          "name",
          "data-dir",
          "listen-client-urls",
          "advertise-client-urls",
          AuthFlags.TOKEN,
          AuthFlags.TTL,
          AuthFlags.COST,
          "auto-compaction-mode",
          "auto-compaction-retention",
          "max-request-bytes",
          "max-txn-ops",
          "max-concurrent-streams",
          "host-whitelist",
          "cors",
          "cert-file",
          "key-file",
          "trusted-ca-file");

  /// Those that etcd does not have.
  static final Set<String> OUR_OWN = Set.of(QueuingFlag.ALONE, EtcdFlags.API_SERVERS);

  /// As [#HONOURED], and on or off.
  static final Set<String> SWITCHES_HONOURED = Set.of("client-cert-auth");

  /// Accepted with a notice: what they tune does not exist here (peers, elections, bbolt, WAL files), or is decided otherwise
  /// (log output), so leaving them out changes no answer.
  static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "backend-batch-interval",
          "backend-batch-limit",
          "backend-bbolt-freelist-type",
          "bootstrap-defrag-threshold-megabytes",
          "compact-hash-check-time",
          "compaction-batch-limit",
          "compaction-sleep-interval",
          "corrupt-check-time",
          "downgrade-check-time",
          "election-timeout",
          "feature-gates",
          "grpc-keepalive-interval",
          "grpc-keepalive-min-time",
          "grpc-keepalive-timeout",
          "heartbeat-interval",
          "initial-advertise-peer-urls",
          "initial-cluster",
          "initial-cluster-state",
          "initial-cluster-token",
          "listen-peer-urls",
          "log-format",
          "log-level",
          "log-outputs",
          "logger",
          "max-learners",
          "max-snapshots",
          "max-wals",
          "metrics",
          "quota-backend-bytes",
          "raft-read-timeout",
          "raft-write-timeout",
          "snapshot-catchup-entries",
          "snapshot-count",
          "warning-apply-duration",
          "warning-unary-request-duration",
          "watch-progress-notify-interval");

  static final Set<String> SWITCHES_WITHOUT_EFFECT =
      Set.of(
          "enable-grpc-gateway",
          "enable-log-rotation",
          "enable-pprof",
          "initial-election-tick-advance",
          "memory-mlock",
          "pre-vote",
          "socket-reuse-address",
          "socket-reuse-port",
          "strict-reconfig-check");

  /// Refused: whoever sets them relies on something (encryption, peers, another file) that would silently be missing.
  static final Set<String> NOT_SERVED =
      Set.of(
          "cipher-suites",
          "client-cert-allowed-hostname",
          "client-cert-file",
          "client-crl-file",
          "client-key-file",
          "config-file",
          "discovery",
          "discovery-endpoints",
          "discovery-srv",
          "discovery-token",
          "distributed-tracing-address",
          "listen-client-http-urls",
          "listen-metrics-urls",
          "peer-cert-file",
          "peer-client-cert-file",
          "peer-client-key-file",
          "peer-crl-file",
          "peer-key-file",
          "peer-trusted-ca-file",
          "tls-max-version",
          "tls-min-version",
          "wal-dir");

  static final Set<String> SWITCHES_NOT_SERVED =
      Set.of(
          "auto-tls",
          "enable-distributed-tracing",
          "force-new-cluster",
          "peer-auto-tls",
          "peer-client-cert-auth",
          "unsafe-no-fsync");

  private EtcdFlags() {}
}
