package dev.pintle.etcd;

import dev.pintle.etcd.gateway.Gateway;
import dev.pintle.etcd.http.AccessController;
import dev.pintle.etcd.http.EtcdHttp;
import dev.pintle.etcd.http.GrpcMetrics;
import dev.pintle.etcd.http.HealthCounts;
import dev.pintle.etcd.http.Metrics;
import dev.pintle.etcd.kv.KvService;
import dev.pintle.etcd.lease.LeaseService;
import dev.pintle.etcd.maintenance.AuthService;
import dev.pintle.etcd.maintenance.ClusterService;
import dev.pintle.etcd.maintenance.HealthService;
import dev.pintle.etcd.maintenance.MaintenanceService;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.queuing.FairGate;
import dev.pintle.etcd.reflection.ReflectionService;
import dev.pintle.etcd.watch.WatchService;
import dev.pintle.etcd.work.SlowWork;
import dev.pintle.member.Member;
import dev.pintle.member.MemberStatus;
import dev.pintle.wire.GrpcService;
import dev.pintle.wire.GrpcService.Method;
import dev.pintle.wire.HttpHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The etcd v3 API of one member, ready to be put on a listener.
public final class EtcdSurface {
  private final GrpcService grpc;
  private final HttpHandler http;

  public EtcdSurface(Member member, EtcdConfig config, SlowWork slowWork) {
    MemberStatus status = member.status();
    HeaderMessage header =
        new HeaderMessage(status.clusterId(), status.memberId(), status.raftTerm());
    FairGate gate =
        config
            .queuing()
            .map(queuing -> new FairGate(queuing.plan(), queuing.clock(), member::view))
            .orElse(null);
    Map<String, Method> methods = new HashMap<>();
    methods.putAll(new KvService(member, header, config.limits(), slowWork).methods());
    methods.putAll(new WatchService(member, header, gate).methods());
    methods.putAll(new LeaseService(member, header).methods());
    methods.putAll(new MaintenanceService(member, header, slowWork).methods());
    methods.putAll(
        new ClusterService(status.memberId(), config.name(), config.clientUrls(), header)
            .methods());
    methods.putAll(new AuthService(member, header).methods());
    methods.putAll(new HealthService().methods());
    methods.putAll(new ReflectionService().methods());
    GrpcMetrics figures = new GrpcMetrics(methods);
    this.grpc = new GrpcService(gate == null ? methods : gate.before(methods), figures);
    Gateway gateway = new Gateway(grpc, config.limits().messageBytesMax(), slowWork);
    HealthCounts health = new HealthCounts();
    Metrics metrics = new Metrics(member, figures, health, moreMetrics(config, gate));
    EtcdHttp paths = new EtcdHttp(member, gateway, metrics, health, gate, slowWork::execute);
    this.http = new AccessController(config.access(), paths);
  }

  private static Supplier<String> moreMetrics(EtcdConfig config, @Nullable FairGate gate) {
    Supplier<String> more = config.moreMetrics();
    return gate == null ? more : () -> gate.metrics() + more.get();
  }

  public GrpcService grpc() {
    return grpc;
  }

  public HttpHandler http() {
    return http;
  }
}
