package dev.pintle.storage.backend;

import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.storage.memory.MemoryProvider;
import dev.pintle.storage.rocksdb.RocksProvider;
import dev.pintle.storage.sqlite.SqliteProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The providers that can be chosen, by name.
public final class Backends {
  private final Map<String, BackendProvider> providers = new TreeMap<>();

  /// Where each comes from, for a message.
  private final Map<String, String> origins = new TreeMap<>();

  private Backends() {
    for (BackendProvider each :
        List.of(new MemoryProvider(), new RocksProvider(), new SqliteProvider())) {
      add(each, "this program");
    }
  }

  /// Those of this module alone; looks at no file.
  public static Backends builtIn() {
    return new Backends();
  }

  /// Those of this module, of the class path, and of every jar in `plugins`, each in a class loader of its own.
  ///
  /// @param plugins a folder; empty for none
  /// @throws IllegalArgumentException for a folder that cannot be read, a jar without a provider or whose provider cannot be made, a bad
  ///     name, or a name that is there already
  public static Backends find(Optional<Path> plugins) {
    Backends found = new Backends();
    found.load(Backends.class.getClassLoader(), "the class path");
    plugins.ifPresent(found::loadFolder);
    return found;
  }

  private void loadFolder(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        loadJar(jar);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s: %s (expected: a folder of jars)".formatted(folder, reason(e)), e);
    }
  }

  private void loadJar(Path jar) throws IOException {
    URL[] place = {jar.toUri().toURL()};
    // Open as long as the program is: the backend loads classes of it at any time.
    URLClassLoader loader =
        new URLClassLoader("backend " + jar.getFileName(), place, Backends.class.getClassLoader());
    if (load(loader, jar.toString()) == 0) {
      loader.close();
      throw new IllegalArgumentException(
          "%s: names no backend (expected: META-INF/services/%s)"
              .formatted(jar, BackendProvider.class.getName()));
    }
  }

  /// Answers how many were there. A parent's providers are seen through each child, and are not the child's.
  private int load(ClassLoader loader, String origin) {
    int count = 0;
    try {
      for (BackendProvider each : ServiceLoader.load(BackendProvider.class, loader)) {
        boolean own = loader.equals(each.getClass().getClassLoader());
        if (own && each.getClass().getPackageName().startsWith("dev.pintle.storage.")) {
          continue;
        }
        if (own) {
          add(each, origin);
          count++;
        }
      }
    } catch (ServiceConfigurationError | LinkageError unusable) {
      throw new IllegalArgumentException(
          "%s: a backend cannot be loaded: %s".formatted(origin, unusable.getMessage()), unusable);
    }
    return count;
  }

  private void add(BackendProvider provider, String origin) {
    String name = provider.name();
    if (!BackendChoice.isName(name)) {
      throw new IllegalArgumentException(
          "%s: a backend calls itself \"%s\" (expected: a-z, 0-9 and -)".formatted(origin, name));
    }
    if (providers.putIfAbsent(name, provider) != null) {
      throw new IllegalArgumentException(
          "%s: a backend calls itself %s, as one of %s does (expected: one of each name)"
              .formatted(origin, name, origins.get(name)));
    }
    origins.put(name, origin);
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage();
  }

  /// The provider of that name.
  ///
  /// @throws IllegalArgumentException when there is none
  public BackendProvider named(String name) {
    BackendProvider provider = providers.get(name);
    if (provider == null) {
      throw new IllegalArgumentException(
          "%s: no such backend (expected: %s)"
              .formatted(name, String.join(", ", providers.keySet())));
    }
    return provider;
  }

  /// Whether there is one of that name.
  public boolean has(String name) {
    return providers.containsKey(name);
  }
}
