package dev.pintle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentNamesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"GoneView", "GoneView.at", "kernel.gone", "docs/gone.md", "GONE.md"})
  void aNameThatDoesNotExistIsFound(String name) throws Exception {
    assertThat(missing(name)).containsExactly("MAP.md: " + name + " does not exist");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "StoreView",
        "StoreView.at",
        "kernel.keyspace",
        "MAP.md",
        "target/report.txt",
        "kernel/target/report.txt",
        "--data",
        "up",
        "fsync"
      })
  void aNameThatExistsOrIsNoCodeIsLeftAlone(String name) throws Exception {
    assertThat(missing(name)).isEmpty();
  }

  @Test
  void thePublishedDocumentsNameOnlyWhatExists() throws Exception {
    var names = new DocumentNames(Reactor.HOME, Reactor.modules());
    assertThat(
            List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md").stream()
                .map(Reactor.HOME::resolve)
                .flatMap(names::missing))
        .isEmpty();
  }

  private List<String> missing(String name) throws Exception {
    Path sources = folder.resolve("kernel/src/main/java/dev/pintle/kernel/keyspace");
    Files.createDirectories(sources);
    Files.writeString(sources.resolve("StoreView.java"), "public interface StoreView {}");
    Path map = Files.writeString(folder.resolve("MAP.md"), "See `" + name + "`.");
    return new DocumentNames(folder, List.of("kernel"))
        .missing(map)
        .map(Finding::toString)
        .toList();
  }
}
