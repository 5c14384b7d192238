package dev.pintle.kube.allocation;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.allocation.IpAddressObjects.Maker;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.registry.RegistryHooks;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.member.Member;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The allocation of IP families, cluster IPs and node ports of services, in the transaction that writes the service. A
/// cluster IP is an IPAddress object, a node port a bit of the object that all servers of a cluster share.
public final class ServiceAllocation implements RegistryHooks {
  private final ServiceNetwork network;
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
    this.network = new ServiceNetwork(ranges.network());
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
    if (old != null) {
      PatchedAllocations.settle(spec, old.objectAt("spec"));
    }
    IpFamilies.settle(request, spec, old == null ? null : old.objectAt("spec"));
    ServiceNumbers before = old == null ? ServiceNumbers.none() : ServiceNumbers.of(old);
    if (old == null || isExternal(old)) {
      chooseAddress(request, spec, before, view);
    }
    choosePorts(request, service, before, view);
    writeAddresses(request, ServiceNumbers.of(service).addresses(), before.addresses(), view);
  }

  /// Only what is outside the cluster has no address; all others keep theirs, which validation holds them to.
  private static boolean isExternal(JsonObject service) {
    return "ExternalName".equals(service.objectAt("spec").text("type"));
  }

  private void chooseAddress(
      AdmissionRequest request, JsonObject spec, ServiceNumbers before, ObjectView view) {
    Function<Range, OptionalLong> free =
        range -> index.choose(range, addresses.type(), view, random);
    new AddressChoice(
            request,
            ServiceCidrs.of(cidrs, view, network),
            address -> addresses.exists(address, view),
            free)
        .apply(spec, before);
  }

  private void choosePorts(
      AdmissionRequest request, JsonObject service, ServiceNumbers before, ObjectView view) {
    JsonObject spec = service.objectAt("spec");
    if (!mayHavePorts(spec) && before.ports().isEmpty()) {
      return;
    }
    if (request.dryRun()) {
      new PortChoice(request, ports.range(), ports.at(view), random).apply(spec, before);
      return;
    }
    ports.change(
        request.transaction(),
        bitmap -> {
          new PortChoice(request, ports.range(), bitmap, random).apply(spec, before);
          without(before.ports(), ServiceNumbers.of(service).ports()).forEach(bitmap::release);
        });
  }

  private static boolean mayHavePorts(JsonObject spec) {
    String type = String.valueOf(spec.text("type"));
    return type.equals("NodePort") || type.equals("LoadBalancer");
  }

  private void writeAddresses(
      AdmissionRequest request, Set<Long> now, Set<Long> before, ObjectView view) {
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

  private static Set<Long> without(Set<Long> numbers, Set<Long> others) {
    Set<Long> left = new HashSet<>(numbers);
    left.removeAll(others);
    return left;
  }

  /// Gives the numbers that services have to them where the store does not say so: those of older programs, or of others that wrote
  /// past this server. Waits.
  ///
  /// @throws dev.pintle.kube.status.StatusError when the store takes no writes
  public void repair(Member member) {
    ObjectView view = views.get();
    for (KeyValue kv : view.range(RangeRequest.of(Keys.range(services, ""))).entries()) {
      StoredObject service = view.read(services, kv);
      try (ObjectTransaction transaction = new ObjectTransaction()) {
        for (long address : ServiceNumbers.of(service.tree()).addresses()) {
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
