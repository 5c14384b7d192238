package dev.pintle.compat.etcd;

import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.Tool;
import java.nio.file.Path;
import java.time.Duration;

/// The real etcdctl, pointed at one server.
record Etcdctl(Path program, String endpoint) {
  static Etcdctl at(String endpoint) {
    return new Etcdctl(Peers.require("etcdctl"), endpoint);
  }

  Tool.Result run(String... arguments) {
    return tool(arguments).run();
  }

  /// With text for its standard input, as `txn` wants it.
  Tool.Result feed(String input, String... arguments) {
    return tool(arguments).run(input);
  }

  /// A command that goes on for ever, such as a watch: what it says in a short while.
  ///
  /// @param input text for its standard input, as `watch --interactive` wants it
  Tool.Result listen(Duration time, String input, String... arguments) {
    return tool(arguments).within(time).run(input);
  }

  String out(String... arguments) {
    Tool.Result result = run(arguments);
    if (result.exit() != 0) {
      throw new AssertionError(
          "etcdctl %s ended with %d: %s"
              .formatted(String.join(" ", arguments), result.exit(), result.err()));
    }
    return result.out();
  }

  private Tool tool(String... arguments) {
    return Tool.of(program, arguments).with("ETCDCTL_ENDPOINTS", endpoint);
  }
}
