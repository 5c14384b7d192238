package dev.pintle.kube.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class UnifiedDiffTest {
  private static final Pattern HUNK =
      Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@");

  private static List<String> letters(String text) {
    return List.of(text.split("", -1)).subList(0, text.length());
  }

  @Test
  void textsThatAreTheSameDoNotDiffer() {
    assertThat(UnifiedDiff.of(letters("abc"), letters("abc"))).isEmpty();
    assertThat(UnifiedDiff.of(List.of(), List.of())).isEmpty();
  }

  @Test
  void aChangeIsShownBetweenThreeLinesOnEitherSide() {
    assertThat(UnifiedDiff.of(letters("abcdefghi"), letters("abcdXfghi")))
        .isEqualTo("@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+X\n f\n g\n h\n");
  }

  @Test
  void changesNearEachOtherAreShownTogether() {
    assertThat(UnifiedDiff.of(letters("abcdefghij"), letters("Xbcdefghij").subList(0, 10)))
        .isEqualTo("@@ -1,4 +1,4 @@\n-a\n+X\n b\n c\n d\n");
    assertThat(UnifiedDiff.of(letters("a123456b"), letters("X123456Y")))
        .isEqualTo("@@ -1,8 +1,8 @@\n-a\n+X\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+Y\n");
    assertThat(UnifiedDiff.of(letters("a1234567b"), letters("X1234567Y")))
        .isEqualTo("@@ -1,4 +1,4 @@\n-a\n+X\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+Y\n");
  }

  @Test
  void anEmptyTextHasNoFirstLine() {
    assertThat(UnifiedDiff.of(List.of(), letters("ab"))).isEqualTo("@@ -0,0 +1,2 @@\n+a\n+b\n");
    assertThat(UnifiedDiff.of(letters("a"), List.of())).isEqualTo("@@ -1 +0,0 @@\n-a\n");
  }

  /// Whatever is told, it must make the one text of the other.
  @Test
  void aDifferenceMakesTheNewTextOfTheOld() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 2_000; round++) {
      List<String> before = lines(random, random.nextInt(30), 1 + random.nextInt(6));
      List<String> after = new ArrayList<>(before);
      for (int change = random.nextInt(6); change > 0; change--) {
        int at = random.nextInt(after.size() + 1);
        if (random.nextBoolean() || at == after.size()) {
          after.add(at, "n" + random.nextInt(4));
        } else {
          after.remove(at);
        }
      }
      assertThat(applied(before, UnifiedDiff.of(before, after)))
          .as("seed %d round %d: %s to %s", seed, round, before, after)
          .isEqualTo(after);
    }
  }

  /// Many lines that are all alike, and many that are all different, are what the rule is slow at.
  @Test
  void aDifferenceThatWouldTakeLongIsToldRoughlyAndStillRight() {
    List<String> alike = IntStream.range(0, 5_000).mapToObj(i -> "x" + i % 3).toList();
    List<String> turned = IntStream.range(0, 5_000).mapToObj(i -> "x" + (5_000 - i) % 3).toList();
    assertThat(applied(alike, UnifiedDiff.of(alike, turned))).isEqualTo(turned);

    List<String> before = IntStream.range(0, 3_000).mapToObj(i -> "a" + i).toList();
    List<String> after = IntStream.range(0, 3_000).mapToObj(i -> "a" + (2_999 - i)).toList();
    assertThat(applied(before, UnifiedDiff.of(before, after))).isEqualTo(after);
  }

  private static List<String> lines(SplittableRandom random, int count, int kinds) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add("l" + random.nextInt(kinds));
    }
    return lines;
  }

  private static List<String> applied(List<String> before, String diff) {
    List<String> after = new ArrayList<>();
    int at = 0;
    for (String line : diff.lines().toList()) {
      Matcher hunk = HUNK.matcher(line);
      if (hunk.matches()) {
        boolean nothing = "0".equals(hunk.group(2));
        int start = Integer.parseInt(hunk.group(1)) - (nothing ? 0 : 1);
        after.addAll(before.subList(at, start));
        at = start;
      } else if (line.startsWith("+")) {
        after.add(line.substring(1));
      } else {
        assertThat(before.get(at)).isEqualTo(line.substring(1));
        if (line.startsWith(" ")) {
          after.add(before.get(at));
        }
        at++;
      }
    }
    after.addAll(before.subList(at, before.size()));
    return after;
  }
}
