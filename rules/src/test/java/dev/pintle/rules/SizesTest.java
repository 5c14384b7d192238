package dev.pintle.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SizesTest {
  private static final String FILE = "kernel/src/main/java/dev/pintle/kernel/A.java";

  @TempDir Path folder;

  @Test
  void aMethodOfSeventyLinesIsTheLargest() throws Exception {
    assertThat(found(withMethodOf(70))).isEmpty();
    assertThat(found(withMethodOf(71))).containsExactly(FILE + "#A.f: 71 lines (at most 70)");
  }

  @Test
  void aFileOfEightHundredLinesIsTheLargest() throws Exception {
    assertThat(found(withFileOf(800))).isEmpty();
    assertThat(found(withFileOf(801))).containsExactly(FILE + ": 801 lines (at most 800)");
  }

  @Test
  void aFileAboveFiveHundredLinesIsToldWithoutBeingRefused() throws Exception {
    assertThat(Sizes.worthSplitting(withFileOf(500))).isEmpty();
    assertThat(Sizes.worthSplitting(withFileOf(501)))
        .extracting(Finding::where)
        .containsExactly(FILE);
  }

  @Test
  void whatWasLargeBeforeMayStayButNotGrow() throws Exception {
    except("801 " + FILE);
    assertThat(found(withFileOf(801))).isEmpty();
    assertThat(found(withFileOf(802))).containsExactly(FILE + ": 802 lines (at most 801)");
  }

  @Test
  void anExceptionThatShrankMustBeLowered() throws Exception {
    except("900 " + FILE);
    assertThat(found(withFileOf(850)))
        .containsExactly(FILE + ": has 850 lines now: lower its 900 in rules/size-exceptions.txt");
  }

  @Test
  void anExceptionThatIsNoLongerNeededMustGo() throws Exception {
    except("900 " + FILE);
    assertThat(found(withFileOf(10)))
        .containsExactly(FILE + ": is within the limits: take it out of rules/size-exceptions.txt");
  }

  @Test
  void aListThatCannotBeReadIsRefused() throws Exception {
    except("many " + FILE);
    assertThatThrownBy(() -> found(withFileOf(10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("size-exceptions.txt: expected lines of `<lines> <place>`");
  }

  private static List<String> found(HouseModule module) {
    return new Sizes().broken(module).map(Finding::toString).toList();
  }

  /// A method whose body, braces included, has that many lines.
  private HouseModule withMethodOf(int lines) throws IOException {
    return kernel("class A {\n  void f() {" + "\n".repeat(lines - 1) + "  }\n}\n");
  }

  private HouseModule withFileOf(int lines) throws IOException {
    return kernel("class A {" + "\n".repeat(lines - 1) + "}\n");
  }

  private HouseModule kernel(String type) throws IOException {
    return Planted.module(folder, "kernel").main("package dev.pintle.kernel; " + type).built();
  }

  private void except(String line) throws IOException {
    Files.createDirectories(folder.resolve("rules"));
    Files.writeString(folder.resolve("rules/size-exceptions.txt"), "# a comment\n\n" + line + "\n");
  }
}
