package dev.pintle.compat.twin;

import dev.pintle.compat.harness.Kubeconfig;
import dev.pintle.compat.harness.RunningPintle;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/// The real server and Pintle side by side, which are sent the same. The real one first: its controllers and admission see what was
/// written a moment later.
public record TwinPair(TwinServer real, TwinServer pintle) {
  private static final int AHEAD_MAX = 64;

  public static TwinPair of(RealPair real, RunningPintle pintle, HttpClient client) {
    return new TwinPair(
        new TwinServer("real", real.kube(), real.token(), client, new HashSet<>()),
        new TwinServer(
            "pintle",
            pintle.kube(),
            Kubeconfig.read(pintle.kubeconfig()).token(),
            client,
            new HashSet<>()));
  }

  /// What the two answered.
  ///
  /// @param status of the real server
  public record Compared(int status, List<Difference> differences) {}

  /// What the two tell differently about one request.
  public List<Difference> compare(TwinRequest request) throws IOException, InterruptedException {
    return ask(request).differences();
  }

  /// What the two tell differently about each of `requests`, in their order. The real server, which takes longer and waits longer, is ahead by
  /// some requests.
  public void compare(List<TwinRequest> requests, BiConsumer<TwinRequest, List<Difference>> told)
      throws IOException, InterruptedException {
    try (ExecutorService ahead = Executors.newSingleThreadExecutor()) {
      Queue<Future<TwinServer.Answer>> answers = new ArrayDeque<>(AHEAD_MAX);
      int sent = 0;
      for (TwinRequest request : requests) {
        while (sent < requests.size() && answers.size() < AHEAD_MAX) {
          TwinRequest next = requests.get(sent++);
          answers.add(ahead.submit(() -> real.send(next)));
        }
        told.accept(
            request,
            compared(request, answered(answers.remove()), pintle.send(request)).differences());
      }
    }
  }

  private static TwinServer.Answer answered(Future<TwinServer.Answer> sent)
      throws IOException, InterruptedException {
    try {
      return sent.get();
    } catch (ExecutionException failed) {
      throw new IOException("the real server did not answer", failed.getCause());
    }
  }

  /// As [#compare], with what the real server answered.
  public Compared ask(TwinRequest request) throws IOException, InterruptedException {
    TwinServer.Answer expected = real.send(request);
    return compared(request, expected, pintle.send(request));
  }

  private static Compared compared(
      TwinRequest request, TwinServer.Answer expected, TwinServer.Answer actual) {
    // Most answers are alike to the byte: those need not be taken apart.
    return new Compared(
        expected.status(),
        expected.equals(actual)
            ? List.of()
            : Normalized.differences(
                Normalized.of(expected, request), Normalized.of(actual, request)));
  }
}
