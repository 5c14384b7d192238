package dev.pintle.server.cli;

import dev.pintle.server.config.BackendConfig;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.StartException;
import dev.pintle.storage.backend.BackendChoice;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The command `./pintle store`: moves the store of a data folder to another backend, or checks it, while nobody runs it.
///
/// @param from how the store is opened now
/// @param to how it is kept afterwards; as `from` where it is only checked
public record StoreCommand(Action action, Path data, BackendConfig from, BackendConfig to) {
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String PLUGINS = "backend-plugins";
  private static final String KEYS = "encryption-key-file";
  private static final String DECRYPT = "decrypt";

  /// The work to do.
  public enum Action {
    /// Copy to another backend, compare, switch.
    MIGRATE,
    /// Read everything.
    VERIFY
  }

  public static StoreCommand parse(List<String> arguments) throws StartException {
    boolean named = !arguments.isEmpty() && !arguments.getFirst().startsWith("-");
    String word = named ? arguments.getFirst() : "";
    List<String> rest = arguments.subList(named ? 1 : 0, arguments.size());
    Flags flags =
        Flags.parse("store", rest, Set.of("data", FROM, TO, PLUGINS, KEYS), Set.of(DECRYPT));
    Action action =
        switch (word) {
          case "migrate" -> Action.MIGRATE;
          case "verify" -> Action.VERIFY;
          default -> throw flags.refusal("%s: unknown (expected: migrate, verify)".formatted(word));
        };
    try {
      Path data =
          flags
              .value("data")
              .map(Path::of)
              .orElseThrow(() -> flags.refusal("--data: missing (expected: the data folder)"));
      return of(action, data, flags);
    } catch (InvalidPathException noPath) {
      throw flags.refusal("--data: %s".formatted(noPath.getMessage()));
    } catch (IllegalArgumentException bad) {
      throw flags.refusal(String.valueOf(bad.getMessage()));
    }
  }

  private static StoreCommand of(Action action, Path data, Flags flags) throws StartException {
    Optional<Path> plugins = flags.value(PLUGINS).map(Path::of);
    Optional<Path> keys = flags.value(KEYS).map(Path::of);
    BackendConfig from =
        new BackendConfig(flags.value(FROM).map(BackendChoice::parse), plugins, keys);
    if (action == Action.VERIFY) {
      if (flags.value(TO).isPresent() || flags.isOn(DECRYPT)) {
        throw flags.refusal("--to and --decrypt belong to migrate");
      }
      return new StoreCommand(action, data, from, from);
    }
    if (flags.value(FROM).isEmpty() || flags.value(TO).isEmpty()) {
      throw flags.refusal("migrate: --from NAME and --to NAME are needed");
    }
    BackendConfig to =
        new BackendConfig(
            flags.value(TO).map(BackendChoice::parse),
            plugins,
            flags.isOn(DECRYPT) ? Optional.empty() : keys);
    return new StoreCommand(action, data, from, to);
  }

  /// How long a request may be is not said here; what the store holds already was let in.
  public static int requestBytesMax() {
    return ServerConfig.DEFAULT.limits().requestBytesMax();
  }
}
