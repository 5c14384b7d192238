package dev.pintle.kube.outbound;

import dev.pintle.kube.format.AddressException;
import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.format.NetAddressReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The lookup of names. The system's own lookup holds its thread until it has an answer, so that it has threads of its own, which requests
/// wait for no longer than they may; and each name has one of them at most, however many ask for it. What was found, or not, the system
/// remembers for a while.
final class HostLookup implements AutoCloseable {
  private static final int THREADS = 16;
  private static final int WAITING_MAX = 256;
  private static final long IDLE_SECONDS = 10;

  private final Resolver resolver;
  private final ThreadPoolExecutor threads;
  private final Map<String, Search> underWay = new ConcurrentHashMap<>();

  /// The source of addresses, which may take its time.
  @FunctionalInterface
  interface Resolver {
    InetAddress[] all(String host) throws UnknownHostException;
  }

  /// The lookup of one name, which some wait for.
  private static final class Search {
    private final CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
    private final AtomicInteger waiting = new AtomicInteger();
  }

  HostLookup(Resolver resolver) {
    this.resolver = resolver;
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().daemon().name("kube-lookup-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /// The addresses of a name, or the one that it is.
  List<InetAddress> find(String host, long nanos) throws OutboundException {
    byte @Nullable [] literal = literal(host);
    try {
      return literal == null ? search(host, nanos) : List.of(InetAddress.getByAddress(literal));
    } catch (UnknownHostException | ExecutionException _) {
      throw OutboundException.unconnected("dial tcp: lookup " + host + ": no such host");
    } catch (RejectedExecutionException _) {
      throw OutboundException.because(
          "dial tcp: lookup " + host + ": too many names are being looked up");
    } catch (TimeoutException _) {
      throw OutboundException.unreached();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw OutboundException.because("context canceled");
    }
  }

  private List<InetAddress> search(String host, long nanos)
      throws ExecutionException, InterruptedException, TimeoutException {
    Search search =
        Objects.requireNonNull(
            underWay.compute(
                host,
                (_, known) -> {
                  Search joined = known == null ? begin(host) : known;
                  joined.waiting.incrementAndGet();
                  return joined;
                }));
    try {
      return search.found.get(nanos, TimeUnit.NANOSECONDS);
    } finally {
      search.waiting.decrementAndGet();
    }
  }

  private Search begin(String host) {
    Search search = new Search();
    threads.execute(() -> look(host, search));
    return search;
  }

  private void look(String host, Search search) {
    boolean wanted =
        underWay.computeIfPresent(host, (_, known) -> known.waiting.get() > 0 ? known : null)
            != null;
    if (!wanted) {
      // Whoever asked has gone; a name that nobody waits for takes no time of those that somebody
      // does.
      return;
    }
    try {
      List<InetAddress> found = Arrays.asList(resolver.all(host));
      underWay.remove(host, search);
      search.found.complete(found);
    } catch (UnknownHostException | RuntimeException unknown) {
      // Whoever asks once it is known that it is not found asks anew.
      underWay.remove(host, search);
      search.found.completeExceptionally(unknown);
    }
  }

  /// The bytes of an address; null for a name.
  static byte @Nullable [] literal(String host) {
    try {
      return Addresses.unmapped(NetAddressReader.read(host).bytes());
    } catch (AddressException _) {
      return null;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
