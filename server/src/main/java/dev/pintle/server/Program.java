package dev.pintle.server;

import dev.pintle.etcd.EtcdConfig;
import dev.pintle.etcd.EtcdSurface;
import dev.pintle.member.Member;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.server.config.Endpoint;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.Diagnosis;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.folder.DataFolder;
import dev.pintle.server.ready.Endpoints;
import dev.pintle.storage.memory.MemoryKv;
import dev.pintle.storage.rocksdb.RocksConfig;
import dev.pintle.storage.rocksdb.RocksKv;
import dev.pintle.wire.listen.ListenerConfig;
import dev.pintle.wire.listen.WireServer;
import dev.pintle.wire.loop.EventLoops;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The running program: its parts are made here, in the order in which they need each other, and closed in reverse.
public final class Program implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Program.class.getName());

  /// How long clients have to finish what they asked once the program is told to stop.
  private static final Duration DRAIN_MAX = Duration.ofSeconds(3);

  private final Closers closers;
  private final Endpoints endpoints;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Program(ServerConfig config, Closers closers) throws IOException, StartException {
    this.closers = closers;
    DataFolder folder = closers.add(DataFolder.open(config.data()));
    Endpoints.delete(folder.path());
    ExecutorService background =
        closers.add(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("work-", 0).factory()));
    Member member = closers.add(member(config, folder));
    EventLoops loops = closers.add(EventLoops.start());

    AdvertisedUrls etcdUrls = new AdvertisedUrls(config.advertisedUrls());
    Optional<String> etcd = Optional.empty();
    if (config.etcd().isPresent()) {
      Endpoint at = config.etcd().get();
      EtcdSurface surface =
          new EtcdSurface(
              member, new EtcdConfig(config.name(), etcdUrls::get, config.limits()), background);
      ListenerConfig listener =
          ListenerConfig.of(address(at), surface.http()).withGrpc(surface.grpc());
      etcd = Optional.of(at.withPort(listen("--etcd", at, loops, listener)).url("http"));
      etcdUrls.listening(etcd.get());
    }

    this.endpoints =
        new Endpoints(
            folder.path(), etcd, Optional.empty(), Optional.empty(), ProcessHandle.current().pid());
    endpoints.write();
    closers.add(() -> Endpoints.delete(folder.path()));
  }

  /// Starts everything; when this returns, everything is served.
  public static Program start(ServerConfig config) throws StartException {
    Closers closers = new Closers();
    try {
      Program program = new Program(config, closers);
      LOG.log(System.Logger.Level.INFO, "serving {0}", program.endpoints);
      return program;
    } catch (IOException | StartException | RuntimeException failed) {
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

  /// Answers the port.
  private int listen(String flag, Endpoint at, EventLoops loops, ListenerConfig config)
      throws StartException {
    try {
      WireServer server = WireServer.listen(loops, config);
      closers.add(() -> server.close(DRAIN_MAX));
      return server.port();
    } catch (IOException taken) {
      throw new StartException(
          ExitCode.ADDRESS,
          "%s %s: %s; stop what listens there, or choose another with %s HOST:PORT"
              .formatted(flag, at, taken.getMessage(), flag),
          taken);
    }
  }

  private static InetSocketAddress address(Endpoint at) {
    return new InetSocketAddress(at.host(), at.port());
  }

  /// What clients are told; known only once the listener has its port.
  private static final class AdvertisedUrls {
    private volatile List<String> urls;

    AdvertisedUrls(List<String> configured) {
      this.urls = configured;
    }

    List<String> get() {
      return urls;
    }

    void listening(String url) {
      if (urls.isEmpty()) {
        urls = List.of(url);
      }
    }
  }
}
