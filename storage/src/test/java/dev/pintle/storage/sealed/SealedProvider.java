package dev.pintle.storage.sealed;

import dev.pintle.kernel.backend.BackendCapabilities;
import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.kernel.backend.BackendSettings;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.storage.rocksdb.RocksProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/// A backend under encryption, with its key beside it.
public final class SealedProvider implements BackendProvider {
  @Override
  public String name() {
    return "sealed";
  }

  @Override
  public String options() {
    return new RocksProvider().options();
  }

  @Override
  public BackendCapabilities capabilities() {
    return new RocksProvider().capabilities();
  }

  @Override
  public OrderedKv open(BackendSettings settings) {
    Path folder = Path.of(settings.folder());
    Path keys = folder.resolve("keys");
    try {
      Files.createDirectories(folder);
      if (!Files.exists(keys)) {
        Files.writeString(keys, Base64.getEncoder().encodeToString(new byte[32]) + "\n");
      }
      EpochSeal seal = EpochSeal.open(folder, KeyFile.read(keys));
      BackendSettings inner =
          new BackendSettings(
              folder.resolve("inner").toString(), settings.options(), settings.filesOpenMax());
      return new SealedKv(new RocksProvider().open(inner), seal, folder.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
