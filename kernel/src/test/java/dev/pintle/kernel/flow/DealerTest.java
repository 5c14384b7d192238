package dev.pintle.kernel.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DealerTest {
  /// Decks and hands of which a hash has just enough bits.
  private static final int[][] NARROWEST = {{16, 15}, {1024, 6}, {1 << 15, 4}, {1 << 20, 3}};

  @Test
  void aHandIsTheOneThatUpstreamDeals() {
    for (String line : Figures.lines("hands.txt")) {
      String[] words = line.split(" ", -1);
      Dealer dealer = new Dealer(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
      int[] hand = new int[dealer.handSize()];
      dealer.deal(Long.parseUnsignedLong(words[2], 16), hand);
      int[] expected = Arrays.stream(words).skip(3).mapToInt(Integer::parseInt).toArray();
      assertThat(hand).as(line).isEqualTo(expected);
    }
  }

  @Test
  void theQueuesOfAHandAreDistinctOnesOfTheDeck() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 20_000; round++) {
      int deck = random.nextInt(1, 40);
      int size = random.nextInt(1, Math.min(deck, 11) + 1);
      int[] hand = new int[size];
      long hash = random.nextLong();
      new Dealer(deck, size).deal(hash, hand);
      assertThat(Arrays.stream(hand).filter(i -> i >= 0 && i < deck).distinct().count())
          .as("%d of %d for %x: %s", size, deck, hash, Arrays.toString(hand))
          .isEqualTo(size);
    }
  }

  @Test
  void everyQueueIsInAsManyHandsAsAnyOther() {
    int hands = 200_000;
    for (int[] shape : new int[][] {{8, 3}, {64, 6}, {128, 6}}) {
      Dealer dealer = new Dealer(shape[0], shape[1]);
      int[][] dealt = new int[shape[1]][shape[0]];
      SplittableRandom random = new SplittableRandom(2);
      int[] hand = new int[shape[1]];
      for (int i = 0; i < hands; i++) {
        dealer.deal(random.nextLong(), hand);
        for (int place = 0; place < hand.length; place++) {
          dealt[place][hand[place]]++;
        }
      }
      double expected = (double) hands / shape[0];
      for (int[] ofPlace : dealt) {
        for (int count : ofPlace) {
          // Six standard deviations.
          assertThat(Math.abs(count - expected)).isLessThan(6 * Math.sqrt(expected));
        }
      }
    }
  }

  @Test
  void aHandForWhichTheHashHasTooFewBitsIsRefused() {
    for (int[] shape : NARROWEST) {
      assertThat(Dealer.entropyBits(shape[0], shape[1])).isEqualTo(60);
      assertThat(Dealer.isValid(shape[0], shape[1])).isTrue();
      assertThat(Dealer.isValid(shape[0] + 1, shape[1])).isFalse();
    }
  }

  @Test
  void aDeckOfAPowerOfTwoNeedsItsBitsAndNoMore() {
    for (int bits = 0; bits <= 26; bits++) {
      for (int size = 1; size <= 15; size++) {
        assertThat(Dealer.entropyBits(1 << bits, size)).isEqualTo(bits * size);
      }
    }
  }

  @Test
  void aHandBeyondTheDeckIsRefused() {
    assertThat(Dealer.isValid(4, 6)).isFalse();
    assertThat(Dealer.isValid(4, 0)).isFalse();
    assertThat(Dealer.isValid(0, 0)).isFalse();
    assertThat(Dealer.isValid((1 << 26) + 1, 1)).isFalse();
    assertThatThrownBy(() -> new Dealer(4, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hand of 6 from 4 queues");
  }
}
