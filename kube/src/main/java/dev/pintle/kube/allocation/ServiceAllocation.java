package dev.pintle.kube.allocation;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.allocation.IpAddressObjects.Maker;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.registry.RegistryHooks;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.member.Member;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The allocation of IP families, cluster IPs and node ports of services, in the transaction that writes the service. A
/// cluster IP is an IPAddress object, a node port a bit of the object that all servers of a cluster share.
public final class ServiceAllocation implements RegistryHooks {
  private final List<ServiceNetwork> networks;
  private final IpFamilies families;
  private final ResourceType cidrs;
  private final ResourceType services;
  private final IpAddressObjects addresses;
  private final AddressIndex index = new AddressIndex();
  private final NodePorts ports;
  private final Supplier<ObjectView> views;
  private final RandomGenerator random;

  /// @param types finds the resources `services`, `ipaddresses` and `servicecidrs`
  /// @param views the store as it is now
  public ServiceAllocation(
      ServiceRanges ranges,
      Function<String, ResourceType> types,
      Maker maker,
      Supplier<ObjectView> views,
      RandomGenerator random) {
    this.networks = ranges.serviceNetworks();
    this.families = new IpFamilies(ranges.families());
    this.cidrs = types.apply("servicecidrs");
    this.services = types.apply("services");
    this.views = views;
    this.addresses = new IpAddressObjects(types.apply("ipaddresses"), maker);
    this.ports = new NodePorts(ranges.nodePorts(), services, views);
    this.random = random;
  }

  @Override
  public void beginWrite(AdmissionRequest request, ObjectView view) {
    JsonObject service = request.object();
    if (service == null || !request.isOf("", "services")) {
      return;
    }
    JsonObject old = request.old();
    JsonObject spec = service.objectAt("spec");
    JsonObject oldSpec = old == null ? null : old.objectAt("spec");
    if (oldSpec != null) {
      PatchedAllocations.settle(spec, oldSpec);
    }
    families.settle(request, spec, oldSpec);
    ServiceNumbers before = old == null ? ServiceNumbers.none() : ServiceNumbers.of(old);
    if (oldSpec == null || isExternal(oldSpec)) {
      allocateClusterIps(request, spec, 0, view);
    } else if (IpFamilies.isUpgrade(spec, oldSpec)) {
      allocateClusterIps(request, spec, 1, view);
    }
    allocateNodePorts(request, service, before, view);
    writeAddresses(request, ServiceNumbers.of(service).addresses(), before.addresses(), view);
  }

  /// Only what is outside the cluster has no address; all others keep theirs, which validation holds them to.
  private static boolean isExternal(JsonObject spec) {
    return "ExternalName".equals(spec.text("type"));
  }

  private void allocateClusterIps(
      AdmissionRequest request, JsonObject spec, int from, ObjectView view) {
    new ClusterIpAllocator(
            request,
            ServiceCidrs.of(cidrs, view, networks),
            address -> addresses.exists(address, view),
            network -> index.choose(network, addresses.type(), view, random))
        .allocate(spec, from);
  }

  private void allocateNodePorts(
      AdmissionRequest request, JsonObject service, ServiceNumbers before, ObjectView view) {
    JsonObject spec = service.objectAt("spec");
    if (!mayHavePorts(spec) && before.ports().isEmpty()) {
      return;
    }
    if (request.dryRun()) {
      new NodePortAllocator(request, ports.range(), ports.at(view), random).allocate(spec);
      return;
    }
    ports.change(
        request.transaction(),
        bitmap -> {
          new NodePortAllocator(request, ports.range(), bitmap, random).allocate(spec);
          without(before.ports(), ServiceNumbers.of(service).ports()).forEach(bitmap::release);
        });
  }

  private static boolean mayHavePorts(JsonObject spec) {
    String type = String.valueOf(spec.text("type"));
    return type.equals("NodePort") || type.equals("LoadBalancer");
  }

  private void writeAddresses(
      AdmissionRequest request, Set<ClusterIp> now, Set<ClusterIp> before, ObjectView view) {
    if (request.dryRun()) {
      return;
    }
    String namespace = request.namespace();
    String name = request.name();
    ObjectTransaction transaction = request.transaction();
    without(now, before)
        .forEach(address -> addresses.take(address, namespace, name, view, transaction));
    addresses.release(without(before, now), namespace, name, view, transaction);
  }

  private static <T> Set<T> without(Set<T> numbers, Set<T> others) {
    Set<T> left = new HashSet<>(numbers);
    left.removeAll(others);
    return left;
  }

  /// Gives the numbers that services have to them where the store does not say so: those of older programs, or of others that wrote
  /// past this server. Waits.
  ///
  /// @throws dev.pintle.kube.status.StatusError when the store takes no writes
  /// @throws RuntimeException for the first of the services that cannot be read, after all others are mended
  public void repair(Member member) {
    ObjectView view = views.get();
    RuntimeException unreadable = null;
    for (KeyValue kv : view.range(RangeRequest.of(Keys.range(services, ""))).entries()) {
      try {
        repairAddresses(view.read(services, kv), view, member);
      } catch (StatusError refused) {
        throw refused;
      } catch (RuntimeException failed) {
        unreadable =
            unreadable != null ? unreadable : new IllegalStateException(kv.key().utf8(), failed);
      }
    }
    repairPorts(member);
    if (unreadable != null) {
      throw unreadable;
    }
  }

  private void repairAddresses(StoredObject service, ObjectView view, Member member) {
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      for (ClusterIp address : ServiceNumbers.of(service.tree()).addresses()) {
        if (!addresses.exists(address, view)) {
          addresses.take(address, service.namespace(), service.name(), view, transaction);
        }
      }
      if (!transaction.isEmpty()) {
        // What was overtaken is right again, or is mended the next time.
        transaction.unchanged(service.key(), service.version()).commit(member);
      }
    }
  }

  private void repairPorts(Member member) {
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      ports.repair(transaction);
      if (!transaction.isEmpty()) {
        transaction.commit(member);
      }
    }
  }

  @Override
  public void afterDelete(
      ResourceType type,
      Supplier<JsonObject> last,
      ObjectTransaction transaction,
      ObjectView view) {
    if (!type.group().isEmpty() || !type.plural().equals("services")) {
      return;
    }
    JsonObject service = last.get();
    JsonObject metadata = service.objectAt("metadata");
    ServiceNumbers numbers = ServiceNumbers.of(service);
    addresses.release(
        numbers.addresses(),
        String.valueOf(metadata.text("namespace")),
        String.valueOf(metadata.text("name")),
        view,
        transaction);
    if (!numbers.ports().isEmpty()) {
      ports.change(transaction, bitmap -> numbers.ports().forEach(bitmap::release));
    }
  }
}
