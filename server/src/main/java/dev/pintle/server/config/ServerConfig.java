package dev.pintle.server.config;

import dev.pintle.etcd.kv.KvLimits;
import dev.pintle.kube.ControllerSelection;
import dev.pintle.kube.KubeConfig;
import dev.pintle.kube.allocation.ServiceRanges;
import dev.pintle.kube.authz.AuthorizationModes;
import dev.pintle.kube.flowcontrol.FlowLimits;
import dev.pintle.kube.schema.GroupVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The program's configuration.
///
/// @param data the folder of everything that outlives a run; empty when nothing does
/// @param memory keep the store in memory; a folder then holds credentials and endpoints only
/// @param etcd where the etcd API is served; empty for not at all
/// @param kube where the Kubernetes API is served; empty for not at all
/// @param name what the member calls itself
/// @param advertisedUrls what clients are told to use for etcd; empty for the address it listens on
/// @param access who may speak to the etcd port
/// @param adminToken whether the administrator of Kubernetes has a bearer token beside the certificate
/// @param serviceRanges where services get their addresses and node ports from
/// @param eventTtl how long an Event is kept after it was written last; zero for ever
/// @param allowPrivileged whether containers may have all that their node has
/// @param flow how many Kubernetes requests are worked on at once
/// @param earlier versions of Kubernetes objects that are served although upstream serves them no more
/// @param controllers those of a Kubernetes cluster's controllers that the program runs itself
/// @param authorization who says what callers of the Kubernetes API may do
/// @param admission the admission plugins that look at writes of Kubernetes objects
/// @param audit what is written down of requests for Kubernetes objects
/// @param compaction how much history is kept without anybody asking for its end
/// @param queuing how requests at the etcd port wait for their turn
/// @param auth how users of the etcd port prove who they are, once authentication is enabled there
/// @param advertising how the rest of a cluster learns where the Kubernetes API is
public record ServerConfig(
    Optional<Path> data,
    boolean memory,
    Optional<Endpoint> etcd,
    Optional<Endpoint> kube,
    String name,
    List<String> advertisedUrls,
    KvLimits limits,
    EtcdAccess access,
    boolean adminToken,
    ServiceRanges serviceRanges,
    Duration eventTtl,
    boolean allowPrivileged,
    FlowLimits flow,
    Set<GroupVersion> earlier,
    ControllerSelection controllers,
    AuthorizationModes authorization,
    AdmissionSettings admission,
    AuditSettings audit,
    CompactionConfig compaction,
    EtcdQueuing queuing,
    EtcdAuth auth,
    Advertising advertising) {

  public static final ServerConfig DEFAULT =
      new ServerConfig(
          Optional.of(Path.of("pintle-data")),
          false,
          Optional.of(new Endpoint("127.0.0.1", 2379)),
          Optional.of(new Endpoint("127.0.0.1", 6443)),
          "default",
          List.of(),
          KvLimits.DEFAULT,
          new EtcdAccess.Certificates(),
          false,
          ServiceRanges.DEFAULT,
          KubeConfig.EVENT_TTL_DEFAULT,
          false,
          FlowLimits.DEFAULT,
          Set.of(),
          ControllerSelection.ALL,
          AuthorizationModes.DEFAULT,
          AdmissionSettings.DEFAULT,
          AuditSettings.DEFAULT,
          CompactionConfig.DEFAULT,
          EtcdQueuing.OFF,
          EtcdAuth.DEFAULT,
          Advertising.DEFAULT);

  /// The configuration of a server within another program: for this machine alone, on ports that are free, and with a token for its
  /// administrator.
  ///
  /// @param data the folder of everything; empty for a server that keeps nothing
  /// @param controllers those that it runs itself
  public static ServerConfig within(Optional<Path> data, ControllerSelection controllers) {
    Optional<Endpoint> free = Optional.of(new Endpoint("127.0.0.1", 0));
    return new ServerConfig(
        data,
        data.isEmpty(),
        free,
        free,
        DEFAULT.name(),
        DEFAULT.advertisedUrls(),
        DEFAULT.limits(),
        DEFAULT.access(),
        true,
        DEFAULT.serviceRanges(),
        DEFAULT.eventTtl(),
        DEFAULT.allowPrivileged(),
        DEFAULT.flow(),
        DEFAULT.earlier(),
        controllers,
        DEFAULT.authorization(),
        DEFAULT.admission(),
        DEFAULT.audit(),
        DEFAULT.compaction(),
        DEFAULT.queuing(),
        DEFAULT.auth(),
        DEFAULT.advertising());
  }

  /// The same for a program of which nothing outlives a run.
  public ServerConfig keepingNothing() {
    return new ServerConfig(
        Optional.empty(),
        true,
        etcd,
        kube,
        name,
        advertisedUrls,
        limits,
        access,
        adminToken,
        serviceRanges,
        eventTtl,
        allowPrivileged,
        flow,
        earlier,
        controllers,
        authorization,
        admission,
        audit,
        compaction,
        queuing,
        auth,
        advertising);
  }

  public ServerConfig {
    advertisedUrls = List.copyOf(advertisedUrls);
    earlier = Set.copyOf(earlier);
    if (etcd.isEmpty() && kube.isEmpty()) {
      throw new IllegalArgumentException(
          "--etcd off with --kube off (expected: at least one of them served)");
    }
    if (data.isEmpty() && !memory) {
      throw new IllegalArgumentException(
          "a store on disk without a folder (expected: --data DIR, or --memory)");
    }
    if (access instanceof EtcdAccess.ClearText && !etcd.map(Endpoint::isLoopback).orElse(true)) {
      throw new IllegalArgumentException(
          "--etcd-insecure with --etcd %s (expected: an address of this machine alone, such as 127.0.0.1:2379)"
              .formatted(etcd.orElseThrow()));
    }
    if (etcd.isEmpty() && queuing.plan().isPresent()) {
      throw new IllegalArgumentException(
          "--etcd-fair-queuing %s with --etcd off (expected: an address of etcd)"
              .formatted(queuing.given()));
    }
    if (advertising.isGiven() && advertising.reconciler() == Advertising.EndpointReconciler.LEASE) {
      Advertising.require(advertising.address(), serviceRanges);
    }
    if (etcd.isPresent() && etcd.equals(kube) && etcd.orElseThrow().port() != 0) {
      throw new IllegalArgumentException(
          "--etcd %s and --kube %s (expected: two addresses)"
              .formatted(etcd.orElseThrow(), kube.orElseThrow()));
    }
  }
}
