package dev.pintle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EverySourceIsSeenTest {
  @TempDir Path folder;

  @Test
  void lookingAtNothingIsFound() {
    assertThat(new EverySourceIsSeen().broken(HouseModule.of(folder, folder.resolve("target"))))
        .extracting(Finding::what)
        .containsExactly("no class was seen");
  }

  @Test
  void aSourceWithoutItsClassIsFound() throws Exception {
    var planted = Planted.module(folder, "kernel").main("package dev.pintle.kernel; class A {}");
    planted.main("package dev.pintle.kernel; class B {}").built();
    Files.delete(folder.resolve("kernel/target/classes/dev/pintle/kernel/B.class"));
    var home = folder.resolve("kernel");
    assertThat(new EverySourceIsSeen().broken(HouseModule.of(home, home.resolve("target"))))
        .extracting(Finding::where)
        .containsExactly("dev/pintle/kernel/B");
  }
}
