package dev.pintle.bench.hostile;

import dev.pintle.bench.client.Https;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The witness of an overload: an administrator who reads and writes, and somebody who asks whether the server is well, each over a
/// connection that was there before and over a new one each time, each of them from an address of their own.
public final class Witness implements AutoCloseable {
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String MAPS = NAMESPACES + "/witness/configmaps";

  /// Addresses of this machine that nobody else uses.
  private static final InetAddress ADMINISTRATOR = InetAddress.ofLiteral("127.9.9.9");

  private static final InetAddress HEALTH = InetAddress.ofLiteral("127.9.9.10");
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
  private static final long PACE_MILLIS = 50;
  private static final int WRONG_KEPT = 6;
  private static final Pattern NAME = Pattern.compile("\"name\":\"(w-[a-z0-9-]+)\"");

  private final AttackedServer victim;
  private final HttpClient kept = Https.from(ADMINISTRATOR);
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Set<String> acknowledged;
  private final AtomicInteger names = new AtomicInteger();
  private volatile boolean over;

  /// The times of what the witness asked, and what was not answered as it should be.
  ///
  /// @param administrator reads over a connection that was there before
  /// @param newcomer reads over a new connection each
  /// @param health `/livez` and `/readyz` without a token over a new connection each
  /// @param wrong the first few of what was not
  /// @param wrongCount how many they were
  public record Testimony(
      Latencies administrator,
      Latencies newcomer,
      Latencies health,
      List<String> wrong,
      int wrongCount) {}

  private Witness(AttackedServer victim, Set<String> acknowledged) {
    this.victim = victim;
    this.acknowledged = acknowledged;
  }

  static Witness of(AttackedServer victim) throws IOException, InterruptedException {
    return prepared(new Witness(victim, new ConcurrentSkipListSet<>()));
  }

  /// The same witness, before the server that took the place of the one before: what that acknowledged is still to be there.
  Witness after(AttackedServer restarted) throws IOException, InterruptedException {
    close();
    return prepared(new Witness(restarted, acknowledged));
  }

  private static Witness prepared(Witness witness) throws IOException, InterruptedException {
    witness.expect(
        witness.kept, witness.post(NAMESPACES, "{\"metadata\":{\"name\":\"witness\"}}"), "201|409");
    witness.expect(
        witness.kept, witness.post(MAPS, "{\"metadata\":{\"name\":\"read\"}}"), "201|409");
    return witness;
  }

  Testimony during(Probe.Meanwhile meanwhile) throws Exception {
    over = false;
    wrong.clear();
    Queue<Long> administrator = new ConcurrentLinkedQueue<>();
    Queue<Long> newcomer = new ConcurrentLinkedQueue<>();
    Queue<Long> health = new ConcurrentLinkedQueue<>();
    List<Thread> rounds =
        List.of(
            rounds(
                "admin-read", administrator, () -> expect(kept, get(MAPS + "/read", true), "200")),
            rounds("admin-write", administrator, this::write),
            rounds("new-read", newcomer, () -> anew(ADMINISTRATOR, get(MAPS + "/read", true))),
            rounds("new-livez", health, () -> anew(HEALTH, get("/livez", false))),
            rounds("new-readyz", health, () -> anew(HEALTH, get("/readyz", false))));
    try {
      meanwhile.run();
    } finally {
      over = true;
      for (Thread round : rounds) {
        round.join();
      }
    }
    List<String> first = new ArrayList<>(wrong.stream().limit(WRONG_KEPT).toList());
    if (wrong.size() > WRONG_KEPT) {
      first.add("and %d more".formatted(wrong.size() - WRONG_KEPT));
    }
    return new Testimony(
        new Latencies(List.copyOf(administrator)),
        new Latencies(List.copyOf(newcomer)),
        new Latencies(List.copyOf(health)),
        List.copyOf(first),
        wrong.size());
  }

  /// A request that the witness sends again and again.
  private interface Errand {
    void run() throws IOException, InterruptedException;
  }

  private Thread rounds(String name, Queue<Long> nanos, Errand errand) {
    return Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(() -> {
          while (!over) {
            long start = System.nanoTime();
            try {
              errand.run();
            } catch (IOException failed) {
              wrong.add(
                  "%s after %d ms: %s"
                      .formatted(name, (System.nanoTime() - start) / 1_000_000, failed));
            } catch (InterruptedException stopped) {
              return;
            }
            nanos.add(System.nanoTime() - start);
            try {
              TimeUnit.MILLISECONDS.sleep(PACE_MILLIS);
            } catch (InterruptedException stopped) {
              return;
            }
          }
        });
  }

  private void write() throws IOException, InterruptedException {
    String name = "w-%d-%d".formatted(System.nanoTime(), names.incrementAndGet());
    String body = "{\"metadata\":{\"name\":\"%s\"},\"data\":{\"k\":\"v\"}}".formatted(name);
    expect(kept, post(MAPS, body), "201");
    acknowledged.add(name);
  }

  private void anew(InetAddress from, HttpRequest request)
      throws IOException, InterruptedException {
    try (HttpClient client = Https.from(from)) {
      expect(client, request, "200");
    }
  }

  private void expect(HttpClient client, HttpRequest request, String codes)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (!Integer.toString(answer.statusCode()).matches(codes)) {
      throw new IOException("%d %s".formatted(answer.statusCode(), answer.body()));
    }
  }

  private HttpRequest get(String path, boolean authorized) {
    HttpRequest.Builder request = to(path);
    return (authorized ? request.header("Authorization", "Bearer " + victim.token()) : request)
        .build();
  }

  private HttpRequest post(String path, String body) {
    return to(path)
        .header("Authorization", "Bearer " + victim.token())
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(victim.kube() + path))
        .version(HttpClient.Version.HTTP_1_1)
        .timeout(ANSWER_MAX);
  }

  /// The writes that were acknowledged and are not there.
  List<String> lost() throws IOException, InterruptedException {
    try (HttpClient client = Https.from(ADMINISTRATOR)) {
      String list = client.send(get(MAPS, true), BodyHandlers.ofString()).body();
      Set<String> missing = new TreeSet<>(acknowledged);
      Matcher found = NAME.matcher(list);
      while (found.find()) {
        missing.remove(found.group(1));
      }
      return List.copyOf(missing);
    }
  }

  /// What the server says of itself; null when it says nothing.
  @Nullable String metrics() throws InterruptedException {
    try (HttpClient client = Https.from(ADMINISTRATOR)) {
      return client.send(get("/metrics", true), BodyHandlers.ofString()).body();
    } catch (IOException silent) {
      return null;
    }
  }

  @Override
  public void close() {
    kept.shutdownNow();
  }
}
