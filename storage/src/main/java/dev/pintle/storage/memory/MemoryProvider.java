package dev.pintle.storage.memory;

import dev.pintle.kernel.backend.BackendCapabilities;
import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.kernel.backend.BackendSettings;
import dev.pintle.kernel.keyspace.OrderedKv;
import java.util.Set;

/// The provider of the backend `memory`, which keeps nothing beyond the process.
public final class MemoryProvider implements BackendProvider {
  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String options() {
    return "";
  }

  @Override
  public BackendCapabilities capabilities() {
    return BackendCapabilities.all().notDurable();
  }

  @Override
  public OrderedKv open(BackendSettings settings) {
    settings.requireKnown(Set.of());
    return new MemoryKv();
  }
}
