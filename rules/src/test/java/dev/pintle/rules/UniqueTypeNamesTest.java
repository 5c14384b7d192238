package dev.pintle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UniqueTypeNamesTest {
  @TempDir Path folder;

  @Test
  void aNameThatAnotherModuleHasIsFound() throws Exception {
    Planted.module(folder, "wire").main("package dev.pintle.wire; class History {}").built();
    assertThat(found("package dev.pintle.kernel; class History {}"))
        .containsExactly(
            "kernel/src/main/java/dev/pintle/kernel/History.java: has the name of "
                + "wire/src/main/java/dev/pintle/wire/History.java");
  }

  @Test
  void aNameThatAnotherPackageHasIsFoundAtBoth() throws Exception {
    assertThat(
            found(
                "package dev.pintle.kernel.a; class History {}",
                "package dev.pintle.kernel.b; class History {}"))
        .hasSize(2);
  }

  @Test
  void packageDescriptionsNestedTypesAndTestsMayRepeat() throws Exception {
    Planted.module(folder, "wire")
        .main("@Deprecated package dev.pintle.wire;")
        .main("package dev.pintle.wire; class Outer { class Head {} }")
        .test("package dev.pintle.wire; class Tail {}")
        .built();
    assertThat(
            found(
                "@Deprecated package dev.pintle.kernel;",
                "package dev.pintle.kernel; class Head {}",
                "package dev.pintle.kernel; class Tail {}"))
        .isEmpty();
  }

  private List<String> found(String... sources) throws Exception {
    var module = Planted.module(folder, "kernel");
    for (String source : sources) {
      module.main(source);
    }
    return new UniqueTypeNames().broken(module.built()).map(Finding::toString).toList();
  }
}
