package dev.pintle.compat.twin;

import dev.pintle.compat.harness.Kubeconfig;
import dev.pintle.compat.harness.RunningPintle;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.HashSet;
import java.util.List;

/// The real server and Pintle side by side, which are sent the same. The real one first: its controllers and admission see what was
/// written a moment later, which the other's turn gives them.
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
    TwinServer.Answer expected = real.send(request);
    TwinServer.Answer actual = pintle.send(request);
    // Most answers are alike to the byte: those need not be taken apart.
    return new Compared(
        expected.status(),
        expected.equals(actual)
            ? List.of()
            : Normalized.differences(
                Normalized.of(expected, request), Normalized.of(actual, request)));
  }
}
