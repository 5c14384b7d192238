package dev.pintle.kube.quantity;

import dev.pintle.kube.quantity.Suffix.Family;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// An amount of a resource. Exact, to nine places after the point; what is smaller is rounded away from zero, because who
/// asks for something should get something. Equal amounts are equal however they were written.
///
/// An amount has at most [#DIGITS_MAX] digits before the point, however it is written: everything that is computed with
/// amounts takes time in their digits.
public final class Quantity implements Comparable<Quantity> {
  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Family.DECIMAL, "0");

  /// Upstream has no bound; its largest suffix stands for 18 digits.
  static final int DIGITS_MAX = 1_000;

  private static final int NANO_PLACES = 9;
  // Digits that upstream computes in 64 bits; such a text is kept as it was written when it is
  // already canonical.
  private static final int SHORT_DIGITS_MAX = 18;
  private static final int BINARY_DIGITS_MAX = 14;
  private static final BigDecimal BINARY_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  /// What is more than nothing is at least this.
  private static final BigDecimal LEAST = BigDecimal.ONE.movePointLeft(NANO_PLACES);

  /// Places behind the ninth that can still count: the largest binary suffix is 2^60.
  private static final int BINARY_PLACES = 40;

  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

  private final BigDecimal amount;
  private final Family family;
  private final String text;
  private final boolean bare;

  private Quantity(BigDecimal amount, Family family, @Nullable String text) {
    this(amount, family, text, false);
  }

  private Quantity(BigDecimal amount, Family family, @Nullable String text, boolean bare) {
    this.amount = amount;
    this.family = family;
    this.text = text == null ? canonical(amount, family) : text;
    this.bare = bare;
  }

  /// @throws QuantitySyntaxException in upstream's words
  public static Quantity parse(String text) {
    if (text.equals("0")) {
      return ZERO;
    }
    QuantityText parts = QuantityText.parse(text);
    Suffix suffix = Suffix.parse(parts.suffix());
    if (suffix == null) {
      throw new QuantitySyntaxException("unable to parse quantity's suffix");
    }
    if (isShort(parts, suffix)) {
      return shortOne(text, parts, suffix);
    }
    BigDecimal rounded = rounded(parts, suffix);
    boolean binary = suffix.family() == Family.BINARY;
    BigDecimal bounded = binary ? rounded.min(BINARY_MAX) : rounded;
    boolean fraction = binary && bounded.signum() > 0 && bounded.compareTo(BigDecimal.ONE) < 0;
    return new Quantity(signed(bounded, parts), fraction ? Family.DECIMAL : suffix.family(), null);
  }

  private static Quantity shortOne(String text, QuantityText parts, Suffix suffix) {
    BigDecimal number =
        BigDecimal.valueOf(
            Long.parseLong(parts.digits() + parts.fraction()), parts.fraction().length());
    if (number.signum() == 0) {
      return new Quantity(BigDecimal.ZERO, suffix.family(), null);
    }
    requireBounded(number.precision() - (long) number.scale() + suffix.powerOfTen());
    boolean stays = staysAsWritten(parts, suffix);
    return new Quantity(
        signed(scaled(number, suffix), parts),
        suffix.family(),
        stays ? text : null,
        !stays && suffix.family() == Family.BINARY);
  }

  /// Whether what upstream holds after it read `text` is told by Go from what it holds once that was stored: with most amounts it
  /// holds the digits and the text that they were read of.
  ///
  /// @throws QuantitySyntaxException in upstream's words
  public static boolean isHeldOtherwise(String text) {
    Quantity read = parse(text);
    return !read.text.equals(text) && !(read.bare && parse(read.text).bare);
  }

  private static BigDecimal scaled(BigDecimal number, Suffix suffix) {
    return suffix.base() == 2
        ? number.multiply(new BigDecimal(BigInteger.TWO.pow(suffix.exponent())))
        : number.scaleByPowerOfTen(suffix.exponent());
  }

  /// The amount without its sign, to the nine places.
  private static BigDecimal rounded(QuantityText parts, Suffix suffix) {
    SignificantDigits digits = SignificantDigits.of(parts);
    if (digits.isNone()) {
      return BigDecimal.ZERO;
    }
    long magnitude = digits.magnitude() + suffix.powerOfTen();
    if (suffix.base() == 2 && magnitude > DIGITS_MAX) {
      return BINARY_MAX;
    }
    requireBounded(magnitude);
    long kept = magnitude + NANO_PLACES + BINARY_PLACES;
    if (kept <= 0) {
      return LEAST;
    }
    BigDecimal amount = scaled(digits.first((int) kept), suffix);
    return amount.setScale(Math.max(Math.min(amount.scale(), NANO_PLACES), 0), RoundingMode.UP);
  }

  private static void requireBounded(long magnitude) {
    if (magnitude > DIGITS_MAX) {
      throw new QuantitySyntaxException("unable to parse numeric part of quantity");
    }
  }

  public static Quantity of(long amount) {
    return new Quantity(BigDecimal.valueOf(amount), Family.DECIMAL, null);
  }

  private static BigDecimal signed(BigDecimal amount, QuantityText parts) {
    return parts.negative() ? amount.negate() : amount;
  }

  private static boolean isShort(QuantityText parts, Suffix suffix) {
    if (suffix.family() == Family.BINARY) {
      int digits = parts.digits().length() + suffix.exponent() * 3 / 10;
      return parts.fraction().isEmpty() && digits <= BINARY_DIGITS_MAX;
    }
    return parts.digits().length() + parts.fraction().length() <= SHORT_DIGITS_MAX
        && (long) suffix.exponent() - parts.fraction().length() >= -NANO_PLACES;
  }

  private static boolean staysAsWritten(QuantityText parts, Suffix suffix) {
    String digits = parts.digits() + parts.fraction();
    if (suffix.family() == Family.BINARY) {
      return (Long.parseLong(digits) & 7) != 0;
    }
    return ((long) suffix.exponent() - parts.fraction().length()) % 3 == 0
        && !digits.endsWith("000")
        && digits.charAt(0) != '0';
  }

  private static String canonical(BigDecimal amount, Family family) {
    if (amount.signum() == 0) {
      return "0";
    }
    if (amount.scale() == 0 && amount.precision() <= SHORT_DIGITS_MAX) {
      long plain = amount.longValue();
      boolean binary = family == Family.BINARY && Math.abs(plain) >= KIBI.longValue();
      if (!binary && plain % 1000 != 0) {
        return Long.toString(plain);
      }
    }
    boolean whole = amount.stripTrailingZeros().scale() <= 0;
    if (family == Family.BINARY && whole && amount.abs().compareTo(KIBI) >= 0) {
      return binary(amount.toBigInteger());
    }
    BigDecimal stripped = amount.stripTrailingZeros();
    int exponent = -stripped.scale();
    int down = Math.floorMod(exponent, 3);
    String digits = stripped.unscaledValue().multiply(BigInteger.TEN.pow(down)).toString();
    return digits + Suffix.text(family == Family.BINARY ? Family.DECIMAL : family, exponent - down);
  }

  private static String binary(BigInteger amount) {
    BigInteger rest = amount;
    int exponent = 0;
    while (rest.getLowestSetBit() >= 10) {
      rest = rest.shiftRight(10);
      exponent += 10;
    }
    return rest + Suffix.text(Family.BINARY, exponent);
  }

  public int sign() {
    return amount.signum();
  }

  public Quantity plus(Quantity other) {
    return new Quantity(amount.add(other.amount), sign() == 0 ? other.family : family, null);
  }

  public Quantity minus(Quantity other) {
    return new Quantity(amount.subtract(other.amount), family, null);
  }

  /// Without digits after the `places`th of a decimal fraction, rounded away from zero; this one when it has none.
  public Quantity roundedTo(int places) {
    return amount.scale() <= places || amount.stripTrailingZeros().scale() <= places
        ? this
        : new Quantity(amount.setScale(places, RoundingMode.UP), family, null);
  }

  /// The whole number that is not less, as far as 64 bits reach.
  public long value() {
    return amount.setScale(0, RoundingMode.UP).min(BINARY_MAX).longValue();
  }

  /// In thousandths, rounded away from zero.
  public long milliValue() {
    return amount.movePointRight(3).setScale(0, RoundingMode.UP).min(BINARY_MAX).longValue();
  }

  /// As [#milliValue], but what 64 bits cannot hold loses its upper bits, as it does in Go.
  public long wrappedMilliValue() {
    return amount.movePointRight(3).setScale(0, RoundingMode.UP).toBigInteger().longValue();
  }

  /// The nearest number, for ratios.
  public double doubleValue() {
    return amount.doubleValue();
  }

  /// Whether there is nothing behind the point.
  public boolean isWhole() {
    return amount.signum() == 0 || amount.stripTrailingZeros().scale() <= 0;
  }

  /// Whether this is a whole multiple of `unit`, which is positive.
  public boolean isMultipleOf(Quantity unit) {
    return amount.remainder(unit.amount).signum() == 0;
  }

  @Override
  public int compareTo(Quantity other) {
    return amount.compareTo(other.amount);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Quantity that && amount.compareTo(that.amount) == 0;
  }

  @Override
  public int hashCode() {
    return amount.stripTrailingZeros().hashCode();
  }

  /// As the API writes it.
  @Override
  public String toString() {
    return text;
  }
}
