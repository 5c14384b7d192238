package dev.pintle.etcd.gateway;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The integers that a JSON number may stand for, as Go's protobuf library reads them: with a point and an exponent, as long as nothing
/// behind the point is left.
final class JsonInteger {
  /// No integer of 64 bits has more.
  private static final int DIGITS_MAX = 20;

  private JsonInteger() {}

  /// The number at the beginning of `text`; null for none of 64 bits.
  static @Nullable Long signed(byte[] text) {
    String digits = digits(text);
    try {
      return digits == null ? null : Long.valueOf(digits);
    } catch (NumberFormatException tooLarge) {
      return null;
    }
  }

  /// As [#signed], of numbers that are not negative.
  static @Nullable Long unsigned(byte[] text) {
    String digits = digits(text);
    try {
      return digits == null ? null : Long.valueOf(Long.parseUnsignedLong(digits));
    } catch (NumberFormatException tooLarge) {
      return null;
    }
  }

  private static @Nullable String digits(byte[] text) {
    Parts parts = new Parts(text);
    return parts.read() ? parts.integer() : null;
  }

  /// The parts of a number.
  private static final class Parts {
    private final byte[] text;
    private int at;
    private boolean negative;
    private String whole = "";
    private String fraction = "";
    private String exponent = "";

    Parts(byte[] text) {
      this.text = text;
    }

    private int peek() {
      return at < text.length ? text[at] : -1;
    }

    private boolean isDigit(int index) {
      return index < text.length && text[index] >= '0' && text[index] <= '9';
    }

    private String digits() {
      int from = at;
      while (isDigit(at)) {
        at++;
      }
      return new String(text, from, at - from, StandardCharsets.US_ASCII);
    }

    /// Whether there is a number, which something else may follow.
    boolean read() {
      if (peek() == '-') {
        negative = true;
        at++;
      }
      if (!isDigit(at)) {
        return false;
      }
      if (peek() == '0') {
        at++;
      } else {
        whole = digits();
      }
      if (peek() == '.' && isDigit(at + 1)) {
        at++;
        fraction = withoutZerosBehind(digits());
      }
      return readExponent() && !isInWord(peek());
    }

    /// One letter is not yet an exponent, and one without digits is none.
    private boolean readExponent() {
      if ((peek() != 'e' && peek() != 'E') || at + 1 == text.length) {
        return true;
      }
      at++;
      String sign = "";
      if (peek() == '+' || peek() == '-') {
        sign = peek() == '-' ? "-" : "+";
        at++;
        if (at == text.length) {
          return false;
        }
      }
      exponent = sign + digits();
      return true;
    }

    private static boolean isInWord(int next) {
      return next == '-'
          || next == '+'
          || next == '.'
          || next == '_'
          || (next >= 'a' && next <= 'z')
          || (next >= 'A' && next <= 'Z')
          || (next >= '0' && next <= '9');
    }

    private static String withoutZerosBehind(String digits) {
      int end = digits.length();
      while (end > 0 && digits.charAt(end - 1) == '0') {
        end--;
      }
      return digits.substring(0, end);
    }

    @Nullable String integer() {
      if (whole.isEmpty() && fraction.isEmpty()) {
        return "0";
      }
      int shift;
      try {
        shift = exponent.isEmpty() ? 0 : Integer.parseInt(exponent);
      } catch (NumberFormatException tooLarge) {
        return null;
      }
      String digits = shift >= 0 ? shiftedUp(shift) : shiftedDown(-(long) shift);
      return digits == null || digits.length() > DIGITS_MAX ? null : (negative ? "-" : "") + digits;
    }

    private @Nullable String shiftedUp(int shift) {
      if (fraction.length() > shift || whole.length() + (long) shift > DIGITS_MAX) {
        return null;
      }
      return whole + fraction + "0".repeat(shift - fraction.length());
    }

    private @Nullable String shiftedDown(long shift) {
      long left = whole.length() - shift;
      if (!fraction.isEmpty() || left < 0) {
        return null;
      }
      for (int i = (int) left; i < whole.length(); i++) {
        if (whole.charAt(i) != '0') {
          return null;
        }
      }
      return whole.substring(0, (int) left);
    }
  }
}
