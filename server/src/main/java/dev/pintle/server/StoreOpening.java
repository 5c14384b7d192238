package dev.pintle.server;

import dev.pintle.kernel.backend.BackendCapabilities;
import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.kernel.backend.BackendSettings;
import dev.pintle.kernel.codec.Seal;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.member.clock.ClusterTime;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.member.local.StoreSource;
import dev.pintle.server.config.BackendConfig;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.folder.DataFolder;
import dev.pintle.storage.backend.BackendChoice;
import dev.pintle.storage.backend.Backends;
import dev.pintle.storage.memory.MemoryKv;
import dev.pintle.storage.sealed.EpochSeal;
import dev.pintle.storage.sealed.KeyFile;
import dev.pintle.storage.sealed.SealedKv;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The opening of the member with the backend that was chosen, or that its folder remembers.
final class StoreOpening implements StoreSource {
  private final Optional<BackendChoice> choice;
  private final Backends backends;
  private final long requestBytesMax;
  private final Optional<Path> plugins;
  private final Optional<Path> keys;
  private @Nullable EpochSeal seal;
  private @Nullable SealedKv sealed;

  private StoreOpening(BackendConfig config, Backends backends, long requestBytesMax) {
    this.choice = config.choice();
    this.plugins = config.plugins();
    this.keys = config.keys();
    this.backends = backends;
    this.requestBytesMax = requestBytesMax;
  }

  /// @param folder empty where nothing is to be kept
  /// @param rotation begins where keys were added before the first one
  static LocalMember member(
      ServerConfig config,
      Optional<DataFolder> folder,
      Settings settings,
      ClusterTime time,
      KeyRotation rotation)
      throws IOException, StartException {
    if (config.memory()) {
      return LocalMember.inMemory(new MemoryKv(), settings, time);
    }
    try {
      StoreOpening opening = of(config.backend(), config.limits().requestBytesMax());
      if (!opening.isDurable()) {
        opening.requireNoKeys();
        return LocalMember.inMemory(
            opening.open(opening.choice.orElseThrow().name(), Path.of("")), settings, time);
      }
      LocalMember member =
          LocalMember.open(folder.orElseThrow().resolve("member"), opening, settings, time);
      opening.rotate(rotation, member);
      return member;
    } catch (IllegalArgumentException bad) {
      throw new StartException(ExitCode.USAGE, "--backend: " + bad.getMessage(), bad);
    }
  }

  /// @throws IllegalArgumentException when it cannot be used, with the reason
  static StoreOpening of(BackendConfig config, long requestBytesMax) {
    // Looks at the class path and at plugins only where it has to.
    Backends backends =
        config.plugins().isEmpty() ? Backends.builtIn() : Backends.find(config.plugins());
    return new StoreOpening(config, backends, requestBytesMax);
  }

  private boolean isDurable() {
    return choice.isEmpty() || provider(choice.get().name()).capabilities().durable();
  }

  /// @throws IllegalArgumentException for a backend that keeps nothing
  void requireDurable() {
    if (!isDurable()) {
      throw lacking(choice.orElseThrow().name(), "nothing that outlives the process");
    }
  }

  private void requireNoKeys() {
    if (keys.isPresent()) {
      throw lacking(
          choice.orElseThrow().name(),
          "nothing that outlives the process (expected: no --encryption-key-file)");
    }
  }

  private void rotate(KeyRotation rotation, LocalMember member) {
    EpochSeal with = seal;
    SealedKv store = sealed;
    if (with != null && store != null) {
      rotation.start(store, with, member);
    }
  }

  private BackendProvider provider(String name) {
    Backends all = backends.has(name) ? backends : Backends.find(plugins);
    BackendProvider provider = all.named(name);
    requireEnough(name, provider.capabilities());
    return provider;
  }

  /// What a backend cannot do is said at the start, not when somebody needs it.
  private void requireEnough(String name, BackendCapabilities can) {
    long valueNeeded = requestBytesMax + requestBytesMax / 4;
    if (!can.snapshots()) {
      throw lacking(name, "no read of one moment");
    }
    if (can.keyBytesMax() < BackendCapabilities.KEY_BYTES_NEEDED) {
      throw lacking(
          name,
          "keys of up to %d bytes (expected: %d)"
              .formatted(can.keyBytesMax(), BackendCapabilities.KEY_BYTES_NEEDED));
    }
    if (can.valueBytesMax() < valueNeeded) {
      throw lacking(
          name,
          "values of up to %d bytes (expected: %d, for requests of up to %d)"
              .formatted(can.valueBytesMax(), valueNeeded, requestBytesMax));
    }
  }

  private static IllegalArgumentException lacking(String name, String what) {
    return new IllegalArgumentException(
        "%s cannot keep this store: it has %s".formatted(name, what));
  }

  @Override
  public Optional<String> wanted() {
    return choice.map(BackendChoice::name);
  }

  @Override
  public boolean seals() {
    return keys.isPresent();
  }

  @Override
  public Seal seal(Path folder) throws IOException {
    EpochSeal opened = seal;
    if (opened == null) {
      opened = EpochSeal.open(folder, KeyFile.read(keys.orElseThrow()));
      seal = opened;
    }
    return opened;
  }

  @Override
  public OrderedKv open(String backend, Path folder) {
    OrderedKv store = openPlain(backend, folder);
    EpochSeal with = seal;
    if (with == null) {
      return store;
    }
    SealedKv made = new SealedKv(store, with, folder.toString());
    sealed = made;
    return made;
  }

  private OrderedKv openPlain(String backend, Path folder) {
    Map<String, String> options = choice.map(BackendChoice::options).orElse(Map.of());
    try {
      return provider(backend)
          .open(
              new BackendSettings(
                  folder.toAbsolutePath().toString(), options, Descriptors.now().forTables()));
    } catch (IllegalArgumentException bad) {
      String reason = String.valueOf(bad.getMessage());
      throw new IllegalArgumentException(
          reason.startsWith(backend) ? reason : backend + ": " + reason, bad);
    }
  }
}
