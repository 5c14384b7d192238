package dev.pintle.kernel.flow;

/// A dealer of hands from a deck of queues. A hand depends on the hash alone, so that a flow has the same few queues all the time; two
/// flows rarely have the same ones, so that a busy flow fills only some queues of the hands of others.
///
/// @param deckSize queues, at least 1
/// @param handSize queues of a hand, 1 to `deckSize`, and so few that the hash has bits for them ([#entropyBits])
public record Dealer(int deckSize, int handSize) {
  /// Bits of a hash that may be used up. With all 64 the last card would be dealt unevenly.
  public static final int ENTROPY_BITS_MAX = 60;

  private static final int DECK_SIZE_MAX = 1 << 26;

  public Dealer {
    if (!isValid(deckSize, handSize)) {
      throw new IllegalArgumentException(
          "hand of %d from %d queues (expected: 1 <= hand <= queues <= %d, log2(queues) * hand <= %d)"
              .formatted(handSize, deckSize, DECK_SIZE_MAX, ENTROPY_BITS_MAX));
    }
  }

  public static boolean isValid(int deckSize, int handSize) {
    return handSize > 0
        && handSize <= deckSize
        && deckSize <= DECK_SIZE_MAX
        && entropyBits(deckSize, handSize) <= ENTROPY_BITS_MAX;
  }

  /// How many bits of a hash a hand uses up, at most.
  public static int entropyBits(int deckSize, int handSize) {
    return (int) Math.ceil(log2(deckSize) * handSize);
  }

  /// Exact for powers of two, as Go's is: a rounding error would cost a hand that just fits.
  private static double log2(int number) {
    int exponent = Math.getExponent((double) number) + 1;
    double fraction = number / Math.scalb(1.0, exponent);
    return fraction == 0.5 ? exponent - 1 : exponent + Math.log(fraction) * (1 / Math.log(2));
  }

  /// Deals the hand of `hash`, unsigned, into `hand`, which has room for it: distinct numbers of queues, from 0.
  public void deal(long hash, int[] hand) {
    long rest = hash;
    for (int i = 0; i < handSize; i++) {
      hand[i] = (int) Long.remainderUnsigned(rest, deckSize - i);
      rest = Long.divideUnsigned(rest, deckSize - i);
    }
    // Backwards, as the place of a card depends on the remainders before it.
    for (int i = handSize - 1; i > 0; i--) {
      int card = hand[i];
      for (int j = i - 1; j >= 0; j--) {
        if (card >= hand[j]) {
          card++;
        }
      }
      hand[i] = card;
    }
  }
}
