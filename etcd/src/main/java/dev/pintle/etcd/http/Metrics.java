package dev.pintle.etcd.http;

import dev.pintle.etcd.maintenance.EtcdVersion;
import dev.pintle.member.Member;
import dev.pintle.member.MemberMetrics;
import dev.pintle.member.MemberStatus;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// The figures of the member under the names that etcd's dashboards and alerts use, in Prometheus' text form: with etcd's types, labels
/// and words, as far as it has such a thing.
public final class Metrics {
  private static final double DEFRAG_BOUND_SECONDS = 0.1;
  private static final int DEFRAG_BOUNDS = 13;

  private final Member member;
  private final GrpcMetrics grpc;
  private final HealthCounts health;
  private final Supplier<String> more;
  private final LongAdder scrapes = new LongAdder();

  /// @param more figures that the program has beside these, in the same form
  public Metrics(Member member, GrpcMetrics grpc, HealthCounts health, Supplier<String> more) {
    this.member = member;
    this.grpc = grpc;
    this.health = health;
    this.more = more;
  }

  String text() {
    Exposition out = new Exposition();
    MemberStatus status = member.status();
    MemberMetrics figures = member.figures();
    server(out, status);
    proposals(out, status, figures);
    alone(out, status);
    KeyspaceMetrics.write(out, member, grpc);
    disk(out, figures);
    health.write(out);
    grpc.write(out);
    ProcessMetrics.write(out);
    scrapes(out);
    return out.text() + more.get();
  }

  private static void server(Exposition out, MemberStatus status) {
    out.gauge(
        "etcd_cluster_version",
        "Which version is running. 1 for 'cluster_version' label with current cluster version",
        "cluster_version",
        EtcdVersion.CLUSTER.substring(0, 3));
    out.gauge(
        "etcd_server_version",
        "Which version is running. 1 for 'server_version' label with current version.",
        "server_version",
        EtcdVersion.SERVER);
    out.gauge(
        "etcd_server_id",
        "Server or member ID in hexadecimal format. 1 for 'server_id' label with current ID.",
        "server_id",
        Long.toHexString(status.memberId()));
    out.gauge(
        "etcd_server_has_leader", "Whether or not a leader exists. 1 is existence, 0 is not.", 1);
    out.gauge(
        "etcd_server_is_leader",
        "Whether or not this member is a leader. 1 if is, 0 otherwise.",
        1);
    out.gauge(
        "etcd_server_is_learner",
        "Whether or not this member is a learner. 1 if is, 0 otherwise.",
        0);
    out.counter("etcd_server_leader_changes_seen_total", "The number of leader changes seen.", 1);
  }

  private static void proposals(Exposition out, MemberStatus status, MemberMetrics figures) {
    out.gauge(
        "etcd_server_proposals_committed_total",
        "The total number of consensus proposals committed.",
        status.appliedIndex());
    out.gauge(
        "etcd_server_proposals_applied_total",
        "The total number of consensus proposals applied.",
        status.appliedIndex());
    out.gauge(
        "etcd_server_proposals_pending",
        "The current number of pending proposals to commit.",
        status.commandsWaiting());
    out.counter(
        "etcd_server_proposals_failed_total",
        "The total number of failed proposals seen.",
        figures.unapplied().sum());
  }

  /// What a member that decides alone cannot but have: no followers, no one to ask, and no snapshot from another.
  private static void alone(Exposition out, MemberStatus status) {
    String id = Long.toHexString(status.memberId());
    out.gauges("etcd_network_known_peers", "The current number of known peers.");
    out.sample("Local=\"%s\",Remote=\"%s\"".formatted(id, id), 1);
    out.counter(
        "etcd_server_heartbeat_send_failures_total",
        "The total number of leader heartbeat send failures (likely overloaded from slow disk).",
        0);
    out.counter(
        "etcd_server_learner_promote_successes",
        "The total number of successful learner promotions while this member is leader.",
        0);
    out.counter(
        "etcd_server_read_indexes_failed_total",
        "The total number of failed read indexes seen.",
        0);
    out.counter(
        "etcd_server_slow_read_indexes_total",
        "The total number of pending read indexes not in sync with leader's or timed out read index"
            + " requests.",
        0);
    out.gauge(
        "etcd_server_snapshot_apply_in_progress_total",
        "1 if the server is applying the incoming snapshot. 0 if none.",
        0);
  }

  /// Space is given back while the store runs, so that there is no defragmentation.
  private static void disk(Exposition out, MemberMetrics figures) {
    out.histogram(
        "etcd_disk_wal_fsync_duration_seconds",
        "The latency distributions of fsync called by WAL.",
        figures.logAppends());
    out.histogram(
        "etcd_disk_backend_commit_duration_seconds",
        "The latency distributions of commit called by backend.",
        figures.storeCommits());
    out.gauge(
        "etcd_disk_wal_write_bytes_total",
        "Total number of bytes written in WAL.",
        figures.operations().logBytes().value());
    out.gauge(
        "etcd_disk_defrag_inflight",
        "Whether or not defrag is active on the member. 1 means active, 0 means not.",
        0);
    out.emptyHistogram(
        "etcd_disk_backend_defrag_duration_seconds",
        "The latency distribution of backend defragmentation.",
        DEFRAG_BOUND_SECONDS,
        DEFRAG_BOUNDS);
  }

  private void scrapes(Exposition out) {
    out.gauge(
        "promhttp_metric_handler_requests_in_flight", "Current number of scrapes being served.", 1);
    out.counters(
        "promhttp_metric_handler_requests_total", "Total number of scrapes by HTTP status code.");
    out.sample("code=\"200\"", scrapes.sum());
    out.sample("code=\"500\"", 0);
    out.sample("code=\"503\"", 0);
    scrapes.increment();
  }
}
