package dev.pintle.kube.format;

import com.google.re2j.Pattern;

/// The formats that an expression tells. Where a form has a length, it is asked first.
public final class TextForms {
  private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-fA-F]{24}");
  // What Go reads as an address: a name before it in angle brackets is allowed.
  private static final Pattern EMAIL =
      Pattern.compile(
          "(?s)\\s*(?:[^<>@]*<[^<>@\\s]+@[^<>@\\s]+>|[^<>@\\s\"(),:;]+@[^<>@\\s]+)\\s*");
  private static final Pattern HEX_COLOR = Pattern.compile("#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})");
  private static final String BYTE = "(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])";
  private static final Pattern RGB_COLOR =
      Pattern.compile("rgb\\(\\s*%s\\s*,\\s*%s\\s*,\\s*%s\\s*\\)".formatted(BYTE, BYTE, BYTE));
  private static final Pattern SSN = Pattern.compile("\\d{3}[- ]?\\d{2}[- ]?\\d{4}");
  private static final int OBJECT_ID_CHARS = 24;
  private static final int HEX_COLOR_CHARS_MAX = 7;
  private static final int UUID_CHARS_MAX = 36;
  private static final int SSN_CHARS = 11;
  private static final Pattern UUID = uuid("[0-9a-f]{4}", "[0-9a-f]{4}");
  private static final Pattern UUID3 = uuid("3[0-9a-f]{3}", "[0-9a-f]{4}");
  private static final Pattern UUID4 = uuid("4[0-9a-f]{3}", "[89ab][0-9a-f]{3}");
  private static final Pattern UUID5 = uuid("5[0-9a-f]{3}", "[89ab][0-9a-f]{3}");
  private static final String NAME = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern SHORT_NAME = Pattern.compile(NAME);
  private static final Pattern LONG_NAME = Pattern.compile(NAME + "(\\." + NAME + ")*");
  private static final int SHORT_NAME_CHARS_MAX = 63;
  private static final int LONG_NAME_CHARS_MAX = 253;

  private TextForms() {}

  private static Pattern uuid(String third, String fourth) {
    return Pattern.compile(
        "(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?%s-?%s-?[0-9a-f]{12}".formatted(third, fourth));
  }

  public static boolean isObjectId(String text) {
    return text.length() <= OBJECT_ID_CHARS && OBJECT_ID.matcher(text).matches();
  }

  public static boolean isBase64(String text) {
    int end = text.length();
    for (int padding = 0; padding < 2 && end > 0 && text.charAt(end - 1) == '='; padding++) {
      end--;
    }
    boolean whole = !text.isEmpty() && text.length() % 4 == 0;
    return whole && text.chars().limit(end).allMatch(TextForms::isOfBase64);
  }

  private static boolean isOfBase64(int c) {
    boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return letter || (c >= '0' && c <= '9') || c == '+' || c == '/';
  }

  public static boolean isEmail(String text) {
    return EMAIL.matcher(text).matches();
  }

  public static boolean isHexColor(String text) {
    return text.length() <= HEX_COLOR_CHARS_MAX && HEX_COLOR.matcher(text).matches();
  }

  public static boolean isRgbColor(String text) {
    return RGB_COLOR.matcher(text).matches();
  }

  public static boolean isSsn(String text) {
    return text.length() == SSN_CHARS && SSN.matcher(text).matches();
  }

  private static boolean isUuid(Pattern pattern, String text) {
    return text.length() <= UUID_CHARS_MAX && pattern.matcher(text).matches();
  }

  public static boolean isUuid(String text) {
    return isUuid(UUID, text);
  }

  public static boolean isUuid3(String text) {
    return isUuid(UUID3, text);
  }

  public static boolean isUuid4(String text) {
    return isUuid(UUID4, text);
  }

  public static boolean isUuid5(String text) {
    return isUuid(UUID5, text);
  }

  public static boolean isShortName(String text) {
    return text.length() <= SHORT_NAME_CHARS_MAX && SHORT_NAME.matcher(text).matches();
  }

  public static boolean isLongName(String text) {
    return text.length() <= LONG_NAME_CHARS_MAX && LONG_NAME.matcher(text).matches();
  }
}
