package dev.pintle.kube;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.CertificateRequester;
import dev.pintle.kube.admission.CertificateRights;
import dev.pintle.kube.admission.CertificateTimes;
import dev.pintle.kube.admission.ClaimExpansion;
import dev.pintle.kube.admission.CreationOnUpdate;
import dev.pintle.kube.admission.DefaultClass;
import dev.pintle.kube.admission.DefaultTolerations;
import dev.pintle.kube.admission.DeviceAdminAccess;
import dev.pintle.kube.admission.Escalation;
import dev.pintle.kube.admission.NamespaceLifecycle;
import dev.pintle.kube.admission.NewNodeTaint;
import dev.pintle.kube.admission.PodPriority;
import dev.pintle.kube.admission.PodTopologyLabels;
import dev.pintle.kube.admission.RuntimeClasses;
import dev.pintle.kube.admission.ServiceAccountMount;
import dev.pintle.kube.admission.StorageProtection;
import dev.pintle.kube.allocation.ServiceAllocation;
import dev.pintle.kube.allocation.ServiceRanges;
import dev.pintle.kube.authn.Authenticator;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.bootstrap.Bootstrap;
import dev.pintle.kube.chain.Authentication;
import dev.pintle.kube.chain.Authorization;
import dev.pintle.kube.chain.ErrorResponder;
import dev.pintle.kube.chain.Impersonation;
import dev.pintle.kube.chain.Replies;
import dev.pintle.kube.chain.Stage;
import dev.pintle.kube.chain.Tracking;
import dev.pintle.kube.controller.ApiServices;
import dev.pintle.kube.controller.Controller;
import dev.pintle.kube.controller.FlowSchemas;
import dev.pintle.kube.conversion.Conversions;
import dev.pintle.kube.crd.CreationInTermination;
import dev.pintle.kube.crd.DefinitionController;
import dev.pintle.kube.decode.BodyReader;
import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.discovery.DiscoveryDocuments;
import dev.pintle.kube.encode.Forms;
import dev.pintle.kube.encode.WholeLists;
import dev.pintle.kube.limit.LimitRanger;
import dev.pintle.kube.limit.ResizeBounds;
import dev.pintle.kube.metrics.RequestMetrics;
import dev.pintle.kube.negotiation.Protobuf;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.openapi.OpenApiDocuments;
import dev.pintle.kube.ownership.FieldOwnership;
import dev.pintle.kube.ownership.VersionedSchemas;
import dev.pintle.kube.protobuf.ProtobufCodec;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectWriter;
import dev.pintle.kube.table.Tables;
import dev.pintle.kube.token.ServiceAccountTokens;
import dev.pintle.kube.verb.Create;
import dev.pintle.kube.verb.Delete;
import dev.pintle.kube.verb.DeleteCollection;
import dev.pintle.kube.verb.DeletionReader;
import dev.pintle.kube.verb.Eviction;
import dev.pintle.kube.verb.Get;
import dev.pintle.kube.verb.ListObjects;
import dev.pintle.kube.verb.Patch;
import dev.pintle.kube.verb.PodBinding;
import dev.pintle.kube.verb.Replace;
import dev.pintle.kube.verb.Scale;
import dev.pintle.kube.verb.VerbContext;
import dev.pintle.kube.verb.VerbHandler;
import dev.pintle.kube.watch.WatchObjects;
import dev.pintle.kube.worker.FairExecutor;
import dev.pintle.kube.worker.FairLimits;
import dev.pintle.member.Member;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The parts of the surface, put together: read top to bottom.
final class Assembly implements AutoCloseable {
  private static final GroupVersion CORE = new GroupVersion("", "v1");
  private static final GroupVersion EXTENSIONS = new GroupVersion("apiextensions.k8s.io", "v1");
  private static final GroupVersion NETWORKING = new GroupVersion("networking.k8s.io", "v1");
  private static final GroupVersion NODE = new GroupVersion("node.k8s.io", "v1");
  private static final GroupVersion POLICY = new GroupVersion("policy", "v1");
  private static final GroupVersion RBAC = new GroupVersion("rbac.authorization.k8s.io", "v1");
  private static final GroupVersion SCHEDULING = new GroupVersion("scheduling.k8s.io", "v1");
  private static final GroupVersion STORAGE = new GroupVersion("storage.k8s.io", "v1");

  private final BuiltInTypes builtIn = BuiltInTypes.load();
  private final TypeRegistry types = new TypeRegistry(builtIn.snapshot());
  private final ProtobufCodec protobuf = new ProtobufCodec(builtIn);
  private final Conversions conversions = new Conversions();
  private final BuiltInRules rules = new BuiltInRules();
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("kube-work-", 0).factory());
  private final FairExecutor bulk =
      new FairExecutor(
          FairLimits.of(
              Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory()));
  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("kube-timers").factory());
  private final Clock clock = Clock.systemUTC();
  private final SecureRandom random = new SecureRandom();
  private final Forms forms = new Forms(envelopes(), rows(clock));
  private final Replies replies = new Replies(forms);
  private final Authorizer authorizer = new Authorizer(types);
  private final ServiceAccountTokens tokens;
  private final Authenticator authenticator;
  private final KubeConfig config;
  private final VerbContext services;
  private final DefinitionController definitions;
  private final Stage chain;
  private final List<Controller> upkeep = new CopyOnWriteArrayList<>();

  /// @param tokenKey signs the tokens of service accounts; asked for when first needed, on a thread that may wait
  Assembly(Member member, KubeConfig config, Supplier<KeyPair> tokenKey) {
    this.config = config;
    this.tokens = new ServiceAccountTokens(tokenKey, types, clock);
    this.authenticator = new Authenticator(config.adminToken(), tokens);
    this.services =
        new VerbContext(
            member,
            new ObjectReader(translator()),
            new ObjectWriter(member),
            new BodyReader(envelopes(), this::schema),
            rules,
            admissions(),
            ownership(),
            clock,
            random,
            workers,
            bulk,
            new WholeLists(Runtime.getRuntime().maxMemory() / 2),
            timers);
    this.definitions =
        new DefinitionController(
            member, types, services.objects(), builtIn, services.ownership(), clock);
    this.chain = stages();
  }

  private FieldOwnership ownership() {
    return new FieldOwnership(
        new VersionedSchemas(types::current, translator()::convert),
        schema -> Canonicalizer.canonical(schema, new JsonObject()),
        clock);
  }

  /// The way of a request, in upstream's order; read from the bottom up. Audit would stand before impersonation, priority
  /// levels after it.
  private Stage stages() {
    ResourceHandler resources =
        new ResourceHandler(
            types,
            builtIn.snapshot(),
            new VerbHandlers(plain(), special(), virtual()),
            services,
            replies,
            config.requestBytesMax());
    Health health = new Health(services.member()::stopReason);
    PathIndex index = new PathIndex(types, health);
    RequestMetrics metrics =
        new RequestMetrics(target -> resources.knows(target) || index.hasFixed(target.path()));
    Stage served =
        new RequestRouter(resources, new NonResourcePaths(routes(health, index, metrics), replies));
    Stage authorized = new Authorization(authorizer, services::view, served);
    Stage impersonated = new Impersonation(authorizer, services::view, authorized);
    Stage authenticated = new Authentication(authenticator, services::view, impersonated);
    Stage answered = new ErrorResponder(replies, authenticated);
    Stage threaded =
        new FastRead(
            resources, authenticator, authorizer, services::view, replies, workers, answered);
    return new Tracking(metrics, threaded);
  }

  private List<Route> routes(Health health, PathIndex index, RequestMetrics metrics) {
    return List.of(
        new AggregatedApis(types),
        new DiscoveryRoutes(new DiscoveryDocuments(types)),
        new OpenApiRoutes(
            new OpenApiDocuments(types, VersionInfo.MAJOR + "." + VersionInfo.MINOR),
            clock,
            services.bulk()),
        health,
        new VersionInfo(),
        new MetricsRoute(metrics, health, config.moreMetrics()),
        index,
        new OpenIdRoutes(tokens),
        new Zpages(clock, config.shown()));
  }

  Stage chain() {
    return chain;
  }

  TypeRegistry types() {
    return types;
  }

  VerbContext services() {
    return services;
  }

  ResourceType namespaces() {
    return resource(CORE, "namespaces");
  }

  private @Nullable SchemaNode schema(GroupVersionKind kind) {
    ResourceType type = types.current().kind(kind);
    return type == null ? null : type.schema();
  }

  private ResourceType resource(GroupVersion version, String plural) {
    return Objects.requireNonNull(types.current().resource(version, plural), plural);
  }

  /// In upstream's order; services get their numbers last, when all else is settled.
  private List<Admission> admissions() {
    return List.of(
        new CreationOnUpdate(authorizer),
        new CreationInTermination(() -> resource(EXTENSIONS, "customresourcedefinitions")),
        new NamespaceLifecycle(this::namespaces),
        new LimitRanger(() -> resource(CORE, "limitranges")),
        new ServiceAccountMount(() -> resource(CORE, "serviceaccounts"), random),
        new NewNodeTaint(),
        new PodPriority(() -> resource(SCHEDULING, "priorityclasses")),
        new DefaultTolerations(),
        new StorageProtection(),
        DefaultClass.ofClaims(() -> resource(STORAGE, "storageclasses")),
        new ClaimExpansion(() -> resource(STORAGE, "storageclasses")),
        new RuntimeClasses(() -> resource(NODE, "runtimeclasses")),
        DefaultClass.ofIngresses(() -> resource(NETWORKING, "ingressclasses")),
        new CertificateRequester(),
        new CertificateTimes(clock),
        new CertificateRights(authorizer),
        new PodTopologyLabels(() -> resource(CORE, "nodes")),
        new ResizeBounds(() -> resource(CORE, "nodes")),
        new DeviceAdminAccess(this::namespaces),
        new Escalation(authorizer, plural -> resource(RBAC, plural)),
        new ServiceAllocation(ServiceRanges.DEFAULT, clock, random));
  }

  private Map<String, VerbHandler> plain() {
    Map<String, VerbHandler> verbs = new HashMap<>();
    DeletionReader deletions =
        new DeletionReader(
            services, builtIn.definition("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions"));
    verbs.put("get", new Get(services));
    verbs.put("list", new ListObjects(services));
    verbs.put("watch", new WatchObjects(services, forms, ProtobufCodec::watchEvent));
    verbs.put("create", new Create(services));
    verbs.put("update", new Replace(services));
    verbs.put("patch", new Patch(services));
    verbs.put("delete", new Delete(services, deletions));
    verbs.put("deletecollection", new DeleteCollection(services, deletions));
    return verbs;
  }

  private Map<String, VerbHandler> special() {
    Scale scale = new Scale(services, builtIn.definition("io.k8s.api.autoscaling.v1.Scale"));
    TokenRequests tokenRequests =
        new TokenRequests(
            services,
            types,
            tokens,
            builtIn.definition("io.k8s.api.authentication.v1.TokenRequest"));
    Eviction eviction =
        new Eviction(
            services,
            builtIn.definition("io.k8s.api.policy.v1.Eviction"),
            () -> resource(POLICY, "poddisruptionbudgets"));
    return Map.of(
        "token:create", tokenRequests::create,
        "scale:get", scale::get,
        "scale:update", scale::update,
        "scale:patch", scale::patch,
        "binding:create", bindings()::ofPod,
        "eviction:create", eviction::create,
        "log:get", PodLog::get);
  }

  private PodBinding bindings() {
    return new PodBinding(
        services, builtIn.definition("io.k8s.api.core.v1.Binding"), () -> resource(CORE, "pods"));
  }

  private Map<String, VerbHandler> virtual() {
    Reviews reviews = new Reviews(services, authenticator, authorizer);
    return Map.of(
        "bindings", bindings()::create,
        "selfsubjectreviews.authentication.k8s.io", reviews::self,
        "selfsubjectaccessreviews.authorization.k8s.io", reviews::access,
        "selfsubjectrulesreviews.authorization.k8s.io", reviews::rules,
        "subjectaccessreviews.authorization.k8s.io", reviews::othersAccess,
        "localsubjectaccessreviews.authorization.k8s.io", reviews::othersAccessHere,
        "tokenreviews.authentication.k8s.io", reviews::token);
  }

  private Protobuf envelopes() {
    return new Protobuf() {
      @Override
      public JsonObject read(byte[] envelope, GroupVersionKind expected) {
        return protobuf.read(envelope, expected);
      }

      @Override
      public byte[] write(JsonObject object) {
        return protobuf.write(object);
      }
    };
  }

  private static Forms.Rows rows(Clock clock) {
    Tables tables = new Tables();
    return new Forms.Rows() {
      @Override
      public JsonArray columns(ResourceType type) {
        return tables.columnDefinitions(type);
      }

      @Override
      public JsonObject row(ResourceType type, JsonObject object) {
        return tables.row(type, object, clock.instant());
      }
    };
  }

  private ObjectReader.Translator translator() {
    return new ObjectReader.Translator() {
      @Override
      public JsonObject protobuf(byte[] value, ResourceType type) {
        return protobuf.read(value, type.groupVersionKind());
      }

      @Override
      public JsonObject convert(JsonObject object, ResourceType type) {
        GroupVersionKind from =
            GroupVersionKind.of(
                String.valueOf(object.text("apiVersion")), String.valueOf(object.text("kind")));
        JsonObject converted = conversions.convert(object, from, type.groupVersionKind());
        JsonObject whole = Canonicalizer.canonical(type.schema(), converted);
        if (type.storing().schema() == null) {
          // Writers of other forms, and of other times, may have left out what is filled in today.
          // Custom resources are
          // filled in by the version that they are stored in alone, when they are stored.
          rules.fillIn(type, whole);
        }
        return Canonicalizer.canonical(type.schema(), whole);
      }

      @Override
      public ResourceType storedAs(ResourceType type) {
        return conversions
            .storedAs(type.groupVersionKind())
            .map(stored -> resource(stored.groupVersion(), type.plural()))
            .orElse(type);
      }
    };
  }

  /// Makes what a cluster starts with, and from then on does what controllers of the server do; waits.
  void settleIn() {
    Bootstrap.fillUp(services, builtIn.snapshot());
    authorizer.relyOnStore();
    upkeep.add(new FlowSchemas(services, types));
    upkeep.add(new ApiServices(services, types, builtIn.snapshot()));
  }

  @Override
  public void close() {
    upkeep.forEach(Controller::close);
    definitions.close();
    timers.shutdownNow();
    bulk.close();
    workers.close();
  }
}
