package dev.pintle.etcd.http;

import dev.pintle.etcd.maintenance.EtcdVersion;
import dev.pintle.member.Member;
import dev.pintle.member.MemberMetrics;
import dev.pintle.member.MemberStatus;
import dev.pintle.member.StoreView;
import java.util.function.Supplier;

/// The figures of the member under the names that etcd's dashboards and alerts use, in Prometheus' text form.
public final class Metrics {
  private final Member member;
  private final GrpcMetrics grpc;
  private final Supplier<String> more;

  /// @param more figures that the program has beside these, in the same form
  public Metrics(Member member, GrpcMetrics grpc, Supplier<String> more) {
    this.member = member;
    this.grpc = grpc;
    this.more = more;
  }

  String text() {
    MemberStatus status = member.status();
    StoreView view = member.view();
    Exposition out = new Exposition();
    server(out, status);
    out.gauge(
        "etcd_mvcc_db_total_size_in_bytes", "Bytes the store occupies.", status.storageBytes());
    out.gauge(
        "etcd_mvcc_db_total_size_in_use_in_bytes",
        "Bytes of the store that hold live data.",
        status.storageBytesInUse());
    out.gauge("etcd_debugging_mvcc_current_revision", "The newest revision.", view.revision());
    out.gauge(
        "etcd_debugging_mvcc_compact_revision",
        "The newest compacted revision.",
        view.compactedRevision());
    disk(out);
    grpc.write(out);
    ProcessMetrics.write(out);
    return out.text() + more.get();
  }

  private void disk(Exposition out) {
    MemberMetrics figures = member.figures();
    out.counter(
        "etcd_server_proposals_failed_total",
        "Commands that the member could not take.",
        figures.unapplied().sum());
    out.histogram(
        "etcd_disk_wal_fsync_duration_seconds",
        "How long it took to write and force a batch of commands.",
        figures.logAppends());
    out.histogram(
        "etcd_disk_backend_commit_duration_seconds",
        "How long it took to commit a batch to the store.",
        figures.storeCommits());
  }

  private static void server(Exposition out, MemberStatus status) {
    out.gauge(
        "etcd_cluster_version",
        "The version that all members speak.",
        "cluster_version",
        EtcdVersion.CLUSTER.substring(0, 3));
    out.gauge(
        "etcd_server_version",
        "The version of etcd that is spoken.",
        "server_version",
        EtcdVersion.SERVER);
    out.gauge(
        "etcd_server_id", "The member's id.", "server_id", Long.toHexString(status.memberId()));
    out.gauge("etcd_server_has_leader", "Whether there is a leader.", 1);
    out.gauge("etcd_server_is_leader", "Whether this member leads.", 1);
    out.gauge("etcd_server_is_learner", "Whether this member only learns.", 0);
    out.counter("etcd_server_leader_changes_seen_total", "Changes of leader.", 1);
    out.gauge(
        "etcd_server_proposals_committed_total", "Commands in the log.", status.appliedIndex());
    out.gauge("etcd_server_proposals_applied_total", "Commands applied.", status.appliedIndex());
    out.gauge("etcd_server_proposals_pending", "Commands under way.", status.commandsWaiting());
  }
}
