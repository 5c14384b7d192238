package dev.pintle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArrowsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "etcd, kube", "kube, etcd", "kernel, member", "member, storage", "wire, kernel",
    "storage, wire", "server, bench", "member, wire", "schema, kube", "rules, kernel"
  })
  void anArrowThatIsNotInTheTableIsFound(String from, String to) throws Exception {
    assertThat(new Arrows().broken(seeing(from, to)))
        .extracting(Finding::what)
        .anyMatch(what -> what.startsWith("sees dev.pintle." + to + ".Seen"));
  }

  @ParameterizedTest
  @CsvSource({"etcd, member", "kube, wire", "storage, kernel", "server, etcd", "bench, server"})
  void anArrowOfTheTableIsLeftAlone(String from, String to) throws Exception {
    assertThat(new Arrows().broken(seeing(from, to))).isEmpty();
  }

  @Test
  void aModuleWithoutARowIsFound() throws Exception {
    var unknown =
        Planted.module(folder, "attic").main("package dev.pintle.attic; class A {}").built();
    assertThat(new Arrows().broken(unknown))
        .extracting(Finding::what)
        .containsExactly("has no row in the table of arrows");
  }

  @Test
  void noSurfaceSeesTheOther() {
    assertThat(Arrows.MAY_SEE.get("etcd")).doesNotContain("kube");
    assertThat(Arrows.MAY_SEE.get("kube")).doesNotContain("etcd");
  }

  /// A module whose one class mentions, in a signature only, a class of the other.
  private HouseModule seeing(String from, String to) throws Exception {
    return Planted.module(folder, from)
        .main("package dev.pintle.%s; public class Seen {}".formatted(to))
        .main("package dev.pintle.%s; interface A { dev.pintle.%s.Seen f(); }".formatted(from, to))
        .built();
  }
}
