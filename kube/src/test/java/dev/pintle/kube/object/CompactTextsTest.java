package dev.pintle.kube.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CompactTextsTest {
  private static final long SEED = Long.getLong("pintle.seed", System.nanoTime());
  private static final List<String> PIECES =
      List.of("", "a", "B", "é", "ÿ", "Ā", "漢", "😀", "\ud800", "\udc00", "\u0000", "-long piece-");
  private static final int TEXTS = 600;

  private final SplittableRandom random = new SplittableRandom(SEED);

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private List<String> fill(CompactTexts compact) {
    List<String> twin = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      String text = text();
      twin.add(text);
      compact.append(text);
    }
    return twin;
  }

  @Test
  void textsAreWhatWasAppended() {
    CompactTexts compact = new CompactTexts();
    List<String> twin = fill(compact);

    assertThat(compact).as("-Dpintle.seed=%d", SEED).isEqualTo(twin);
    for (int i = 0; i < TEXTS; i++) {
      String other = twin.get(random.nextInt(TEXTS));
      assertThat(compact.is(i, twin.get(i))).isTrue();
      assertThat(compact.is(i, other)).isEqualTo(twin.get(i).equals(other));
      assertThat(compact.indexOf(other)).isEqualTo(twin.indexOf(other));
    }
    assertThat(compact.contains("nobody")).isFalse();
  }

  @Test
  void theOrderIsThatOfUtf8() {
    CompactTexts compact = new CompactTexts();
    List<String> twin = fill(compact);

    for (int i = 0; i < TEXTS; i++) {
      int other = random.nextInt(TEXTS);
      assertThat(Integer.signum(compact.compare(i, other)))
          .as("%d and %d, -Dpintle.seed=%d", i, other, SEED)
          .isEqualTo(Integer.signum(Utf8Order.compare(twin.get(i), twin.get(other))));
    }
  }

  @Test
  void whoSharesTextsDoesNotSeeWhatTheOtherAppends() {
    CompactTexts one = new CompactTexts();
    List<String> before = fill(one);
    CompactTexts other = one.share();
    one.append("mine");
    other.append("theirs");
    one.append("mine too");

    List<String> mine = new ArrayList<>(before);
    mine.addAll(List.of("mine", "mine too"));
    List<String> theirs = new ArrayList<>(before);
    theirs.add("theirs");
    assertThat(one).isEqualTo(mine);
    assertThat(other).isEqualTo(theirs);
  }

  @Test
  void noTextIsHeldAsAnObject() {
    CompactTexts compact = new CompactTexts();
    compact.append("held by nobody");

    assertThat(compact.getFirst()).isNotSameAs(compact.getFirst());
  }
}
