package dev.pintle.server.cli;

import dev.pintle.server.config.BackendConfig;
import dev.pintle.server.failure.StartException;
import dev.pintle.storage.backend.BackendChoice;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The flags that say what keeps the store.
final class BackendFlags {
  static final String BACKEND = "backend";
  static final String PLUGINS = "backend-plugins";

  static final String KEYS = "encryption-key-file";

  static final Set<String> VALUED = Set.of(BACKEND, PLUGINS, KEYS);

  private BackendFlags() {}

  static BackendConfig read(Flags flags) throws StartException {
    return new BackendConfig(choice(flags), path(flags, PLUGINS), path(flags, KEYS));
  }

  private static Optional<BackendChoice> choice(Flags flags) throws StartException {
    Optional<String> text = flags.value(BACKEND).filter(given -> !given.isEmpty());
    try {
      return text.map(BackendChoice::parse);
    } catch (IllegalArgumentException bad) {
      throw flags.refusal("--%s: %s".formatted(BACKEND, bad.getMessage()));
    }
  }

  private static Optional<Path> path(Flags flags, String name) throws StartException {
    try {
      return flags.value(name).filter(given -> !given.isEmpty()).map(Path::of);
    } catch (InvalidPathException noPath) {
      throw flags.refusal("--%s: %s".formatted(name, noPath.getMessage()));
    }
  }

  static Map<String, String> shown(BackendConfig config) {
    return Map.of(
        BACKEND,
        config.choice().map(BackendChoice::toString).orElse(""),
        PLUGINS,
        config.plugins().map(Path::toString).orElse(""),
        KEYS,
        config.keys().map(Path::toString).orElse(""));
  }
}
