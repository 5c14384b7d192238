package dev.pintle.kube;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionChain;
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
import dev.pintle.kube.encode.AnswerWriter;
import dev.pintle.kube.encode.Forms;
import dev.pintle.kube.encode.WholeLists;
import dev.pintle.kube.limit.LimitRanger;
import dev.pintle.kube.limit.ResizeBounds;
import dev.pintle.kube.metrics.ControllerFailures;
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
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.table.Tables;
import dev.pintle.kube.token.ServiceAccountTokens;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.kube.verb.Create;
import dev.pintle.kube.verb.Delete;
import dev.pintle.kube.verb.DeleteCollection;
import dev.pintle.kube.verb.DeletionReader;
import dev.pintle.kube.verb.EnsureExists;
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
import dev.pintle.kube.worker.ConnectionExecutor;
import dev.pintle.kube.worker.FairExecutor;
import dev.pintle.kube.worker.FairLimits;
import dev.pintle.member.Member;
import dev.pintle.wire.HttpHandler;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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

  private static final String REPAIR = "kube-service-repair";

  /// Upstream's figure.
  private static final long REPAIR_MINUTES = 3;

  private final BuiltInTypes builtIn = BuiltInTypes.load();
  private final TypeRegistry types = new TypeRegistry(builtIn.snapshot());
  private final ProtobufCodec protobuf = new ProtobufCodec(builtIn);
  private final Conversions conversions = new Conversions();
  private final BuiltInRules rules = new BuiltInRules();

  /// As many as a connection may have streams.
  private static final int RUNNING_PER_CONNECTION_MAX = 100;

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
  private final ControllerFailures failures = new ControllerFailures();
  private final Forms forms = new Forms(envelopes(), rows(clock));
  private final Replies replies = new Replies(forms);
  private final Authorizer authorizer = new Authorizer(types);
  private final ServiceAccountTokens tokens;
  private final Authenticator authenticator;
  private final KubeConfig config;
  private final ServiceAllocation allocation;
  private final VerbContext context;
  private Future<?> repairs = CompletableFuture.completedFuture(null);
  private final DefinitionController definitions;
  private final HttpHandler chain;
  private final List<Controller> controllers = new CopyOnWriteArrayList<>();

  /// @param tokenKey signs the tokens of service accounts; asked for when first needed, on a thread that may wait
  /// @param innermost stands around the end of the way
  Assembly(
      Member member,
      KubeConfig config,
      Supplier<KeyPair> tokenKey,
      UnaryOperator<Stage> innermost) {
    this.config = config;
    this.tokens = new ServiceAccountTokens(tokenKey, types, clock);
    this.authenticator = new Authenticator(config.adminToken(), tokens);
    this.allocation = allocation(member);
    this.context =
        new VerbContext(
            member,
            new ObjectReader(translator()),
            new BodyReader(envelopes(), this::schema),
            rules,
            new AdmissionChain(admissions()),
            allocation,
            ownership(),
            clock,
            random,
            workers,
            bulk,
            timers);
    this.definitions =
        new DefinitionController(
            member, types, context.objects(), builtIn, context.ownership(), clock, failures);
    this.chain = stages(innermost);
  }

  private ServiceAllocation allocation(Member member) {
    ObjectReader reader = new ObjectReader(translator());
    return new ServiceAllocation(
        config.ranges(),
        plural -> resource(plural.equals("services") ? CORE : NETWORKING, plural),
        this::makeOwn,
        () -> new ObjectView(member.view(), reader),
        random);
  }

  private void makeOwn(
      ResourceType type, JsonObject object, ObjectView view, ObjectTransaction transaction) {
    EnsureExists.add(context, EnsureExists.Wanted.of(type, "", object), view, transaction);
  }

  private FieldOwnership ownership() {
    return new FieldOwnership(
        new VersionedSchemas(types::current, translator()::convert),
        schema -> Canonicalizer.canonical(schema, new JsonObject()),
        clock);
  }

  /// The way of a request, in upstream's order; read from the bottom up. Audit would stand before impersonation, priority
  /// levels after it.
  private HttpHandler stages(UnaryOperator<Stage> innermost) {
    ResourceHandler resources =
        new ResourceHandler(
            types,
            builtIn.snapshot(),
            new VerbHandlers(plain(), special(), virtual()),
            context,
            replies,
            new AnswerWriter(workers, new WholeLists(Runtime.getRuntime().maxMemory() / 2)),
            config.requestBytesMax());
    Health health = new Health(context.member()::stopReason, failures);
    PathIndex index = new PathIndex(types, health);
    RequestMetrics metrics =
        new RequestMetrics(target -> resources.knows(target) || index.hasFixed(target.path()));
    Stage served =
        new RequestRouter(resources, new NonResourcePaths(routes(health, index, metrics), replies));
    Stage authorized = new Authorization(authorizer, context::view, innermost.apply(served));
    Stage impersonated = new Impersonation(authorizer, context::view, authorized);
    Stage authenticated = new Authentication(authenticator, context::view, impersonated);
    Stage answered = new ErrorResponder(replies, authenticated);
    Stage threaded =
        new FastRead(
            resources,
            authenticator,
            authorizer,
            context::view,
            replies,
            new ConnectionExecutor(workers, RUNNING_PER_CONNECTION_MAX),
            answered);
    return new Tracking(metrics, clock, threaded);
  }

  private List<Route> routes(Health health, PathIndex index, RequestMetrics metrics) {
    return List.of(
        new AggregatedApis(types),
        new DiscoveryRoutes(new DiscoveryDocuments(types)),
        new OpenApiRoutes(
            new OpenApiDocuments(types, VersionInfo.MAJOR + "." + VersionInfo.MINOR),
            clock,
            context.bulk()),
        health,
        new VersionInfo(),
        new MetricsRoute(metrics, health, failures, config.moreMetrics()),
        index,
        new OpenIdRoutes(tokens),
        new Zpages(clock, config.flags()));
  }

  HttpHandler chain() {
    return chain;
  }

  TypeRegistry types() {
    return types;
  }

  VerbContext context() {
    return context;
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

  /// In upstream's order.
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
        new Escalation(authorizer, plural -> resource(RBAC, plural)));
  }

  private Map<String, VerbHandler> plain() {
    Map<String, VerbHandler> verbs = new HashMap<>();
    DeletionReader deletions =
        new DeletionReader(
            context, builtIn.definition("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions"));
    verbs.put("get", new Get(context));
    verbs.put("list", new ListObjects(context));
    verbs.put("watch", new WatchObjects(context, forms, ProtobufCodec::watchEvent));
    verbs.put("create", new Create(context));
    verbs.put("update", new Replace(context));
    verbs.put("patch", new Patch(context));
    verbs.put("delete", new Delete(context, deletions));
    verbs.put("deletecollection", new DeleteCollection(context, deletions));
    return verbs;
  }

  private Map<String, VerbHandler> special() {
    Scale scale = new Scale(context, builtIn.definition("io.k8s.api.autoscaling.v1.Scale"));
    TokenRequests tokenRequests =
        new TokenRequests(
            context,
            types,
            tokens,
            builtIn.definition("io.k8s.api.authentication.v1.TokenRequest"));
    Eviction eviction =
        new Eviction(
            context,
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
        context, builtIn.definition("io.k8s.api.core.v1.Binding"), () -> resource(CORE, "pods"));
  }

  private Map<String, VerbHandler> virtual() {
    Reviews reviews = new Reviews(context, authenticator, authorizer);
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
    Bootstrap.fillUp(context, builtIn.snapshot(), config.ranges());
    repair();
    authorizer.relyOnStore();
    repairs =
        timers.scheduleWithFixedDelay(
            () -> workers.execute(this::repair), REPAIR_MINUTES, REPAIR_MINUTES, TimeUnit.MINUTES);
    controllers.add(new FlowSchemas(context, types, failures));
    controllers.add(new ApiServices(context, types, builtIn.snapshot(), failures));
  }

  private void repair() {
    try {
      allocation.repair(context.member());
    } catch (RuntimeException | StackOverflowError failed) {
      failures.add(REPAIR, "the numbers of services", failed);
    }
  }

  @Override
  public void close() {
    repairs.cancel(false);
    controllers.forEach(Controller::close);
    definitions.close();
    timers.shutdownNow();
    bulk.close();
    workers.close();
  }
}
