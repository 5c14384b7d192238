package dev.pintle.compat.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The golden objects of upstream, one with every field for each kind, where Go has its modules on this machine.
public final class GoldenData {
  private static final String FOLDER = "k8s.io/api@v0.37.2/testdata/HEAD";

  private GoldenData() {}

  /// @param groupVersion as an object names it
  /// @param form `json`, `yaml` or `pb`
  public static Optional<byte[]> read(String groupVersion, String kind, String form) {
    String group =
        groupVersion.contains("/") ? groupVersion.replace('/', '.') : "core." + groupVersion;
    Path path = modules().resolve(FOLDER).resolve("%s.%s.%s".formatted(group, kind, form));
    try {
      return Files.exists(path) ? Optional.of(Files.readAllBytes(path)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(path.toString(), e);
    }
  }

  /// Where Go keeps the modules it has fetched.
  public static Path modules() {
    String cache = System.getenv("GOMODCACHE");
    return cache == null
        ? Path.of(System.getProperty("user.home"), "go", "pkg", "mod")
        : Path.of(cache);
  }
}
