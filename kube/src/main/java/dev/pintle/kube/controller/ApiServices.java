package dev.pintle.kube.controller;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.crd.DefinitionConditions;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.AggregatedGroupVersion;
import dev.pintle.kube.schema.GroupOrder;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.schema.TypeSnapshot;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.verb.EnsureExists;
import dev.pintle.kube.verb.VerbContext;
import dev.pintle.kube.workqueue.Restrained;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// The controller of APIServices: keeps one for each version of a group that definitions bring, sets the condition
/// `Available` of all, and tells discovery of those that users made.
public final class ApiServices implements Controller {
  private static final GroupVersion REGISTRATION = new GroupVersion("apiregistration.k8s.io", "v1");
  private static final GroupVersion CORE = new GroupVersion("", "v1");
  private static final GroupVersion DISCOVERY = new GroupVersion("discovery.k8s.io", "v1");
  private static final String MANAGED = "kube-aggregator.kubernetes.io/automanaged";
  private static final int CUSTOM_VERSION_PRIORITY = 100;

  /// What admission may take for those that are made at once.
  private static final Duration TIME = Duration.ofSeconds(15);

  private final VerbContext context;
  private final ReconciledWrite writes;
  private final TypeRegistry types;
  private final TypeSnapshot builtIn;
  private final ResourceType type;
  private final ResourceType serviceType;
  private final ResourceType sliceType;
  private final Reconciler reconciler;
  private final TypeRegistry.Subscription subscription;
  // Services matter only while an APIService names one.
  private volatile boolean namesServices;
  // Of the reconciler's thread alone: what was read, and the revisions at which nothing was left to
  // say of what this
  // server serves itself.
  private final Map<Bytes, Seen> known = new HashMap<>();
  private final Map<Bytes, Long> judged = new HashMap<>();

  public ApiServices(
      VerbContext context, TypeRegistry types, TypeSnapshot builtIn, ControllerFailures failures) {
    this.context = context;
    this.writes = new ReconciledWrite(context);
    this.types = types;
    this.builtIn = builtIn;
    this.type = type(REGISTRATION, "apiservices");
    this.serviceType = type(CORE, "services");
    this.sliceType = type(DISCOVERY, "endpointslices");
    this.reconciler =
        new Reconciler(
            "kube-api-services",
            context.member(),
            failures,
            List.of(
                Reconciler.Followed.always(Keys.range(type, "")),
                new Reconciler.Followed(Keys.range(serviceType, ""), () -> namesServices),
                new Reconciler.Followed(Keys.range(sliceType, ""), () -> namesServices)),
            this::settle);
    this.subscription = types.whenChanged(reconciler::wake);
    reconciler.start();
  }

  private ResourceType type(GroupVersion version, String plural) {
    return Objects.requireNonNull(builtIn.resource(version, plural), plural);
  }

  private void settle() {
    ObjectView view = context.view();
    Map<String, GroupVersion> missing = customVersions();
    List<AggregatedGroupVersion> announced = new ArrayList<>();
    List<StoredObject> all = new ArrayList<>();
    List<StoredObject> unwanted = new ArrayList<>(0);
    Set<Bytes> present = new HashSet<>();
    for (KeyValue kv : view.range(RangeRequest.of(Keys.range(type, ""))).entries()) {
      present.add(kv.key());
      Seen seen = seen(view, kv);
      StoredObject stored = seen.stored();
      boolean wanted = missing.remove(stored.name()) != null;
      if (seen.managed().equals("true") && !wanted) {
        unwanted.add(stored);
        continue;
      }
      if (seen.managed().isEmpty()) {
        announced.add(seen.announced());
      }
      if (!seen.announced().local() || judged.getOrDefault(kv.key(), 0L) != kv.modRevision()) {
        all.add(stored);
      }
    }
    known.keySet().removeIf(key -> !present.contains(key));
    judged.keySet().retainAll(known.keySet());
    // Known before the status is written, so that whoever reads of a service finds its group
    // listed.
    types.announce(announced);
    namesServices = announced.stream().anyMatch(each -> !each.local());
    List<Runnable> steps = new ArrayList<>();
    unwanted.forEach(stored -> steps.add(() -> writes.delete(stored)));
    ApiServiceAvailability reach = new ApiServiceAvailability(serviceType, sliceType, view);
    all.forEach(stored -> steps.add(() -> judge(stored, reach)));
    steps.add(() -> writes.make(missing.values().stream().map(this::custom).toList(), TIME));
    Restrained.each(steps, Runnable::run);
  }

  /// An APIService as it was read at one revision.
  private record Seen(StoredObject stored, String managed, AggregatedGroupVersion announced) {}

  private Seen seen(ObjectView view, KeyValue kv) {
    Seen before = known.get(kv.key());
    if (before != null && before.stored().version() == kv.modRevision()) {
      return before;
    }
    StoredObject stored = view.read(type, kv);
    JsonObject tree = stored.tree();
    Seen now = new Seen(stored, managed(tree), announced(tree));
    known.put(kv.key(), now);
    return now;
  }

  private void judge(StoredObject stored, ApiServiceAvailability reach) {
    JsonObject now = stored.tree().copy();
    ApiServiceAvailability.Answer answer = reach.of(now);
    DefinitionConditions.set(
        now,
        "Available",
        answer.available(),
        answer.reason(),
        answer.message(),
        context.clock().instant());
    writes.updateStatus(type, stored, now);
    judged.put(stored.key(), stored.version());
  }

  /// By the names of their APIServices.
  private Map<String, GroupVersion> customVersions() {
    Map<String, GroupVersion> versions = new TreeMap<>();
    for (ResourceType each : types.current().resources()) {
      GroupVersion version = each.groupVersion();
      if (each.isCustom() && !builtIn.serves(version)) {
        versions.put(name(version), version);
      }
    }
    return versions;
  }

  private static String name(GroupVersion version) {
    return version.version() + "." + version.group();
  }

  private static String managed(JsonObject apiService) {
    return apiService.objectAt("metadata").objectOrEmpty("labels").textOrEmpty(MANAGED);
  }

  private static AggregatedGroupVersion announced(JsonObject apiService) {
    JsonObject spec = apiService.objectAt("spec");
    return new AggregatedGroupVersion(
        new GroupVersion(
            Objects.requireNonNullElse(spec.text("group"), ""),
            Objects.requireNonNullElse(spec.text("version"), "")),
        (int) spec.wholeOrZero("groupPriorityMinimum"),
        spec.object("service") == null);
  }

  private EnsureExists.Wanted custom(GroupVersion version) {
    return local(type, version, "true", GroupOrder.CUSTOM_PRIORITY, CUSTOM_VERSION_PRIORITY);
  }

  /// One of a version that this server serves.
  ///
  /// @param managed `onstart` for what comes with the program, `true` for what comes and goes
  public static EnsureExists.Wanted local(
      ResourceType type,
      GroupVersion version,
      String managed,
      int groupPriority,
      int versionPriority) {
    JsonObject spec = new JsonObject();
    if (!version.group().isEmpty()) {
      spec.set("group", version.group());
    }
    spec.set("version", version.version())
        .set("groupPriorityMinimum", Json.of(groupPriority))
        .set("versionPriority", Json.of(versionPriority));
    JsonObject object =
        new JsonObject()
            .set("kind", "APIService")
            .set("apiVersion", REGISTRATION.text())
            .set(
                "metadata",
                new JsonObject()
                    .set("name", name(version))
                    .set("labels", new JsonObject().set(MANAGED, managed)))
            .set("spec", spec);
    return EnsureExists.Wanted.of(type, "", object);
  }

  @Override
  public void close() {
    subscription.close();
    reconciler.close();
  }
}
