package dev.pintle.server.config;

import dev.pintle.storage.backend.BackendChoice;
import java.nio.file.Path;
import java.util.Optional;

/// The choice of what keeps the store.
///
/// @param choice empty for the backend that the data folder was made with, and for RocksDB in a new one
/// @param plugins the folder whose jars are searched for backends too
/// @param keys the file of keys by which what is kept is encrypted
public record BackendConfig(
    Optional<BackendChoice> choice, Optional<Path> plugins, Optional<Path> keys) {
  public static final BackendConfig DEFAULT =
      new BackendConfig(Optional.empty(), Optional.empty(), Optional.empty());
}
