package dev.pintle.bench.storm;

import dev.pintle.bench.api.ApiAnswer;
import dev.pintle.bench.api.ApiCall;
import dev.pintle.bench.api.ApiConnection;
import dev.pintle.bench.api.ApiLoops;
import dev.pintle.bench.api.LineReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// The informers of two operators, each of which sees all Jobs or all pods: all that is there, and then what happens, in one stream
/// (`sendInitialEvents`), as client-go asks since 1.35. When the stream ends each begins anew.
final class Informers {
  private static final int OPERATORS = 2;
  private static final List<String> WATCHED = List.of("/apis/batch/v1/jobs", "/api/v1/pods");
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final PatientCaller caller;
  private final List<ApiConnection> connections = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong heard = new AtomicLong();
  private volatile boolean stopped;

  /// @param watch how long each stream lasts
  Informers(StormCluster cluster, ApiLoops loops, PatientCaller caller, Duration watch)
      throws IOException, InterruptedException {
    this.caller = caller;
    int count = OPERATORS * WATCHED.size();
    for (int i = 0; i < count; i++) {
      ApiConnection connection = cluster.account(loops, StormCluster.OPERATORS, "operator");
      connections.add(connection);
      // so that they do not begin anew all at once
      long first = Math.max(1, watch.toSeconds() * (i + 1) / count);
      String path = WATCHED.get(i % WATCHED.size());
      threads.add(
          Thread.ofVirtual().start(() -> watch(connection, path, first, watch.toSeconds())));
    }
  }

  long heard() {
    return heard.get();
  }

  void stop() throws InterruptedException {
    stopped = true;
    connections.forEach(ApiConnection::close);
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
  }

  private void watch(ApiConnection connection, String path, long firstSeconds, long seconds) {
    try {
      for (long lasting = firstSeconds; !stopped; lasting = seconds) {
        once(connection, path, lasting);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void once(ApiConnection connection, String path, long seconds)
      throws InterruptedException {
    String query =
        "?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=";
    TrafficFigures counts = caller.of(Traffic.INFORMER_SYNC);
    long start = System.nanoTime();
    try {
      ApiAnswer end =
          connection.stream(
              ApiCall.get(path + query + seconds, ApiCall.JSON), new Sight(start, path));
      if (!end.succeeded()) {
        counts.attempt(end.endNanos() - start, end.rejected());
        counts.failure("watch of %s: %d".formatted(path, end.code()));
        Thread.sleep(
            end.retrySeconds() > 0 ? Duration.ofSeconds(end.retrySeconds()) : AFTER_FAILURE);
      }
    } catch (IOException cut) {
      if (!stopped) {
        counts.failure(String.valueOf(cut.getMessage()));
        Thread.sleep(AFTER_FAILURE);
      }
    }
  }

  /// A reader of what one stream shows.
  private final class Sight implements LineReader {
    private static final byte[] ADDED = ascii("{\"type\":\"ADDED\"");
    private static final byte[] BOOKMARK = ascii("{\"type\":\"BOOKMARK\"");
    private static final byte[] ALL_SEEN = ascii("k8s.io/initial-events-end");
    private static final byte[] SENT = ascii("\"" + JobTexts.SENT + "\":\"");

    private final long start;
    private final boolean ofJobs;
    private boolean synced;

    Sight(long start, String path) {
      this.start = start;
      this.ofJobs = path.endsWith("jobs");
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void line(byte[] bytes, int length) {
      heard.incrementAndGet();
      if (!synced) {
        if (begins(bytes, BOOKMARK) && find(bytes, length, ALL_SEEN) >= 0) {
          synced = true;
          TrafficFigures counts = caller.of(Traffic.INFORMER_SYNC);
          long nanos = System.nanoTime() - start;
          counts.attempt(nanos, false);
          counts.ended(nanos);
        }
      } else if (ofJobs && begins(bytes, ADDED)) {
        int at = find(bytes, length, SENT);
        if (at >= 0) {
          long sent = number(bytes, at + SENT.length);
          caller.of(Traffic.INFORMER_EVENT).ended(System.nanoTime() - sent);
        }
      }
    }

    private static boolean begins(byte[] bytes, byte[] start) {
      return find(bytes, start.length, start) == 0;
    }

    private static int find(byte[] bytes, int length, byte[] wanted) {
      for (int at = 0; at + wanted.length <= length; at++) {
        int same = 0;
        while (same < wanted.length && bytes[at + same] == wanted[same]) {
          same++;
        }
        if (same == wanted.length) {
          return at;
        }
      }
      return -1;
    }

    private static long number(byte[] bytes, int at) {
      long number = 0;
      for (int i = at; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
        number = number * 10 + bytes[i] - '0';
      }
      return number;
    }
  }
}
