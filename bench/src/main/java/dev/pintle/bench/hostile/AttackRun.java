package dev.pintle.bench.hostile;

import dev.pintle.bench.client.Https;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.netty.channel.EventLoopGroup;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One attack under way: its clients, what they were answered, and how long they go on.
public final class AttackRun implements AutoCloseable {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

  private final AttackedServer victim;
  private final AttackScale effort;
  private final AnswerCounts tally;
  private final long end;
  private final HttpClient http = Https.trustingAnyone();
  private final Queue<Closeable> held = new ConcurrentLinkedQueue<>();

  AttackRun(AttackedServer victim, AttackScale effort) {
    this(victim, effort, new AnswerCounts());
  }

  AttackRun(AttackedServer victim, AttackScale effort, AnswerCounts tally) {
    this.victim = victim;
    this.effort = effort;
    this.tally = tally;
    this.end = System.nanoTime() + effort.time().toNanos();
  }

  /// The work of one of several clients.
  interface Work {
    void run(int client) throws Exception;
  }

  AttackedServer victim() {
    return victim;
  }

  int share(int full) {
    return effort.of(full);
  }

  int clients(int full) {
    return Math.min(full, effort.clientsMax());
  }

  boolean goesOn() {
    return System.nanoTime() < end;
  }

  Duration remaining() {
    return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
  }

  void count(String answer) {
    tally.count(answer);
  }

  /// Leaves what was opened as it is until the time of the attack is over.
  void hold() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(Math.max(0, end - System.nanoTime()));
  }

  /// Something that stays open until the attack is over.
  <T extends Closeable> T keep(T open) {
    held.add(open);
    return open;
  }

  /// A client that could not go on because the server closed has been answered.
  void inParallel(int clients, Work work) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        int client = i;
        running.add(threads.submit(() -> once(work, client)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }

  private @Nullable Void once(Work work, int client) throws Exception {
    try {
      work.run(client);
    } catch (IOException ended) {
      count("closed");
    }
    return null;
  }

  /// The same request by several clients for as long as the attack goes on; each asks at least once.
  void again(int clients, HttpRequest request) throws Exception {
    inParallel(
        clients(clients),
        _ -> {
          do {
            count(send(request));
          } while (goesOn());
        });
  }

  /// The status code, or what came instead.
  String send(HttpRequest request) throws InterruptedException {
    try {
      return Integer.toString(http.send(request, BodyHandlers.discarding()).statusCode());
    } catch (HttpTimeoutException e) {
      return "timeout";
    } catch (IOException e) {
      return "closed";
    }
  }

  HttpRequest post(String path, String type, byte[] body) {
    return send("POST", path, type, body).build();
  }

  HttpRequest.Builder send(String method, String path, String type, byte[] body) {
    return request(path)
        .header("Content-Type", type)
        .method(method, BodyPublishers.ofByteArray(body));
  }

  HttpRequest.Builder request(String path) {
    return anonymous(path).header("Authorization", "Bearer " + victim.token());
  }

  HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(URI.create(victim.kube() + path))
        .version(HttpClient.Version.HTTP_1_1)
        .timeout(ANSWER_MAX);
  }

  ManagedChannel etcd() {
    EventLoopGroup loops = EtcdCall.newLoops(1);
    ManagedChannel channel = EtcdCall.channel(victim, loops);
    held.add(() -> {
      channel.shutdownNow();
      var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    });
    return channel;
  }

  /// `OK`, or the name of the status that came.
  String call(ManagedChannel channel, MethodDescriptor<byte[], byte[]> method, byte[] request) {
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
    try {
      ClientCalls.blockingUnaryCall(channel, method, options, request);
      return "OK";
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode().name();
    }
  }

  @Override
  public void close() {
    for (Closeable one : held) {
      try {
        one.close();
      } catch (IOException closedAlready) {
        // the other end was quicker
      }
    }
    http.shutdownNow();
  }
}
