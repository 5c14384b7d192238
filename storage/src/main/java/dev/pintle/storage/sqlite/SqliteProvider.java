package dev.pintle.storage.sqlite;

import dev.pintle.kernel.backend.BackendCapabilities;
import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.kernel.backend.BackendSettings;
import dev.pintle.kernel.keyspace.OrderedKv;
import java.nio.file.Path;
import java.util.Set;

/// The provider of the backend `sqlite`.
public final class SqliteProvider implements BackendProvider {
  private static final String CACHE = "cache-bytes";
  private static final long CACHE_USUAL = 16 << 20;
  private static final long CACHE_MIN = 64 << 10;

  /// SQLite's own bound on a row, less the row's other parts.
  private static final int BYTES_MAX = 999_000_000;

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public String options() {
    return CACHE + "=" + CACHE_USUAL;
  }

  @Override
  public BackendCapabilities capabilities() {
    return BackendCapabilities.all().withSizes(BYTES_MAX, BYTES_MAX);
  }

  @Override
  public OrderedKv open(BackendSettings settings) {
    settings.requireKnown(Set.of(CACHE));
    return SqliteKv.open(
        Path.of(settings.folder()), settings.number(CACHE, CACHE_MIN, CACHE_USUAL));
  }
}
