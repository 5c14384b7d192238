package dev.pintle.kube.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What each field omits beside its declaration in upstream's module `k8s.io/api`. Without the module this test says so.
final class RealDeclarationsTest {
  private static final String MODULE = "k8s.io/api@v0.37.2";
  private static final Pattern STRUCTURE =
      Pattern.compile("(?ms)^type (\\w+) struct \\{\\n(.*?)^}");
  private static final Pattern FIELD =
      Pattern.compile("(?m)^\\s+\\w+\\s+(\\S+)\\s+`[^`]*json:\"(\\w+)(,[^\"]*)?\"");

  private final Map<String, Map<String, Declaration>> declared = new TreeMap<>();

  @Test
  void whatIsDeclaredWithoutOmitemptyIsAlwaysWritten() {
    assumeTrue(
        Files.isDirectory(folder()),
        "declarations: not on this machine (expected: the Go module " + MODULE + ")");
    BuiltInTypes types = BuiltInTypes.load();
    List<String> different = new ArrayList<>();
    int compared = 0;
    for (String name : types.definitions()) {
      if (name.startsWith("io.k8s.api.")) {
        for (Field field : types.definition(name).fields()) {
          Declaration declaration = declaration(name, field);
          compared += declaration == null ? 0 : 1;
          if (declaration != null && !declaration.allows(field)) {
            different.add(name + "." + field.name() + " " + field.omitPolicy());
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(1_000);
    assertThat(different).isEmpty();
  }

  /// What follows a field's name in Go.
  private record Declaration(boolean isPointer, boolean omitsEmpty, boolean omitsZero) {
    boolean allows(Field field) {
      return switch (field.omitPolicy()) {
        case POINTER -> omitsEmpty || omitsZero;
        case NULLABLE -> isPointer && !omitsEmpty && !omitsZero;
        case OMIT_EMPTY -> omitsEmpty || isWrittenStructure(field);
        case OMIT_ZERO -> omitsZero;
        case ALWAYS -> (!isPointer && !omitsEmpty && !omitsZero) || isWrittenStructure(field);
      };
    }

    /// A structure by value is never empty to Go.
    private boolean isWrittenStructure(Field field) {
      return field.node().isStructure() && !isPointer && !omitsZero;
    }
  }

  private @Nullable Declaration declaration(String definition, Field field) {
    String[] words = definition.split("\\.", -1);
    return declared
        .computeIfAbsent(words[3] + "/" + words[4], RealDeclarationsTest::declared)
        .get(words[5] + "." + field.name());
  }

  /// By type and name in JSON.
  private static Map<String, Declaration> declared(String version) {
    Map<String, Declaration> declared = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder().resolve(version))) {
      for (Path file :
          files.filter(each -> each.getFileName().toString().endsWith("types.go")).toList()) {
        Matcher structures = STRUCTURE.matcher(Files.readString(file));
        while (structures.find()) {
          Matcher fields = FIELD.matcher(structures.group(2));
          while (fields.find()) {
            String options = fields.group(3) == null ? "" : fields.group(3);
            declared.put(
                structures.group(1) + "." + fields.group(2),
                new Declaration(
                    fields.group(1).startsWith("*"),
                    options.contains("omitempty"),
                    options.contains("omitzero")));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(version, e);
    }
    return declared;
  }

  private static Path folder() {
    String cache = System.getenv("GOMODCACHE");
    Path modules =
        cache == null
            ? Path.of(System.getProperty("user.home"), "go", "pkg", "mod")
            : Path.of(cache);
    return modules.resolve(MODULE);
  }
}
