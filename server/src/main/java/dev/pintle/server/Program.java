package dev.pintle.server;

import dev.pintle.etcd.EtcdConfig;
import dev.pintle.etcd.EtcdSurface;
import dev.pintle.kube.KubeConfig;
import dev.pintle.kube.KubeSurface;
import dev.pintle.member.Member;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.server.config.Endpoint;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.Diagnosis;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.folder.DataFolder;
import dev.pintle.server.pki.Pki;
import dev.pintle.server.ready.Endpoints;
import dev.pintle.server.ready.Kubeconfig;
import dev.pintle.storage.memory.MemoryKv;
import dev.pintle.storage.rocksdb.RocksConfig;
import dev.pintle.storage.rocksdb.RocksKv;
import dev.pintle.wire.listen.ListenerConfig;
import dev.pintle.wire.loop.EventLoops;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The running program: its parts are made here, in the order in which they need each other, and closed in reverse.
public final class Program implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Program.class.getName());

  private final Closers closers;
  private final Endpoints endpoints;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Program(ServerConfig config, Closers closers)
      throws IOException, GeneralSecurityException, StartException {
    this.closers = closers;
    DataFolder folder = closers.add(DataFolder.open(config.data()));
    Endpoints.delete(folder.path());
    ExecutorService background =
        closers.add(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("work-", 0).factory()));
    Member member = closers.add(member(config, folder));
    EventLoops loops = closers.add(EventLoops.start());
    Listeners listeners = closers.add(new Listeners(loops));

    Optional<String> etcd = Optional.empty();
    if (config.etcd().isPresent()) {
      Endpoint at = config.etcd().get();
      AdvertisedUrls urls = new AdvertisedUrls(config.advertisedUrls());
      EtcdConfig settings = new EtcdConfig(config.name(), urls::get, config.limits());
      EtcdSurface surface = new EtcdSurface(member, settings, background);
      ListenerConfig plain =
          ListenerConfig.of(at.address(), surface.http()).withGrpc(surface.grpc());
      String url = listeners.open("--etcd", at, plain).url("http");
      urls.listening(url);
      etcd = Optional.of(url);
    }

    Optional<String> kube = Optional.empty();
    Optional<Path> kubeconfig = Optional.empty();
    if (config.kube().isPresent()) {
      Endpoint at = config.kube().get();
      Pki pki = Pki.open(folder.resolve("pki"), at.host(), Instant.now());
      KubeSurface surface =
          closers.add(new KubeSurface(member, KubeConfig.DEFAULT.withAdminToken(pki.adminToken())));
      ListenerConfig secure = ListenerConfig.of(at.address(), surface).withSecurity(Tls.of(pki));
      String url = listeners.open("--kube", at, secure).url("https");
      Path file = folder.resolve("kubeconfig");
      Kubeconfig.write(file, url, pki);
      kube = Optional.of(url);
      kubeconfig = Optional.of(file);
    }

    this.endpoints =
        new Endpoints(folder.path(), etcd, kube, kubeconfig, ProcessHandle.current().pid());
    endpoints.write();
    closers.add(() -> Endpoints.delete(folder.path()));
  }

  /// Starts everything; when this returns, everything is served.
  public static Program start(ServerConfig config) throws StartException {
    Closers closers = new Closers();
    try {
      Program program = new Program(config, closers);
      LOG.log(System.Logger.Level.DEBUG, "serving {0}", program.endpoints);
      return program;
    } catch (IOException | GeneralSecurityException | StartException | RuntimeException failed) {
      closers.close();
      throw Diagnosis.of(config.data().toAbsolutePath(), failed);
    }
  }

  public Endpoints endpoints() {
    return endpoints;
  }

  /// Lets clients finish, then stops. What was acknowledged is on disk whatever happens.
  @Override
  public void close() {
    closers.close();
    closed.countDown();
  }

  void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
  }

  private static Member member(ServerConfig config, DataFolder folder) throws IOException {
    return config.memory()
        ? LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT)
        : LocalMember.open(
            folder.resolve("member"),
            store -> RocksKv.open(store, RocksConfig.DEFAULT),
            Settings.DEFAULT);
  }
}
