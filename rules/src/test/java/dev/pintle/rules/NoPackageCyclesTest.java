package dev.pintle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NoPackageCyclesTest {
  @TempDir Path folder;

  @Test
  void aCircleOfThreePackagesIsFoundAndShown() throws Exception {
    var module =
        Planted.module(folder, "kernel")
            .main("package dev.pintle.kernel.a; public class A { dev.pintle.kernel.b.B b; }")
            .main("package dev.pintle.kernel.b; public class B { dev.pintle.kernel.c.C c; }")
            .main("package dev.pintle.kernel.c; public class C { dev.pintle.kernel.a.A a; }")
            .built();
    assertThat(new NoPackageCycles().broken(module))
        .extracting(Finding::toString)
        .containsExactly(
            "dev.pintle.kernel.a: is in a circle: dev.pintle.kernel.a → dev.pintle.kernel.b →"
                + " dev.pintle.kernel.c → dev.pintle.kernel.a");
  }

  @Test
  void aDiamondIsNoCircle() throws Exception {
    var module =
        Planted.module(folder, "kernel")
            .main(
                "package dev.pintle.kernel.a; class A { dev.pintle.kernel.b.B b;"
                    + " dev.pintle.kernel.c.C c; }")
            .main("package dev.pintle.kernel.b; public class B { dev.pintle.kernel.d.D d; }")
            .main("package dev.pintle.kernel.c; public class C { dev.pintle.kernel.d.D d; }")
            .main("package dev.pintle.kernel.d; public class D { D next; }")
            .built();
    assertThat(new NoPackageCycles().broken(module)).isEmpty();
  }
}
