package dev.pintle.member.local;

import static java.util.Objects.requireNonNull;

import dev.pintle.kernel.backend.BackendSettings;
import dev.pintle.kernel.codec.Seal;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.storage.backend.Backends;
import dev.pintle.storage.sealed.EpochSeal;
import dev.pintle.storage.sealed.KeyFile;
import dev.pintle.storage.sealed.SealedKv;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A store of a backend by its name, encrypted where there is a file of keys.
final class ChosenStore implements StoreSource {
  private final @Nullable String backend;
  private final @Nullable Path keys;
  @Nullable EpochSeal seal;
  @Nullable SealedKv sealed;

  ChosenStore(@Nullable String backend, @Nullable Path keys) {
    this.backend = backend;
    this.keys = keys;
  }

  @Override
  public Optional<String> wanted() {
    return Optional.ofNullable(backend);
  }

  @Override
  public boolean seals() {
    return keys != null;
  }

  @Override
  public Seal seal(Path folder) throws IOException {
    seal = EpochSeal.open(folder, KeyFile.read(requireNonNull(keys)));
    return seal;
  }

  @Override
  public OrderedKv open(String name, Path folder) {
    OrderedKv store = Backends.builtIn().named(name).open(BackendSettings.of(folder.toString()));
    EpochSeal with = seal;
    if (keys == null || with == null) {
      return store;
    }
    sealed = new SealedKv(store, with, "store");
    return sealed;
  }
}
