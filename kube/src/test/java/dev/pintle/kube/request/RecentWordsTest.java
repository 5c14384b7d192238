package dev.pintle.kube.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RecentWordsTest {
  @Test
  void aWordThatIsSaidAgainIsTheSameText() {
    String once = RecentWords.part("/api/v1/pods", 5, 7);
    assertThat(once).isEqualTo("v1");
    assertThat(RecentWords.part("/apis/v1/", 6, 8)).isSameAs(once);
  }

  @Test
  void manyWordsAtOnePlaceAreNeverTakenForOneAnother() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 100_000; i++) {
      String word = Integer.toString(random.nextInt(5_000), 36) + (i % 3 == 0 ? "é" : "");
      assertThat(RecentWords.part("<" + word + ">", 1, 1 + word.length())).isEqualTo(word);
    }
  }

  @Test
  void nothingAndWhatIsLongAreNotRemembered() {
    assertThat(RecentWords.part("abc", 1, 1)).isEmpty();
    String word = "x".repeat(97);
    assertThat(RecentWords.part(word + "/", 0, 97)).isEqualTo(word).isNotSameAs(word);
    assertThat(RecentWords.part(word + "/", 0, 97)).isEqualTo(word);
  }
}
