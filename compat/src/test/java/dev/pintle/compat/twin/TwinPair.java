package dev.pintle.compat.twin;

import dev.pintle.compat.harness.Kubeconfig;
import dev.pintle.compat.harness.RunningPintle;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The real server and Pintle side by side, which are sent the same at once.
public record TwinPair(TwinServer real, TwinServer pintle) {

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

  /// As [#compare], with what the real server answered.
  public Compared ask(TwinRequest request) throws IOException, InterruptedException {
    FutureTask<TwinServer.Answer> answer = new FutureTask<>(() -> real.send(request));
    Thread.startVirtualThread(answer);
    TwinServer.Answer actual = pintle.send(request);
    TwinServer.Answer expected = whole(answer);
    return new Compared(
        expected.status(),
        differences(Normalized.of(expected, request), Normalized.of(actual, request)));
  }

  private static TwinServer.Answer whole(FutureTask<TwinServer.Answer> answer)
      throws IOException, InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IOException("the real server: " + e.getCause(), e);
    }
  }

  private static List<Difference> differences(
      Map<String, String> expected, Map<String, String> actual) {
    List<Difference> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(expected.keySet());
    names.addAll(actual.keySet());
    for (String name : names) {
      String there = expected.getOrDefault(name, Difference.ABSENT);
      String here = actual.getOrDefault(name, Difference.ABSENT);
      if (!there.equals(here)) {
        differences.add(new Difference(name, there, here));
      }
    }
    return differences;
  }
}
