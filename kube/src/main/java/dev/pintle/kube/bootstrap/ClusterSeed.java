package dev.pintle.kube.bootstrap;

import dev.pintle.kernel.command.Command.Operation;
import java.time.Instant;
import java.util.List;

/// The content of a cluster that has just begun, made beforehand: what this server would make in an empty store, which takes it longer than
/// anything else of its start while nothing of it is compiled.
@FunctionalInterface
public interface ClusterSeed {
  /// The writes that make it, for a store that is empty.
  ///
  /// @param now when everything is made
  /// @param port of the server, which the service `kubernetes` leads to
  /// @param rootCertificates by which clients know the server, PEM
  List<Operation> writes(Instant now, int port, String rootCertificates);
}
