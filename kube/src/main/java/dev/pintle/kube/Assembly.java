package dev.pintle.kube;

import dev.pintle.kube.allocation.ServiceAllocation;
import dev.pintle.kube.audit.Audit;
import dev.pintle.kube.authn.Authenticator;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.bootstrap.BootObjects;
import dev.pintle.kube.bootstrap.Bootstrap;
import dev.pintle.kube.bootstrap.ClusterSeed;
import dev.pintle.kube.chain.Auditing;
import dev.pintle.kube.chain.Authentication;
import dev.pintle.kube.chain.Authorization;
import dev.pintle.kube.chain.EarlyRefusals;
import dev.pintle.kube.chain.ErrorResponder;
import dev.pintle.kube.chain.Impersonation;
import dev.pintle.kube.chain.MaxInFlight;
import dev.pintle.kube.chain.Precedence;
import dev.pintle.kube.chain.PriorityAndFairness;
import dev.pintle.kube.chain.QuickPass;
import dev.pintle.kube.chain.Replies;
import dev.pintle.kube.chain.RequestDeadline;
import dev.pintle.kube.chain.Stage;
import dev.pintle.kube.chain.Tracking;
import dev.pintle.kube.controller.ApiServices;
import dev.pintle.kube.controller.Controller;
import dev.pintle.kube.controller.ControllerTime;
import dev.pintle.kube.controller.FlowObjects;
import dev.pintle.kube.controller.FlowSchemas;
import dev.pintle.kube.controller.KubernetesService;
import dev.pintle.kube.controller.LegacyTokenTracking;
import dev.pintle.kube.controller.LocalClient;
import dev.pintle.kube.controller.ServingAddress;
import dev.pintle.kube.conversion.Conversions;
import dev.pintle.kube.conversion.webhook.ConversionMetrics;
import dev.pintle.kube.conversion.webhook.WebhookConverter;
import dev.pintle.kube.crd.DefinitionController;
import dev.pintle.kube.decode.BodyReader;
import dev.pintle.kube.decode.BuiltInSchemas;
import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.discovery.DiscoveryDocuments;
import dev.pintle.kube.encode.AnswerWriter;
import dev.pintle.kube.encode.Forms;
import dev.pintle.kube.encode.WholeLists;
import dev.pintle.kube.flowcontrol.FlowClock;
import dev.pintle.kube.flowcontrol.FlowControl;
import dev.pintle.kube.flowcontrol.WatchTracker;
import dev.pintle.kube.flowcontrol.WorkEstimates;
import dev.pintle.kube.intercept.Interception;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.metrics.RequestMetrics;
import dev.pintle.kube.negotiation.Protobuf;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.openapi.OpenApiDocuments;
import dev.pintle.kube.ownership.FieldOwnership;
import dev.pintle.kube.ownership.VersionedSchemas;
import dev.pintle.kube.protobuf.ProtobufCodec;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.route.AggregatedApis;
import dev.pintle.kube.route.DiscoveryRoutes;
import dev.pintle.kube.route.FlowDebugRoutes;
import dev.pintle.kube.route.Health;
import dev.pintle.kube.route.MetricsRoute;
import dev.pintle.kube.route.NonResourcePaths;
import dev.pintle.kube.route.OpenApiRoutes;
import dev.pintle.kube.route.OpenIdRoutes;
import dev.pintle.kube.route.PathIndex;
import dev.pintle.kube.route.Route;
import dev.pintle.kube.route.VersionInfo;
import dev.pintle.kube.route.Zpages;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.EarlierVersions;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.table.Tables;
import dev.pintle.kube.token.ServiceAccountTokens;
import dev.pintle.kube.transaction.ObjectLeases;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.kube.verb.EnsureExists;
import dev.pintle.kube.verb.VerbContext;
import dev.pintle.kube.worker.ConnectionExecutor;
import dev.pintle.kube.worker.FairExecutor;
import dev.pintle.member.Member;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.worker.FairLimits;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The parts of the surface, put together: read top to bottom.
final class Assembly implements AutoCloseable {
  private static final GroupVersion CORE = new GroupVersion("", "v1");
  private static final GroupVersion NETWORKING = new GroupVersion("networking.k8s.io", "v1");

  private static final GroupVersion DISCOVERY = new GroupVersion("discovery.k8s.io", "v1");

  private static final String FLOW_OBJECTS = "/apis/flowcontrol.apiserver.k8s.io/v1/";
  private static final String REPAIR = "kube-service-repair";

  /// Upstream's figure.
  private static final long REPAIR_MINUTES = 3;

  /// A third of the streams that a connection may have: more at once would only stand before those of others. Watches, and lists
  /// that wait for their client, do not count, for they hold no thread.
  private static final int RUNNING_PER_CONNECTION_MAX = 32;

  private final BuiltInTypes builtIn = BuiltInTypes.load();
  private final TypeRegistry types = new TypeRegistry(builtIn.snapshot());
  private final ProtobufCodec protobuf = new ProtobufCodec(builtIn);
  private final BuiltInRules rules;
  private final ServedTypes served = new ServedTypes(types);
  private final StorageCodec codec;
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("kube-work-", 0).factory());
  private final FairExecutor bulk =
      new FairExecutor(
          FairLimits.of(
              Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory()));
  private final ScheduledExecutorService timers = timers();
  private final Clock clock;
  private final ScheduledExecutorService clusterTimers;
  private final SecureRandom random = new SecureRandom();
  private final ControllerFailures failures = new ControllerFailures();
  private final WebhookAssembly webhooks = new WebhookAssembly(served, timers, random, bulk);
  private final ConversionMetrics conversions = new ConversionMetrics();
  private final Forms forms;
  private final Replies replies;
  private final Authorizer authorizer;
  private final ServiceAccountTokens tokens;
  private final Authenticator authenticator;
  private final KubeConfig config;
  private final ServiceAllocation allocation;
  private final AdmissionAssembly admission;
  private final VerbContext context;
  private Future<?> repairs = CompletableFuture.completedFuture(null);
  private final @Nullable FlowControl flow;
  private final WatchTracker watches = new WatchTracker();
  private final WorkEstimates estimates;
  private Future<?> lending = CompletableFuture.completedFuture(null);
  private final BootObjects boot;
  private final DefinitionController definitions;
  private final VerbHandlers handlers;
  private final LocalClient.Handlers own;
  private final ClusterControllers clusterControllers;
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
    this.clock = config.time().hour();
    this.clusterTimers = config.time().timers(timers);
    this.forms = new Forms(envelopes(), rows(clock));
    this.authorizer = new Authorizer(types, config.authorization());
    this.replies = new Replies(forms, config.shed());
    this.rules = new BuiltInRules(config.allowPrivileged(), clock);
    for (GroupVersion version : config.earlier()) {
      types.serve(version);
      protobuf.add(version, EarlierVersions.successor(version));
    }
    this.codec = new StorageCodec(served, protobuf, new Conversions(), rules, converter());
    this.flow =
        config.flow().fair()
            ? new FlowControl(
                config.flow(), new FlowClock(System::nanoTime, timers), this::mayReadFlowObjects)
            : null;
    this.tokens = new ServiceAccountTokens(tokenKey, config.tokens(), types, clock);
    this.authenticator = new Authenticator(config.adminToken(), tokens, config.anonymous());
    this.allocation = allocation(member);
    ObjectReader objects = new ObjectReader(codec);
    BodyReader bodies = new BodyReader(envelopes(), new BuiltInSchemas()::of);
    FieldOwnership ownership = ownership();
    this.admission =
        new AdmissionAssembly(
            new AdmissionAssembly.Parts(
                served,
                authorizer,
                objects,
                bodies,
                rules,
                ownership,
                bulk,
                workers,
                clock,
                random),
            new AdmissionPlugins.Store(this::view, this::makeNamespace),
            webhooks);
    this.context =
        new VerbContext(
            member,
            objects,
            bodies,
            rules,
            admission.chain(config.admission()),
            allocation,
            ownership,
            new ObjectLeases(member, config.eventTtl()),
            clock,
            random,
            workers,
            bulk,
            timers);
    this.boot = new BootObjects(context, failures, authorizer);
    this.estimates = new WorkEstimates(types, context::view, watches);
    this.definitions =
        new DefinitionController(
            member, types, context.objects(), builtIn, context.ownership(), clock, failures);
    this.handlers =
        new HandlerAssembly(context, served, builtIn, forms, tokens, authenticator, authorizer)
            .handlers();
    Interception interception = config.interception().orElse(null);
    this.own = interception == null ? handlers::find : interception.own(handlers::find);
    this.clusterControllers = new ClusterControllers(controllerParts());
    this.chain = stages(innermost);
  }

  private WebhookConverter converter() {
    return new WebhookConverter(
        new ConversionCalls(webhooks.client(), this::view),
        () -> UUID.randomUUID().toString(),
        conversions);
  }

  private ClusterControllers.Parts controllerParts() {
    return new ClusterControllers.Parts(
        context,
        types,
        served,
        own,
        admission.quotas(),
        authorizer,
        tokens,
        failures,
        config
            .controllerTime()
            .orElseGet(() -> new ControllerTime(clock, config.time()::nanos, clusterTimers)));
  }

  private ObjectView view() {
    return context.view();
  }

  private void makeNamespace(String name) {
    JsonObject namespace = new JsonObject().set("metadata", new JsonObject().set("name", name));
    EnsureExists.all(context, List.of(EnsureExists.Wanted.of(namespaces(), "", namespace)));
  }

  /// Of a watch that ends before its time nothing is left: thousands may come and go a second.
  private static ScheduledExecutorService timers() {
    ScheduledThreadPoolExecutor timers =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("kube-timers").factory());
    timers.setRemoveOnCancelPolicy(true);
    return timers;
  }

  private boolean mayReadFlowObjects(UserInfo user) {
    return Stream.of("flowschemas", "prioritylevelconfigurations")
        .map(plural -> RequestInfo.parse("GET", FLOW_OBJECTS + plural, Query.EMPTY))
        .allMatch(list -> authorizer.decide(user, list, context::view).allowed());
  }

  private ServiceAllocation allocation(Member member) {
    ObjectReader reader = new ObjectReader(codec);
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
        new VersionedSchemas(types::current, codec::convertOrRefuse),
        schema -> Canonicalizer.canonical(schema, new JsonObject()),
        clock);
  }

  /// The way of a request, in upstream's order; read from the bottom up.
  private HttpHandler stages(UnaryOperator<Stage> innermost) {
    ResourceHandler resources =
        new ResourceHandler(
            types,
            builtIn.snapshot(),
            handlers,
            context,
            replies,
            new AnswerWriter(workers, new WholeLists(Runtime.getRuntime().maxMemory() / 2)),
            KubeConfig.REQUEST_BYTES_MAX);
    Health health = new Health(context.member()::stopReason, failures);
    PathIndex index = new PathIndex(types, health);
    RequestMetrics metrics =
        new RequestMetrics(target -> resources.knows(target) || index.hasFixed(target.path()));
    Stage routed =
        new RequestRouter(
            resources, new NonResourcePaths(allRoutes(health, index, metrics), replies));
    Stage authorized =
        new Authorization(authorizer, context::view, intercepted(innermost.apply(routed)));
    FlowControl fair = flow;
    if (fair == null) {
      MaxInFlight limited = new MaxInFlight(config.flow(), replies, authorized);
      return outer(resources, metrics, limited, limited);
    }
    PriorityAndFairness queued =
        new PriorityAndFairness(fair, estimates, watches, replies, workers, authorized);
    return outer(resources, metrics, queued, queued);
  }

  private Stage intercepted(Stage routed) {
    Interception interception = config.interception().orElse(null);
    return interception == null
        ? routed
        : interception.innermost(
            types,
            context::view,
            exchange -> BodyBytes.await(exchange, KubeConfig.REQUEST_BYTES_MAX),
            envelopes(),
            routed);
  }

  /// @param limited lets so many requests through at once
  /// @param limit what it says to quick reads
  private HttpHandler outer(
      ResourceHandler resources, RequestMetrics metrics, Stage limited, QuickPass limit) {
    Stage impersonated = new Impersonation(authorizer, context::view, new Precedence(limited));
    Audit audit = config.audit().orElse(null);
    if (audit != null && config.interception().isPresent()) {
      throw new IllegalArgumentException("interception: beside an audit (expected: one of them)");
    }
    Stage audited = audit == null ? impersonated : new Auditing(audit, replies, impersonated);
    Stage authenticated = new Authentication(authenticator, context::view, audited);
    Stage limitedInTime =
        new RequestDeadline(config.flow().requestTimeout(), timers, authenticated);
    Stage answered =
        new ErrorResponder(
            replies, audit == null ? limitedInTime : new EarlyRefusals(audit, limitedInTime));
    Stage threaded =
        new FastRead(
            resources,
            authenticator,
            authorizer,
            context::view,
            replies,
            // What a test has a hold on goes all the way.
            config.interception().isEmpty() ? limit : (_, _) -> false,
            new ConnectionExecutor(workers, RUNNING_PER_CONNECTION_MAX),
            audit,
            answered);
    Interception interception = config.interception().orElse(null);
    return interception == null
        ? new Tracking(metrics, clock, threaded)
        : interception.around(
            new Tracking(metrics, clock, interception.outermost(types, context::view, threaded)));
  }

  private List<Route> allRoutes(Health health, PathIndex index, RequestMetrics metrics) {
    List<Route> all = new ArrayList<>(routes(health, index, metrics));
    if (flow != null) {
      all.add(new FlowDebugRoutes(flow, estimates, clock));
    }
    return all;
  }

  private String moreMetrics() {
    return (flow == null ? "" : flow.metrics())
        + clusterControllers.metrics()
        + admission.metrics()
        + webhooks.metrics()
        + conversions.text()
        + config.audit().map(Audit::metrics).orElseGet(Audit::metricsOfNone)
        + config.moreMetrics().get();
  }

  private List<Route> routes(Health health, PathIndex index, RequestMetrics metrics) {
    return List.of(
        new AggregatedApis(types),
        new DiscoveryRoutes(new DiscoveryDocuments(types)),
        new OpenApiRoutes(
            new OpenApiDocuments(types, VersionInfo.MAJOR + "." + VersionInfo.MINOR, clock),
            clock,
            context.bulk()),
        health,
        new VersionInfo(),
        new MetricsRoute(metrics, health, failures, this::moreMetrics),
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

  private ResourceType namespaces() {
    return resource(CORE, "namespaces");
  }

  /// Makes the namespaces that are there before any request is answered; waits.
  void makeNamespaces() {
    if (config.isBegun()) {
      boot.relyOnStore();
    } else if (config.seed().isEmpty()) {
      boot.makeNamespaces(namespaces());
    }
  }

  /// Ends what waits for webhooks: whoever stops waits for nobody else.
  void stopAsking() {
    boot.close();
    webhooks.close();
  }

  private ResourceType resource(GroupVersion version, String plural) {
    return served.find(version, plural);
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

  /// Does from now on what controllers of the server do; waits until all have begun.
  ///
  /// @param at where the server listens
  void settleIn(ServingAddress at) {
    repair();
    repairs =
        timers.scheduleWithFixedDelay(
            () -> workers.execute(this::repair), REPAIR_MINUTES, REPAIR_MINUTES, TimeUnit.MINUTES);
    controllers.add(
        new FlowObjects(context, failures, Bootstrap.flowObjects(context, builtIn.snapshot())));
    controllers.add(new FlowSchemas(context, types, failures, this::putInForce));
    if (flow != null) {
      lending =
          timers.scheduleWithFixedDelay(
              flow::adjust,
              FlowControl.BORROWING_SECONDS,
              FlowControl.BORROWING_SECONDS,
              TimeUnit.SECONDS);
    }
    controllers.add(new ApiServices(context, types, builtIn.snapshot(), failures));
    controllers.add(kubernetesService(at));
    LegacyTokenTracking tracking =
        new LegacyTokenTracking(
            LocalClient.ofServer(context, own, System::nanoTime),
            resource(CORE, "configmaps"),
            resource(CORE, "secrets"),
            failures);
    controllers.add(tracking);
    tokens.whenLegacyUsed(tracking::used);
    clusterControllers.start(config);
  }

  /// Makes what a cluster starts with; waits.
  ///
  /// @param at where the server listens
  void begin(ServingAddress at) {
    webhooks.listenAt(at);
    ClusterSeed seed = config.seed().orElse(null);
    if (seed != null) {
      String roots = config.rootCertificates().get();
      boot.sow(seed.writes(clock.instant(), at.port(), roots));
    } else if (!config.isBegun()) {
      boot.make(builtIn.snapshot(), config.ranges(), at);
    }
  }

  private Controller kubernetesService(ServingAddress at) {
    return new KubernetesService(
        LocalClient.ofServer(context, own, System::nanoTime),
        new KubernetesService.Types(
            resource(CORE, "services"),
            resource(CORE, "endpoints"),
            resource(DISCOVERY, "endpointslices")),
        Bootstrap.service(context, builtIn.snapshot(), config.ranges(), at),
        at,
        failures);
  }

  private void putInForce(List<JsonObject> levels, List<JsonObject> schemas) {
    if (flow != null) {
      flow.configure(levels, schemas);
    }
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
    lending.cancel(false);
    clusterControllers.close();
    controllers.forEach(Controller::close);
    definitions.close();
    webhooks.close();
    timers.shutdownNow();
    clusterTimers.shutdownNow();
    bulk.close();
    workers.close();
  }
}
