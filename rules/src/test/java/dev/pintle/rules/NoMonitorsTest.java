package dev.pintle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NoMonitorsTest {
  @TempDir Path folder;

  @Test
  void synchronizedMethodsAndBlocksAreFound() throws Exception {
    var module =
        Planted.module(folder, "member")
            .main(
                """
                package dev.pintle.member;
                class A {
                  synchronized void method() {}
                  void block() { synchronized (this) { method(); } }
                  void free() { block(); }
                }
                """)
            .built();
    assertThat(new NoMonitors().broken(module))
        .extracting(Finding::where)
        .containsExactly("dev.pintle.member.A.method", "dev.pintle.member.A.block");
  }
}
