package dev.pintle.kube.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Upstream's own golden data, each kind with every field set, as JSON and as protobuf. It lies in
/// the Go module `k8s.io/api`; without it these tests say so and are skipped.
final class GoldenDataTest {
  private static final String MODULE = "k8s.io/api@v0.37.2/testdata/HEAD";
  private static final int KINDS_AT_LEAST = 70;

  private final ProtobufCodec codec = new ProtobufCodec(BuiltInTypes.load());

  /// Kinds of versions that the server does not serve by default, or that are only ever sent to
  /// webhooks.
  private boolean served(String file) {
    JsonObject golden = json(goldenFolder().orElseThrow().resolve(file + ".json"));
    return codec.knows(kindOf(golden));
  }

  @TestFactory
  Stream<DynamicTest> protobufReadsAsTheGoldenJson() {
    return kinds().stream()
        .map(kind ->
            DynamicTest.dynamicTest(
                kind,
                () -> {
                  JsonObject golden = json(file(kind, ".json"));
                  assertThat(codec.read(Files.readAllBytes(file(kind, ".pb")), kindOf(golden)))
                      .isEqualTo(golden);
                }));
  }

  @TestFactory
  Stream<DynamicTest> jsonIsWrittenAsTheGoldenProtobufByteForByte() {
    return kinds().stream()
        .map(kind ->
            DynamicTest.dynamicTest(
                kind,
                () -> {
                  byte[] written = codec.write(json(file(kind, ".json")));
                  HexFormat hex = HexFormat.of();
                  assertThat(hex.formatHex(written))
                      .isEqualTo(hex.formatHex(Files.readAllBytes(file(kind, ".pb"))));
                }));
  }

  private static GroupVersionKind kindOf(JsonObject object) {
    return GroupVersionKind.of(
        String.valueOf(object.text("apiVersion")), String.valueOf(object.text("kind")));
  }

  private List<String> kinds() {
    Optional<Path> folder = goldenFolder();
    assumeTrue(
        folder.isPresent(),
        "golden data: not on this machine (expected: the Go module " + MODULE + ")");
    try (Stream<Path> files = Files.list(folder.orElseThrow())) {
      List<String> kinds =
          files
              .map(path -> path.getFileName().toString())
              .filter(name -> name.endsWith(".pb") && !name.contains("_"))
              .map(name -> name.substring(0, name.length() - ".pb".length()))
              .filter(this::served)
              .sorted()
              .toList();
      assertThat(kinds).hasSizeGreaterThan(KINDS_AT_LEAST);
      return kinds;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Path file(String kind, String suffix) {
    return goldenFolder().orElseThrow().resolve(kind + suffix);
  }

  private static Optional<Path> goldenFolder() {
    String cache = System.getenv("GOMODCACHE");
    String home = System.getProperty("user.home");
    Path modules = cache == null ? Path.of(home, "go", "pkg", "mod") : Path.of(cache);
    return Optional.of(modules.resolve(MODULE)).filter(Files::isDirectory);
  }

  private static JsonObject json(Path file) {
    try {
      return (JsonObject) JsonReader.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("reading " + file, e);
    }
  }
}
