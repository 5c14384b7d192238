package dev.pintle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExhaustiveSwitchesTest {
  private static final String TYPES =
      """
      package dev.pintle.kernel;
      class A {
        sealed interface Shape {}
        record Dot() implements Shape {}
        record Line(int length) implements Shape {}
        enum Side { LEFT, RIGHT }
        static final Side LEFT = Side.LEFT;
        Shape shape() { return new Dot(); }
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int f(Shape s) { return switch (s) { case Dot _ -> 1; default -> 2; }; }",
        "int f() { return switch (shape()) { case Dot _ -> 1; case null, default -> 2; }; }",
        "void f(Shape s) { switch (s) { case Dot _: return; default: throw new Error(); } }",
        "int f(Shape s) { return switch (s) { case Dot _ -> 1; case Shape other -> 2; }; }",
        "int f(Side s) { return switch (s) { case LEFT -> 1; default -> 2; }; }",
        "Runnable f(Side s) { return () -> { switch (s) { case LEFT: default: } }; }",
      })
  void aBranchForAllTheRestIsFound(String method) throws Exception {
    assertThat(found(TYPES + method + "}"))
        .singleElement()
        .asString()
        .startsWith(
            "kernel/src/main/java/dev/pintle/kernel/A.java:9: a branch for all the rest of ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int f(Shape s) { return switch (s) { case Dot _ -> 1; case Line _ -> 2; }; }",
        "int f(Line s) { return switch (s) { case Line(int n) when n > 3 -> 1; case Line _ -> 2; }; }",
        "int f(Object s) { return switch (s) { case Dot _ -> 1; default -> 2; }; }",
        "int f(String s) { return switch (s) { case \"a\" -> 1; default -> 2; }; }",
        "int f(Thread.State s) { return switch (s) { case NEW -> 1; default -> 2; }; }",
      })
  void aSwitchThatNamesEveryCaseOrIsOverAnotherTypeIsLeftAlone(String method) throws Exception {
    assertThat(found(TYPES + method + "}")).isEmpty();
  }

  @Test
  void aTestMayLeaveCasesOut() throws Exception {
    String test = "int f(Side s) { return switch (s) { case LEFT -> 1; default -> 2; }; }";
    var module = Planted.module(folder, "kernel").test(TYPES + test + "}").built();
    assertThat(rule().broken(module)).isEmpty();
  }

  @Test
  void aSourceThatCannotBeUnderstoodIsFound() throws Exception {
    var module = Planted.module(folder, "kernel").main("package dev.pintle.kernel; class A {}");
    module.built();
    var broken = module.main("package dev.pintle.kernel; class B { Gone gone; }");
    assertThat(rule().broken(broken.seen()))
        .singleElement()
        .asString()
        .startsWith("kernel: could not be attributed: ");
  }

  private List<String> found(String source) throws Exception {
    var module = Planted.module(folder, "kernel").main(source).built();
    return rule().broken(module).map(Finding::toString).toList();
  }

  private static Rule rule() {
    return new AttributedSources(List.of(ExhaustiveSwitches::broken));
  }
}
