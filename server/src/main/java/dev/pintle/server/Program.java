package dev.pintle.server;

import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.member.Member;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.Diagnosis;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.folder.DataFolder;
import dev.pintle.server.ready.Endpoints;
import dev.pintle.storage.memory.MemoryKv;
import dev.pintle.storage.rocksdb.RocksConfig;
import dev.pintle.storage.rocksdb.RocksKv;
import dev.pintle.wire.loop.EventLoops;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The running program: its parts are made here, in the order in which they need each other, and closed in reverse.
public final class Program implements AutoCloseable {
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
    Opening<Member> opening = Opening.begin(background, () -> member(config, folder));
    closers.add(opening::closeOnceOpen);
    EventLoops loops = closers.add(EventLoops.start());
    Optional<KubeSecurity> security = Optional.empty();
    if (config.kube().isPresent()) {
      security = Optional.of(KubeSecurity.open(folder, config.kube().get()));
    }
    Member member = opening.get();
    EtcdPort etcd = null;
    if (config.etcd().isPresent()) {
      etcd = new EtcdPort(config.etcd().get(), config, member, background);
    }
    KubePort kube = null;
    if (security.isPresent()) {
      kube = closers.add(new KubePort(security.get(), folder, member));
    }
    Listeners listeners = closers.add(new Listeners(loops));
    this.endpoints =
        new Endpoints(
            folder.path(),
            etcd == null ? Optional.empty() : Optional.of(etcd.open(listeners)),
            kube == null ? Optional.empty() : Optional.of(kube.open(listeners)),
            Optional.ofNullable(kube).map(KubePort::kubeconfig),
            ProcessHandle.current().pid());
    endpoints.write();
    closers.add(() -> Endpoints.delete(folder.path()));
  }

  /// Starts everything; when this returns, everything is served.
  public static Program start(ServerConfig config) throws StartException {
    Closers closers = new Closers();
    try {
      return new Program(config, closers);
    } catch (IOException
        | GeneralSecurityException
        | StorageFailure
        | UncheckedIOException failed) {
      closers.close();
      throw Diagnosis.of(config.data().toAbsolutePath(), failed);
    } catch (StartException | RuntimeException | Error failed) {
      closers.close();
      throw failed;
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

  private static Settings settings() {
    return Settings.ofHeap(Runtime.getRuntime().maxMemory());
  }

  private static Member member(ServerConfig config, DataFolder folder) throws IOException {
    return config.memory()
        ? LocalMember.inMemory(new MemoryKv(), settings())
        : LocalMember.open(
            folder.resolve("member"),
            store ->
                RocksKv.open(
                    store, RocksConfig.DEFAULT.withFilesOpenMax(Descriptors.now().forTables())),
            settings());
  }
}
