package dev.pintle.server;

import dev.pintle.etcd.EtcdConfig;
import dev.pintle.etcd.queuing.QueuingClock;
import dev.pintle.etcd.work.SlowWork;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kube.KubeConfig;
import dev.pintle.kube.KubeSurface;
import dev.pintle.kube.audit.Audit;
import dev.pintle.kube.discovery.Memoized;
import dev.pintle.kube.token.SigningKey;
import dev.pintle.kube.verb.PastObjects;
import dev.pintle.member.Member;
import dev.pintle.member.StoreView;
import dev.pintle.member.clock.ClusterTime;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.server.attach.AttachPoint;
import dev.pintle.server.cli.ApiServerCommand;
import dev.pintle.server.cli.UpCommand;
import dev.pintle.server.config.EtcdAccess;
import dev.pintle.server.config.ListenUrl;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.Diagnosis;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.folder.DataFolder;
import dev.pintle.server.pki.EtcdPki;
import dev.pintle.server.pki.Pki;
import dev.pintle.server.pki.TokenKey;
import dev.pintle.server.ready.ServedEndpoints;
import dev.pintle.storage.memory.MemoryKv;
import dev.pintle.wire.ShedCounts;
import dev.pintle.wire.loop.ServiceNotice;
import dev.pintle.wire.tls.TlsTerms;
import dev.pintle.wire.worker.FairLimits;
import dev.pintle.wire.worker.FairThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The running program: its parts are made here, in the order in which they need each other, and closed in reverse.
public final class Program implements AutoCloseable {
  private static final String AUTH_OF_ETCD =
      "etcd's authentication is enabled: it holds for the etcd port alone. The Kubernetes API reads and writes the same keys by its own"
          + " rights, and not as a user of etcd";

  private final ServerConfig config;
  private final Closers closers;
  private final LocalMember member;
  private final Supplier<KeyPair> tokenKey;
  private final SharedLoops loops;
  private final @Nullable KubePort kube;
  private final @Nullable EtcdPort etcd;

  /// What a branch began with; of any other program it would only keep old content from the collector.
  private final @Nullable StoreView copied;

  private final Identities identities;
  private final ServedEndpoints endpoints;
  private final Listeners listeners;
  private final Supplier<String> figures;
  private final ShedCounts shed;
  private final CompletableFuture<Void> settled;
  private final List<String> notes;
  private final ReentrantLock announcing = new ReentrantLock();
  private final ReentrantLock ending = new ReentrantLock();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean closing;
  private volatile @Nullable Throwable failure;

  /// The beginning of a program, with what it has of another one that runs.
  ///
  /// @param origin of whose content and credentials it is a copy; null for none
  /// @param time of its cluster
  /// @param more what else the Kubernetes surface is configured with
  private record Beginning(
      @Nullable Program origin, ClusterTime time, UnaryOperator<KubeConfig> more) {
    LocalMember member(ServerConfig config, Optional<DataFolder> folder, KeyRotation rotation)
        throws IOException, StartException {
      return origin == null
          ? StoreOpening.member(config, folder, settings(config), time, rotation)
          : origin.member.branch(MemoryKv::copyOf, settings(config), time);
    }

    Identities identities(
        ServerConfig config, Optional<Path> pki, Optional<AdvertisedAddress> advertised)
        throws IOException, GeneralSecurityException, StartException {
      return origin == null ? Identities.open(config, pki, advertised) : origin.identities;
    }

    /// Loads, on the threads that are given, what the first program of a JVM would load one after the other.
    void prepareTls(Executor threads) {
      if (origin == null) {
        threads.execute(TlsTerms::prepare);
      }
    }

    /// The same, of what nobody waits for before the first write.
    void prepareSurface(ServerConfig config, Executor threads) {
      if (origin == null && config.kube().isPresent()) {
        KubeSurface.prepare(threads);
      }
    }

    SharedLoops loops() {
      return origin == null ? SharedLoops.start() : origin.loops.share();
    }

    Supplier<KeyPair> tokenKey(Optional<DataFolder> folder) {
      return origin == null ? Program.tokenKey(folder) : origin.tokenKey;
    }

    KubeConfig of(KubeConfig config) {
      KubeConfig timed = more.apply(config.withTime(time));
      return origin == null ? timed : timed.withContentOfAnother();
    }

    @Nullable StoreView copied(Member member) {
      return origin == null ? null : member.view();
    }
  }

  private Program(ServerConfig config, Beginning beginning, Closers closers)
      throws IOException, GeneralSecurityException, StartException {
    this.config = config;
    this.closers = closers;
    Optional<DataFolder> folder = folder(config, closers);
    ExecutorService background =
        closers.add(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("work-", 0).factory()));
    KeyRotation rotation = new KeyRotation();
    Opening<LocalMember> opening =
        Opening.begin(background, () -> beginning.member(config, folder, rotation));
    closers.add(() -> Opening.closeOnceOpen(opening));
    closers.add(rotation);
    beginning.prepareTls(background);
    Optional<Path> pki = folder.map(home -> home.resolve("pki"));
    Optional<AdvertisedAddress> advertised =
        config.kube().isPresent()
            ? Optional.of(AdvertisedAddress.of(config, config.kube().get()))
            : Optional.empty();
    Opening<Identities> identifying =
        Opening.begin(background, () -> beginning.identities(config, pki, advertised));
    Opening<SharedLoops> looping = Opening.begin(background, beginning::loops);
    closers.add(() -> Opening.closeOnceOpen(looping));
    Optional<CertificateCare> care = pki.map(kept -> closers.add(new CertificateCare(kept)));
    this.shed = new ShedCounts();
    this.figures =
        () ->
            care.map(CertificateCare::metrics).orElse("")
                + tlsFigures()
                + shed.metrics()
                + rotation.metrics();
    this.member = opening.get();
    this.copied = beginning.copied(member);
    closers.add(beginning.time().whenMoved(member::endOverdueLeases));
    this.tokenKey = beginning.tokenKey(folder);
    closers.add(Compactors.start(config, member));
    KubePort port = null;
    if (advertised.isPresent()) {
      KubeConfig settings =
          audited(beginning.of(kubeConfig(config, figures, shed)), config, closers);
      port = closers.add(new KubePort(folder, member, settings, tokenKey, advertised.get()));
    }
    this.kube = port;
    beginning.prepareSurface(config, background);
    this.identities = identifying.get();
    this.etcd =
        identities.etcd().isPresent()
            ? etcdPort(identities.etcd().get(), config, member, background, closers, figures)
            : null;
    this.loops = looping.get();
    this.listeners = closers.add(new Listeners(loops.loops(), shed));
    this.endpoints =
        new ServedEndpoints(
            folder.map(DataFolder::path),
            etcd == null ? Optional.empty() : Optional.of(etcd.open(listeners)),
            kube == null
                ? Optional.empty()
                : Optional.of(kube.open(listeners, identities.kube().orElseThrow())),
            Optional.ofNullable(kube).flatMap(KubePort::kubeconfig),
            ProcessHandle.current().pid());
    if (care.isPresent()) {
      care.get().start(users(identities, kube));
    }
    this.notes = notes(identities, care);
    AuditOpening.note(config.audit()).ifPresent(notes::add);
    if (kube != null && etcd != null && member.view().auth().isEnabled()) {
      notes.add(AUTH_OF_ETCD);
    }
    this.settled = kube == null ? CompletableFuture.completedFuture(null) : kube.settled();
    var _ = settled.whenComplete((_, failed) -> endOn(failed));
  }

  private static KubeConfig audited(KubeConfig settings, ServerConfig config, Closers closers)
      throws StartException {
    Optional<Audit> audit = AuditOpening.open(config.audit());
    return audit.isPresent() ? settings.withAudit(closers.add(audit.get())) : settings;
  }

  private static EtcdPort etcdPort(
      EtcdSecurity security,
      ServerConfig config,
      Member member,
      ExecutorService background,
      Closers closers,
      Supplier<String> figures)
      throws StartException {
    SlowWork slowWork = SlowWork.of(background, closers.add(bulkThreads()));
    return new EtcdPort(security, config, member, slowWork, figures, queuing(config, closers));
  }

  /// Tells where it listens, unless it is being closed: what is told is taken back when it is closed, and whoever has read it can
  /// count on that.
  ///
  /// @param print says it to people, once the file is there
  void announce(Runnable print) throws StartException {
    announcing.lock();
    try {
      if (!closing) {
        if (endpoints.data().isPresent()) {
          Path folder = endpoints.data().get();
          closers.add(() -> ServedEndpoints.delete(folder));
        }
        endpoints.write();
        print.run();
      }
    } catch (IOException failed) {
      throw Diagnosis.of(endpoints.data().orElseThrow(), failed);
    } finally {
      announcing.unlock();
    }
  }

  private String tlsFigures() {
    return identities.etcd().map(EtcdSecurity::metrics).orElse("");
  }

  /// Empty where nothing is to be kept.
  private static Optional<DataFolder> folder(ServerConfig config, Closers closers)
      throws IOException, StartException {
    if (config.data().isEmpty()) {
      return Optional.empty();
    }
    DataFolder folder = closers.add(DataFolder.open(config.data().get()));
    ServedEndpoints.delete(folder.path());
    return Optional.of(folder);
  }

  /// For words about what failed; where there is no folder, no failure is one of a folder.
  private static Path folderOf(ServerConfig config) {
    return config.data().orElse(Path.of("")).toAbsolutePath();
  }

  private static KubeConfig kubeConfig(
      ServerConfig config, Supplier<String> figures, ShedCounts shed) {
    return KubeConfig.DEFAULT
        .withMoreMetrics(figures)
        .withShed(shed)
        .withRanges(config.serviceRanges())
        .withEventTtl(config.eventTtl())
        .withAllowPrivileged(config.allowPrivileged())
        .withFlow(config.flow())
        .withControllers(config.controllers())
        .withAdmission(config.admission().selection())
        .withAuthorization(config.authorization())
        .withEarlier(config.earlier())
        .withFlags(() -> UpCommand.flags(config));
  }

  private List<CertificateCare.User> users(Identities identities, @Nullable KubePort port) {
    List<CertificateCare.User> users = new ArrayList<>();
    identities.etcd().ifPresent(etcd -> users.add(etcd::reopen));
    if (port != null) {
      String url = endpoints.kube().orElseThrow();
      KubeSecurity kube = identities.kube().orElseThrow();
      users.add(() -> {
        kube.reopen();
        port.writeKubeconfig(url);
      });
    }
    return users;
  }

  private static List<String> notes(Identities identities, Optional<CertificateCare> care) {
    List<String> notes = new ArrayList<>();
    identities.etcd().flatMap(EtcdSecurity::openness).ifPresent(notes::add);
    care.map(CertificateCare::warnings).ifPresent(notes::addAll);
    return notes;
  }

  /// Starts everything; when this returns, everything is served.
  public static Program start(ServerConfig config) throws StartException {
    return start(config, ClusterTime.MACHINE, UnaryOperator.identity());
  }

  /// As [#start(ServerConfig)].
  ///
  /// @param time of the cluster
  /// @param more what no flag says of the Kubernetes surface, said by whoever has the program within their own
  public static Program start(ServerConfig config, ClusterTime time, UnaryOperator<KubeConfig> more)
      throws StartException {
    return start(config, new Beginning(null, time, more));
  }

  /// Starts another program with a copy of what this one holds now, which nobody keeps, and with its credentials: what it holds was made
  /// with them. It is served where this one's configuration says, or on other ports that are free.
  ///
  /// @param time of its cluster
  /// @param more as in [#start(ServerConfig, ClusterTime, UnaryOperator)]
  public Program branch(ClusterTime time, UnaryOperator<KubeConfig> more) throws StartException {
    return start(config.keepingNothing(), new Beginning(this, time, more));
  }

  private static Program start(ServerConfig config, Beginning beginning) throws StartException {
    Closers closers = new Closers();
    try {
      return new Program(config, beginning, closers);
    } catch (IOException
        | GeneralSecurityException
        | StorageFailure
        | UncheckedIOException failed) {
      closers.close();
      throw Diagnosis.of(folderOf(config), failed);
    } catch (StartException | RuntimeException | Error failed) {
      closers.close();
      throw failed;
    }
  }

  public ServedEndpoints endpoints() {
    return endpoints;
  }

  /// Whether it was told to stop.
  public boolean isClosing() {
    return closing;
  }

  /// The store, for whoever has the program within their own.
  public Member member() {
    return member;
  }

  /// The Kubernetes objects as they were at earlier revisions, when their port is served.
  public Optional<PastObjects> past() {
    return Optional.ofNullable(kube).map(KubePort::past);
  }

  /// What the store held when a [#branch] began, before it was served; empty for any other program.
  public Optional<StoreView> copied() {
    return Optional.ofNullable(copied);
  }

  /// Serves the Kubernetes API from this store, on a port of its own, to each process of this user that asks for it.
  void acceptApiServers() throws StartException {
    announcing.lock();
    try {
      if (!closing) {
        int port = URI.create(endpoints.etcd().orElseThrow().url()).getPort();
        closers.add(AttachPoint.open(port, flags -> apiServer(ApiServerCommand.parse(flags))));
      }
    } finally {
      announcing.unlock();
    }
  }

  private ApiServerPort apiServer(ApiServerCommand command) throws StartException {
    try {
      return ApiServerPort.open(
          command, member, listeners, kubeConfig(command.config(), figures, shed));
    } catch (IOException | GeneralSecurityException | UncheckedIOException failed) {
      throw new StartException(
          ExitCode.USAGE, "the credentials cannot be used: " + failed.getMessage(), failed);
    }
  }

  /// The credentials of the Kubernetes port, when it is served.
  public Optional<Pki> pki() {
    return identities.kube().map(KubeSecurity::pki);
  }

  /// The credentials of the etcd port, when it is served by ours.
  public Optional<EtcdPki> etcdPki() {
    return identities.etcd().flatMap(EtcdSecurity::pki);
  }

  /// When what a cluster starts with is there.
  public CompletableFuture<Void> begun() {
    return kube == null ? settled : kube.begun();
  }

  /// When that is so, and what looks after it has begun.
  public CompletableFuture<Void> settled() {
    return settled;
  }

  /// Where a URL of etcd's flags turned out to be listened on: as it was given, but for a port that was chosen.
  String boundAt(ListenUrl url) {
    return etcd == null ? url.text() : etcd.boundAt(url);
  }

  /// Tells the manager of services that started the process.
  void tellServiceManager(String socket, String text) throws IOException {
    ServiceNotice.send(loops.loops(), socket, text);
  }

  /// What its owner must know of how it is served.
  List<String> notes() {
    return notes;
  }

  /// Lets clients finish, then stops. What was acknowledged is on disk whatever happens. Whoever closes it while somebody else does waits until
  /// it is done.
  @Override
  public void close() {
    announcing.lock();
    try {
      closing = true;
    } finally {
      announcing.unlock();
    }
    ending.lock();
    try {
      closers.close();
    } finally {
      ending.unlock();
    }
    closed.countDown();
  }

  /// Waits for the end of the program.
  ///
  /// @throws StartException when it ended by itself, because its start did not come to its end
  void awaitClose() throws StartException {
    try {
      closed.await();
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
    Throwable reason = failure;
    if (reason != null) {
      throw new StartException(
          ExitCode.DATA,
          "what a cluster starts with could not be made: " + reason.getMessage(),
          reason);
    }
  }

  private void endOn(@Nullable Throwable failed) {
    if (failed != null && !closing) {
      failure = failed;
      closed.countDown();
    }
  }

  private static Optional<EtcdConfig.Queuing> queuing(ServerConfig config, Closers closers) {
    return config
        .queuing()
        .plan()
        .map(plan -> {
          ScheduledExecutorService timers =
              Executors.newSingleThreadScheduledExecutor(
                  Thread.ofPlatform().daemon().name("etcd-queuing-", 0).factory());
          closers.add(timers::shutdownNow);
          return new EtcdConfig.Queuing(plan, QueuingClock.of(timers));
        });
  }

  private static FairThreads bulkThreads() {
    return new FairThreads(
        "bulk-", FairLimits.ofThreads(Runtime.getRuntime().availableProcessors()));
  }

  private static Settings settings(ServerConfig config) {
    Settings settings =
        Settings.ofHeap(Runtime.getRuntime().maxMemory())
            .withQuotaBytes(config.store().quotaBytes());
    return config.access() instanceof EtcdAccess.LikeEtcd etcd
        ? settings.withWatchProgress(etcd.serving().watchProgress())
        : settings;
  }

  /// Made once, when it is first needed.
  private static Supplier<KeyPair> tokenKey(Optional<DataFolder> folder) {
    return new Memoized<>(
        folder.isPresent() ? new TokenKey(folder.get().resolve("pki")) : SigningKey::newPair);
  }
}
