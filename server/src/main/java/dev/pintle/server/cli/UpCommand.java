package dev.pintle.server.cli;

import dev.pintle.server.config.CompactionConfig;
import dev.pintle.server.config.Endpoint;
import dev.pintle.server.config.EtcdAccess;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.StartException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The command `./pintle up`: the store and the Kubernetes API.
public final class UpCommand {
  private static final Set<String> VALUED =
      Set.of("data", "etcd", "kube", "admin-token", "etcd-compaction-interval");
  private static final Set<String> SWITCHES = Set.of("memory", "etcd-insecure");

  private UpCommand() {}

  public static ServerConfig parse(List<String> arguments) throws StartException {
    Flags flags = Flags.parse("up", arguments, VALUED, SWITCHES);
    ServerConfig defaults = ServerConfig.DEFAULT;
    try {
      return new ServerConfig(
          flags.value("data").map(Path::of).orElse(defaults.data()),
          flags.isOn("memory"),
          address(flags, "etcd", defaults.etcd()),
          address(flags, "kube", defaults.kube()),
          defaults.name(),
          defaults.advertisedUrls(),
          defaults.limits(),
          flags.isOn("etcd-insecure") ? new EtcdAccess.ClearText() : defaults.access(),
          adminToken(flags, defaults.adminToken()),
          new CompactionConfig(CompactionFlags.interval(flags), defaults.compaction().auto()));
    } catch (InvalidPathException noPath) {
      throw flags.refusal("--data: %s".formatted(noPath.getMessage()));
    } catch (IllegalArgumentException bad) {
      throw flags.refusal(String.valueOf(bad.getMessage()));
    }
  }

  private static boolean adminToken(Flags flags, boolean otherwise) throws StartException {
    String text = flags.value("admin-token").orElse(otherwise ? "on" : "off");
    return switch (text) {
      case "on" -> true;
      case "off" -> false;
      default -> throw flags.refusal("--admin-token: %s (expected: on or off)".formatted(text));
    };
  }

  private static Optional<Endpoint> address(Flags flags, String name, Optional<Endpoint> otherwise)
      throws StartException {
    Optional<String> text = flags.value(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (text.get().equals("off")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Endpoint.parse(text.get()));
    } catch (IllegalArgumentException bad) {
      throw flags.refusal("--%s: %s or off".formatted(name, bad.getMessage()));
    }
  }
}
