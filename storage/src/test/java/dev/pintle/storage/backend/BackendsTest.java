package dev.pintle.storage.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.kernel.backend.BackendSettings;
import dev.pintle.kernel.keyspace.OrderedKv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsTest {
  private static final String PROVIDER =
      """
      package plugin;

      import dev.pintle.kernel.backend.*;
      import dev.pintle.kernel.keyspace.OrderedKv;

      public class Provider implements BackendProvider {
        static int opened;

        public String name() {
          return "NAME";
        }

        public String options() {
          return "";
        }

        public BackendCapabilities capabilities() {
          return BackendCapabilities.all().notDurable();
        }

        public OrderedKv open(BackendSettings settings) {
          opened++;
          return new dev.pintle.storage.memory.MemoryKv();
        }

        public String toString() {
          return "opened " + opened;
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void aChoiceIsANameWithOptions() {
    assertThat(BackendChoice.parse("sqlite")).isEqualTo(new BackendChoice("sqlite", Map.of()));
    assertThat(BackendChoice.parse("s3:bucket=b,prefix=a=b").options())
        .isEqualTo(Map.of("bucket", "b", "prefix", "a=b"));
    assertThat(BackendChoice.parse("s3:b=2,a=1")).hasToString("s3:a=1,b=2");
    for (String bad :
        List.of("", "SQLite", "9s", "a b", "a:", "a:b", "a:=1", "a:b=1,b=2", "a:b=1,")) {
      assertThatThrownBy(() -> BackendChoice.parse(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void thoseOfThisProgramAreThereWithoutAnyPlugin() {
    for (String name : List.of("memory", "rocksdb", "sqlite")) {
      assertThat(Backends.builtIn().named(name).name()).isEqualTo(name);
      assertThat(Backends.find(Optional.empty()).named(name).name()).isEqualTo(name);
    }
    assertThatThrownBy(() -> Backends.builtIn().named("bolt"))
        .hasMessage("bolt: no such backend (expected: memory, rocksdb, sqlite)");
  }

  @Test
  void eachJarOfAFolderHasClassesOfItsOwn() throws IOException {
    jar("one", "first");
    jar("two", "second");
    Files.writeString(folder.resolve("README.txt"), "no jar");
    Backends found = Backends.find(Optional.of(folder));
    BackendProvider first = found.named("first");
    try (OrderedKv kv = first.open(BackendSettings.of(""))) {
      assertThat(kv.size().bytesTotal()).isZero();
    }
    assertThat(first).hasToString("opened 1");
    assertThat(found.named("second")).hasToString("opened 0");
  }

  @Test
  void whatCannotBeUsedIsRefusedByItsFile() throws IOException {
    assertThatThrownBy(() -> Backends.find(Optional.of(folder.resolve("nowhere"))))
        .hasMessageContaining("nowhere");
    Path taken = jar("taken", "rocksdb");
    assertThatThrownBy(() -> Backends.find(Optional.of(folder)))
        .hasMessageContaining(taken.toString())
        .hasMessageContaining("rocksdb");
    Files.delete(taken);
    Path bad = jar("bad", "Not A Name");
    assertThatThrownBy(() -> Backends.find(Optional.of(folder))).hasMessageContaining("Not A Name");
    Files.delete(bad);
    Path empty = folder.resolve("empty.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(empty))) {
      out.putNextEntry(new JarEntry("nothing"));
    }
    assertThatThrownBy(() -> Backends.find(Optional.of(folder)))
        .hasMessageContaining("empty.jar: names no backend");
    Files.write(empty, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> Backends.find(Optional.of(folder))).hasMessageContaining("empty.jar");
  }

  private Path jar(String file, String name) throws IOException {
    Path source =
        Files.createDirectories(folder.resolve(file + "-src/plugin")).resolve("Provider.java");
    Files.writeString(source, PROVIDER.replace("NAME", name));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    assertThat(compiler.run(null, null, null, "-proc:none", "-cp", classPath, source.toString()))
        .isZero();
    Path jar = folder.resolve(file + ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("plugin/Provider.class"));
      Files.copy(source.resolveSibling("Provider.class"), out);
      out.putNextEntry(new JarEntry("META-INF/services/dev.pintle.kernel.backend.BackendProvider"));
      out.write("plugin.Provider\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return jar;
  }
}
