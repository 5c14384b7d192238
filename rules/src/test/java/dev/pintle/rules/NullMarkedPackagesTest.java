package dev.pintle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NullMarkedPackagesTest {
  private static final String MARKED =
      "@org.jspecify.annotations.NullMarked package dev.pintle.kernel.a;";

  @TempDir Path folder;

  @Test
  void aPackageWithoutPackageInfoIsFound() throws Exception {
    var module =
        Planted.module(folder, "kernel").main("package dev.pintle.kernel.a; class A {}").built();
    assertThat(new NullMarkedPackages().broken(module))
        .extracting(Finding::where)
        .containsExactly("dev.pintle.kernel.a");
  }

  @Test
  void aPackageInfoWithoutTheMarkIsFound() throws Exception {
    var module =
        Planted.module(folder, "kernel")
            .main("@Deprecated package dev.pintle.kernel.a;")
            .main("package dev.pintle.kernel.a; class A {}")
            .built();
    assertThat(new NullMarkedPackages().broken(module)).hasSize(1);
  }

  @Test
  void aPackageThatOnlyTestsHaveIsFound() throws Exception {
    var module =
        Planted.module(folder, "kernel")
            .main(MARKED)
            .main("package dev.pintle.kernel.a; class A {}")
            .test("package dev.pintle.kernel.b; class B {}")
            .built();
    assertThat(new NullMarkedPackages().broken(module))
        .extracting(Finding::where)
        .containsExactly("dev.pintle.kernel.b");
  }

  @Test
  void theMarkOfTheMainPackageCoversItsTests() throws Exception {
    var module =
        Planted.module(folder, "kernel")
            .main(MARKED)
            .test("package dev.pintle.kernel.a; class ATest {}")
            .built();
    assertThat(new NullMarkedPackages().broken(module)).isEmpty();
  }
}
