package dev.pintle.kube.controller;

import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kube.controller.LocalClient.Target;
import dev.pintle.kube.controller.Reconciler.Followed;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.verb.EnsureExists;
import dev.pintle.kube.verb.VerbContext;
import dev.pintle.kube.workqueue.Restrained;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// The service `kubernetes`, by which pods find the server, and its Endpoints and EndpointSlice: the service is made again when somebody
/// deletes it, and where an address is advertised the others name the servers that live. At the end the server takes its address back; those of
/// servers that could not are taken back when their leases end.
public final class KubernetesService implements Controller {
  private static final String CONTROLLER = "kubernetes-service-controller";
  private static final String NAMESPACE = "default";
  private static final String NAME = "kubernetes";
  private static final String SKIP_MIRROR = "endpointslice.kubernetes.io/skip-mirror";
  private static final String SERVICE_NAME = "kubernetes.io/service-name";
  private static final String METADATA = "metadata";
  private static final String LABELS = "labels";
  private static final String SUBSETS = "subsets";
  private static final String ADDRESSES = "addresses";
  private static final String PORTS = "ports";
  private static final String ENDPOINTS = "endpoints";
  private static final String TYPE = "addressType";

  private static final Duration TIME = Duration.ofSeconds(15);

  private final LocalClient client;
  private final ReconciledWrite writes;
  private final VerbContext context;
  private final Types types;
  private final EnsureExists.Wanted service;
  private final ServingAddress at;
  private final ControllerFailures failures;
  private final ServerLeases leases;
  private final Reconciler reconciler;
  private Future<?> renewals = CompletableFuture.completedFuture(null);

  /// Whether ports were looked at. Of the reconciler's thread.
  private boolean portsKnown;

  /// The servers that lived when it was last looked, and those that do no more and may still be named. Of the reconciler's thread.
  private List<String> named = List.of();

  private final Set<String> ended = new HashSet<>();

  /// Whether an address was taken back, and not from the slice yet. Of the reconciler's thread.
  private boolean sliceIsBehind;

  /// The types of what is kept.
  public record Types(ResourceType services, ResourceType endpoints, ResourceType slices) {}

  /// @param client in the name of the server
  /// @param service as it is made
  public KubernetesService(
      LocalClient client,
      Types types,
      EnsureExists.Wanted service,
      ServingAddress at,
      ControllerFailures failures) {
    this.client = client;
    this.context = client.context();
    this.writes = new ReconciledWrite(context);
    this.types = types;
    this.service = service;
    this.at = at;
    this.failures = failures;
    this.leases = new ServerLeases(context, types.endpoints(), at.advertised());
    List<Followed> followed = new ArrayList<>();
    followed.add(object(types.services()));
    followed.add(object(types.endpoints()));
    followed.add(Followed.always(ServerLeases.RANGE));
    if (isAdvertised()) {
      followed.add(object(types.slices()));
    }
    this.reconciler = new Reconciler(CONTROLLER, context.member(), failures, followed, this::keep);
    reconciler.start();
    if (isAdvertised()) {
      renewals =
          context
              .timers()
              .scheduleWithFixedDelay(
                  reconciler::wake,
                  ServerLeases.RENEWAL_SECONDS,
                  ServerLeases.RENEWAL_SECONDS,
                  TimeUnit.SECONDS);
    }
  }

  private static Followed object(ResourceType type) {
    return Followed.always(KeyRange.point(Keys.object(type, NAMESPACE, NAME)));
  }

  private boolean isAdvertised() {
    return !at.advertised().isEmpty();
  }

  private void keep() {
    if (isAdvertised()) {
      leases.renew();
    }
    List<Runnable> both = List.of(() -> writes.make(List.of(service), TIME), this::keepAddresses);
    Restrained.each(both, Runnable::run);
  }

  private void keepAddresses() {
    if (isAdvertised()) {
      portsKnown |= isFollowed(client, !portsKnown, false);
    } else {
      forgetEnded();
    }
  }

  /// Takes back the addresses of servers that ended without doing it, where this one has none to name: it names theirs until their leases end.
  /// What somebody else wrote there is left alone.
  private void forgetEnded() {
    ObjectView view = context.view();
    List<String> living = leases.addresses(view);
    ended.addAll(named);
    ended.removeAll(living);
    named = living;
    StoredObject stored = view.find(types.endpoints(), NAMESPACE, NAME);
    JsonObject now = stored == null ? new JsonObject() : stored.tree();
    List<JsonObject> subsets = now.objects(SUBSETS);
    List<String> addresses = subsets.size() == 1 ? addresses(subsets.getFirst()) : List.of();
    if (addresses.stream().noneMatch(ended::contains)) {
      ended.clear();
      if (sliceIsBehind) {
        followSlice(client, now);
        sliceIsBehind = false;
      }
      return;
    }
    put(now, addresses.stream().filter(each -> !ended.contains(each)).toList(), false);
    // Who is overtaken hears of it by the watch, and looks again.
    if (isWritten(() -> client.update(new Target(types.endpoints(), NAMESPACE, NAME), "", now))) {
      sliceIsBehind = true;
      followSlice(client, now);
      sliceIsBehind = false;
    }
  }

  /// Has Endpoints and EndpointSlice name the servers that live; answers whether nobody was faster, whose change is seen by the watch.
  ///
  /// @param by writes them
  /// @param ports whether other ports than the server's are put right, too: servers that differ in it must not do so again and again
  /// @param ending whether there may be no server any more
  private boolean isFollowed(LocalClient by, boolean ports, boolean ending) {
    ObjectView view = context.view();
    List<String> addresses = leases.addresses(view);
    StoredObject stored = view.find(types.endpoints(), NAMESPACE, NAME);
    // Whoever took our own lease away meanwhile is seen by the watch.
    if (ending ? stored == null : addresses.isEmpty()) {
      return ending;
    }
    Target target = new Target(types.endpoints(), NAMESPACE, NAME);
    JsonObject now = stored == null ? fresh("v1", "Endpoints") : stored.tree();
    boolean changed = put(now, addresses, ports);
    boolean written = true;
    if (stored == null) {
      Target collection = new Target(types.endpoints(), NAMESPACE, "");
      written = isWritten(() -> by.create(collection, now));
    } else if (changed) {
      written = isWritten(() -> by.update(target, "", now));
    }
    if (written) {
      followSlice(by, now);
    }
    return written;
  }

  private static boolean isWritten(Runnable request) {
    boolean[] written = new boolean[1];
    Refusals.unlessOvertaken(() -> {
      request.run();
      written[0] = true;
    });
    return written[0];
  }

  private static JsonObject fresh(String apiVersion, String kind) {
    return new JsonObject()
        .set("apiVersion", apiVersion)
        .set("kind", kind)
        .set(METADATA, new JsonObject().set("name", NAME).set("namespace", NAMESPACE));
  }

  /// Writes addresses into Endpoints; answers whether they differ from what was there.
  private boolean put(JsonObject endpoints, List<String> addresses, boolean ports) {
    JsonObject labels = endpoints.objectAt(METADATA).objectAt(LABELS);
    boolean changed = !labels.textOrEmpty(SKIP_MIRROR).equals("true");
    labels.set(SKIP_MIRROR, "true");
    List<JsonObject> subsets = endpoints.objects(SUBSETS);
    boolean wellFormed = subsets.size() == 1;
    JsonArray kept = wellFormed ? subsets.getFirst().arrayOrEmpty(PORTS) : ports();
    boolean samePorts = !ports || kept.equals(ports());
    boolean sameAddresses = wellFormed && addresses.equals(addresses(subsets.getFirst()));
    if (wellFormed && samePorts && sameAddresses) {
      return changed;
    }
    JsonArray now = new JsonArray();
    if (!addresses.isEmpty()) {
      JsonArray each = new JsonArray();
      addresses.forEach(ip -> each.add(new JsonObject().set("ip", ip)));
      now.add(new JsonObject().set(ADDRESSES, each).set(PORTS, samePorts ? kept.copy() : ports()));
    }
    endpoints.set(SUBSETS, now);
    return true;
  }

  private static List<String> addresses(JsonObject subset) {
    return subset.objects(ADDRESSES).stream().map(each -> each.textOrEmpty("ip")).sorted().toList();
  }

  private JsonArray ports() {
    return JsonArray.of(
        new JsonObject()
            .set("name", "https")
            .set("port", Json.of(at.port()))
            .set("protocol", "TCP"));
  }

  /// Has the EndpointSlice say what the Endpoints do.
  private void followSlice(LocalClient by, JsonObject endpoints) {
    JsonObject wanted = slice(endpoints);
    StoredObject stored = context.view().find(types.slices(), NAMESPACE, NAME);
    Target target = new Target(types.slices(), NAMESPACE, NAME);
    Target collection = new Target(types.slices(), NAMESPACE, "");
    if (stored == null) {
      Refusals.unlessOvertaken(() -> by.create(collection, wanted));
      return;
    }
    JsonObject now = stored.tree();
    if (!now.textOrEmpty(TYPE).equals(wanted.textOrEmpty(TYPE))) {
      // The family of a slice never changes.
      Refusals.unlessGone(() -> by.delete(target, new JsonObject()));
      Refusals.unlessOvertaken(() -> by.create(collection, wanted));
    } else if (!now.arrayOrEmpty(ENDPOINTS).equals(wanted.arrayOrEmpty(ENDPOINTS))
        || !now.arrayOrEmpty(PORTS).equals(wanted.arrayOrEmpty(PORTS))
        || !labels(now).equals(labels(wanted))) {
      Refusals.unlessOvertaken(() -> by.update(target, "", wanted));
    }
  }

  private static JsonObject labels(JsonObject object) {
    return object.objectOrEmpty(METADATA).objectOrEmpty(LABELS);
  }

  /// Of the family that all addresses have, or else of IPv4: addresses of the other are left out.
  private static JsonObject slice(JsonObject endpoints) {
    JsonObject slice = fresh("discovery.k8s.io/v1", "EndpointSlice");
    slice.objectAt(METADATA).set(LABELS, new JsonObject().set(SERVICE_NAME, NAME));
    List<JsonObject> subsets = endpoints.objects(SUBSETS);
    List<String> addresses = subsets.isEmpty() ? List.of() : addresses(subsets.getFirst());
    boolean v6 = !addresses.isEmpty() && addresses.stream().allMatch(KubernetesService::isV6);
    JsonArray each = new JsonArray();
    for (String address : addresses) {
      if (isV6(address) == v6) {
        each.add(
            new JsonObject()
                .set(ADDRESSES, JsonArray.of(Json.of(address)))
                .set("conditions", new JsonObject().set("ready", Json.Bool.TRUE)));
      }
    }
    slice.set(TYPE, v6 ? "IPv6" : "IPv4").set(ENDPOINTS, each);
    if (!subsets.isEmpty()) {
      slice.set(PORTS, subsets.getFirst().arrayOrEmpty(PORTS).copy());
    }
    return slice;
  }

  private static boolean isV6(String address) {
    return address.indexOf(':') >= 0;
  }

  @Override
  public void close() {
    renewals.cancel(false);
    reconciler.close();
    if (isAdvertised()) {
      try {
        leases.end();
        var _ = isFollowed(client.unrestrained(), true, true);
      } catch (RuntimeException | StackOverflowError failed) {
        failures.add(CONTROLLER, "the server's own address", failed);
      }
    }
  }
}
