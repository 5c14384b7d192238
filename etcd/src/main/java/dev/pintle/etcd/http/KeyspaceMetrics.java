package dev.pintle.etcd.http;

import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeRequest.Content;
import dev.pintle.kernel.state.StoreAlarm;
import dev.pintle.member.Member;
import dev.pintle.member.MemberStatus;
import dev.pintle.member.OperationCounts;
import dev.pintle.member.StoreView;
import dev.pintle.member.WatchHub.WatchCounts;
import java.util.List;

/// The figures of what the store holds, what was done to it, and who watches it.
final class KeyspaceMetrics {
  /// What etcd calls the compacted revision before the first compaction.
  private static final long NEVER_COMPACTED = -1;

  private KeyspaceMetrics() {}

  static void write(Exposition out, Member member, GrpcMetrics grpc) {
    sizes(out, member.status());
    revisions(out, member.view());
    alarms(out, member.alarms());
    operations(out, member.figures().operations(), grpc);
    watchers(out, member.watches().counts());
    leases(out, member.figures().operations());
  }

  private static void sizes(Exposition out, MemberStatus status) {
    out.gauge(
        "etcd_mvcc_db_total_size_in_bytes",
        "Total size of the underlying database physically allocated in bytes.",
        status.storageBytes());
    out.gauge(
        "etcd_mvcc_db_total_size_in_use_in_bytes",
        "Total size of the underlying database logically in use in bytes.",
        status.storageBytesInUse());
    out.gauge(
        "etcd_server_quota_backend_bytes",
        "Current backend storage quota size in bytes.",
        status.quotaBytes());
  }

  /// None before the first.
  private static void alarms(Exposition out, List<StoreAlarm> alarms) {
    if (alarms.isEmpty()) {
      return;
    }
    out.gauges(
        "etcd_debugging_server_alarms",
        "Alarms for every member in cluster. 1 for 'server_id' label with current ID. 2 for 'alarm_type' label with type of this alarm");
    for (StoreAlarm alarm : alarms) {
      out.sample(
          "alarm_type=\"%s\",server_id=\"%x\"".formatted(name(alarm.kind()), alarm.memberId()), 1);
    }
  }

  private static String name(int kind) {
    return switch (kind) {
      case StoreAlarm.NO_SPACE -> "NOSPACE";
      case StoreAlarm.CORRUPT -> "CORRUPT";
      default -> Integer.toString(kind);
    };
  }

  private static void revisions(Exposition out, StoreView view) {
    long compacted = view.compactedRevision();
    out.gauge(
        "etcd_debugging_mvcc_current_revision", "The current revision of store.", view.revision());
    out.gauge(
        "etcd_debugging_mvcc_compact_revision",
        "The revision of the last compaction in store.",
        compacted == 0 ? NEVER_COMPACTED : compacted);
    out.gauge(
        "etcd_debugging_auth_revision",
        "The current revision of auth store.",
        view.auth().revision());
    RangeRequest all = RangeRequest.of(KeyRange.ALL).withContent(Content.COUNT_ONLY);
    if (view.rangeInMemory(all) instanceof StoreView.Found found) {
      out.gauge("etcd_debugging_mvcc_keys_total", "Total number of keys.", found.result().count());
    }
  }

  /// Reads come by gRPC, or as part of a transaction.
  private static void operations(Exposition out, OperationCounts counts, GrpcMetrics grpc) {
    out.counter(
        "etcd_mvcc_put_total", "Total number of puts seen by this member.", counts.puts().value());
    out.counter(
        "etcd_mvcc_delete_total",
        "Total number of deletes seen by this member.",
        counts.deletes().value());
    out.counter(
        "etcd_mvcc_range_total",
        "Total number of ranges seen by this member.",
        counts.ranges().value()
            + grpc.began("/etcdserverpb.KV/Range")
            + grpc.began("/etcdserverpb.KV/RangeStream"));
    out.counter(
        "etcd_mvcc_txn_total",
        "Total number of txns seen by this member.",
        counts.transactions().value());
    out.gauge(
        "etcd_debugging_mvcc_total_put_size_in_bytes",
        "The total size of put kv pairs seen by this member.",
        counts.putBytes().value());
  }

  private static void watchers(Exposition out, WatchCounts counts) {
    out.gauge(
        "etcd_debugging_mvcc_watch_stream_total",
        "Total number of watch streams.",
        counts.streams());
    out.gauge("etcd_debugging_mvcc_watcher_total", "Total number of watchers.", counts.watchers());
    out.gauge(
        "etcd_debugging_mvcc_slow_watcher_total",
        "Total number of unsynced slow watchers.",
        counts.behind());
    out.counter(
        "etcd_debugging_mvcc_events_total",
        "Total number of events sent by this member.",
        counts.eventsSent());
  }

  private static void leases(Exposition out, OperationCounts counts) {
    out.counter(
        "etcd_debugging_lease_granted_total",
        "The total number of granted leases.",
        counts.leasesGranted().value());
    out.counter(
        "etcd_debugging_lease_revoked_total",
        "The total number of revoked leases.",
        counts.leasesRevoked().value());
    out.counter(
        "etcd_debugging_server_lease_expired_total",
        "The total number of expired leases.",
        counts.leasesExpired().value());
  }
}
