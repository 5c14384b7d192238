package dev.pintle.kube.quantity;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sign that stands behind the digits: a power of ten or of two, and the family it is written in.
///
/// @param base 10 or 2
record Suffix(int base, int exponent, Family family) {
  enum Family {
    /// `m`, `k`, `M`…
    DECIMAL,
    /// `Ki`, `Mi`…
    BINARY,
    /// `e3`
    EXPONENT
  }

  private static final String[] DECIMALS = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
  private static final int DECIMAL_LEAST = -9;
  private static final String[] BINARIES = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
  private static final Map<String, Suffix> KNOWN = known();

  private static Map<String, Suffix> known() {
    Map<String, Suffix> known = new HashMap<>();
    for (int i = 1; i < BINARIES.length; i++) {
      known.put(BINARIES[i], new Suffix(2, i * 10, Family.BINARY));
    }
    for (int i = 0; i < DECIMALS.length; i++) {
      known.put(DECIMALS[i], new Suffix(10, DECIMAL_LEAST + i * 3, Family.DECIMAL));
    }
    return known;
  }

  static @Nullable Suffix parse(String text) {
    Suffix known = KNOWN.get(text);
    if (known != null || text.length() < 2 || (text.charAt(0) != 'e' && text.charAt(0) != 'E')) {
      return known;
    }
    try {
      return new Suffix(10, Integer.parseInt(text, 1, text.length(), 10), Family.EXPONENT);
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  /// The power of ten that it stands for, 0 where it stands for one of two.
  int powerOfTen() {
    return base == 10 ? exponent : 0;
  }

  /// How a power is written; empty for one that has no letter.
  static String text(Family family, int exponent) {
    return switch (family) {
      case DECIMAL -> at(DECIMALS, (exponent - DECIMAL_LEAST) / 3);
      case BINARY -> at(BINARIES, exponent / 10);
      case EXPONENT -> exponent == 0 ? "" : "e" + exponent;
    };
  }

  private static String at(String[] letters, int index) {
    return index >= 0 && index < letters.length ? letters[index] : "";
  }
}
