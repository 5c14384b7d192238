package dev.pintle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KernelPurityTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return System.nanoTime();",
        "return System.currentTimeMillis();",
        "return System.getenv();",
        "System.out.println(); return 1;",
        "return System.getLogger(\"x\");",
        "return Math.random();",
        "return java.util.UUID.randomUUID();",
        "return new java.util.Random();",
        "return new java.util.SplittableRandom();",
        "return java.util.concurrent.ThreadLocalRandom.current();",
        "return new java.security.SecureRandom();",
        "return java.time.Instant.now();",
        "return java.time.LocalDate.now();",
        "return java.time.Clock.systemUTC();",
        "return new Thread(() -> {});",
        "return Thread.currentThread();",
        "return ThreadLocal.withInitial(() -> 1);",
        "return new java.util.concurrent.locks.ReentrantLock();",
        "return java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor();",
        "return new java.util.Timer();",
        "return new java.io.File(\"x\");",
        "return new java.io.FileInputStream(\"x\");",
        "return java.nio.file.Path.of(\"x\");",
        "return java.nio.channels.Selector.open();",
        "return new java.net.Socket();",
        "return Runtime.getRuntime();",
        "return java.util.List.of(1).parallelStream();",
        "return java.util.stream.IntStream.of(1).parallel();",
        "java.util.Collections.shuffle(new java.util.ArrayList<>()); return 1;",
        "return java.util.logging.Logger.getLogger(\"x\");",
        "return java.net.http.HttpClient.newHttpClient();",
        "return org.assertj.core.api.Assertions.assertThat(1);"
      })
  void whatReachesOutOfTheKernelIsFound(String body) throws Exception {
    assertThat(brokenBy("Object f() throws Exception { " + body + " }")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Object f() { return new java.util.Random(7); }",
        "Object f() { return new java.util.SplittableRandom(7); }",
        "Object f() { return java.time.Duration.ofSeconds(1); }",
        "Object f(byte[] a) { System.arraycopy(a, 0, a, 0, 1); return \"a\" + a.length; }",
        "Object f() { return java.util.stream.IntStream.of(1).sum(); }",
        "Object f() { throw new IllegalStateException(\"x\"); }",
        "record R(int a) {} sealed interface S permits T {} record T(String s) implements S {}"
            + " Object f(S s) { return switch (s) { case T(var text) -> text; }; }"
      })
  void whatIsPureIsLeftAlone(String member) throws Exception {
    assertThat(brokenBy(member)).isEmpty();
  }

  @Test
  void aTypeThatStandsOnlyInASignatureIsFound() throws Exception {
    assertThat(brokenBy("java.util.List<java.nio.file.Path> paths;")).isNotEmpty();
  }

  @Test
  void otherModulesMayReachOut() throws Exception {
    var storage =
        Planted.module(folder, "storage")
            .main("package dev.pintle.storage; class A { long f() { return System.nanoTime(); } }")
            .built();
    assertThat(new KernelPurity().broken(storage)).isEmpty();
  }

  private java.util.stream.Stream<Finding> brokenBy(String member) throws Exception {
    var kernel =
        Planted.module(folder, "kernel")
            .main("package dev.pintle.kernel; class A { " + member + " }")
            .built();
    return new KernelPurity().broken(kernel);
  }
}
