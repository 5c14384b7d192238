package dev.pintle.junit;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// The places of manifests: folders and files of a class path, and of the file system.
final class ManifestFiles {
  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");
  private static final List<String> NO_MANIFESTS =
      List.of("kustomization.yaml", "kustomization.yml");

  private final ClassLoader loader;

  ManifestFiles(ClassLoader loader) {
    this.loader = loader;
  }

  /// A file.
  ///
  /// @param name for people
  record Found(String name, String text) {}

  /// @throws PintleTestException when nothing is there
  List<Found> find(String place) {
    try {
      List<Found> found = new ArrayList<>();
      for (URL each : Collections.list(loader.getResources(onClassPath(place)))) {
        found.addAll(read(each));
      }
      if (found.isEmpty()) {
        found.addAll(read(file(place)));
      }
      if (found.isEmpty()) {
        throw new PintleTestException(
            "manifests: %s is not there (looked for: %s on the class path, then %s; expected: a folder with %s, or a file)"
                .formatted(
                    place,
                    onClassPath(place),
                    file(place).toAbsolutePath(),
                    String.join(", ", ENDINGS)));
      }
      return found;
    } catch (IOException failed) {
      throw new PintleTestException("manifests: %s cannot be read".formatted(place), failed);
    }
  }

  private static String onClassPath(String place) {
    int from = place.startsWith("/") ? 1 : 0;
    return place.substring(from, place.endsWith("/") ? place.length() - 1 : place.length());
  }

  private static Path file(String place) {
    try {
      return Path.of(place);
    } catch (InvalidPathException odd) {
      throw new PintleTestException("manifests: \"%s\" is no path".formatted(place), odd);
    }
  }

  private static List<Found> read(URL url) throws IOException {
    if (url.getProtocol().equals("file")) {
      return read(path(url));
    }
    URLConnection connection = url.openConnection();
    // A jar that is kept open for others would be closed below their feet.
    connection.setUseCaches(false);
    if (connection instanceof JarURLConnection inJar) {
      try (JarFile jar = inJar.getJarFile()) {
        return read(jar, String.valueOf(inJar.getEntryName()));
      }
    }
    try (InputStream stream = connection.getInputStream()) {
      return List.of(new Found(url.toString(), text(stream)));
    }
  }

  private static Path path(URL url) throws IOException {
    try {
      return Path.of(new URI(url.toString()));
    } catch (URISyntaxException odd) {
      throw new IOException(url.toString(), odd);
    }
  }

  private static List<Found> read(Path place) throws IOException {
    if (Files.isRegularFile(place)) {
      return List.of(new Found(place.toString(), Files.readString(place)));
    }
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    List<Found> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (isManifest(file.getFileName().toString())) {
          found.add(new Found(file.toString(), Files.readString(file)));
        }
      }
    }
    return found;
  }

  private static List<Found> read(JarFile jar, String entry) throws IOException {
    String folder = entry.endsWith("/") ? entry : entry + "/";
    List<JarEntry> entries =
        jar.stream()
            .filter(each -> !each.isDirectory())
            .filter(each -> each.getName().equals(entry) || isIn(folder, each.getName()))
            .sorted((a, b) -> a.getName().compareTo(b.getName()))
            .toList();
    List<Found> found = new ArrayList<>();
    for (JarEntry each : entries) {
      try (InputStream stream = jar.getInputStream(each)) {
        found.add(new Found(jar.getName() + "!/" + each.getName(), text(stream)));
      }
    }
    return found;
  }

  private static boolean isIn(String folder, String name) {
    return name.startsWith(folder)
        && name.indexOf('/', folder.length()) < 0
        && isManifest(name.substring(folder.length()));
  }

  private static boolean isManifest(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(lower::endsWith) && !NO_MANIFESTS.contains(lower);
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }
}
