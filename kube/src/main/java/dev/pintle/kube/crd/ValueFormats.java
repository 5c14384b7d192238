package dev.pintle.kube.crd;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The formats of OpenAPI that upstream checks in custom resources; what is not among them is not checked.
final class ValueFormats {
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
  private static final Pattern IPV4 =
      Pattern.compile(
          "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");
  private static final Pattern IPV6 =
      Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final Pattern HOST_NAME =
      Pattern.compile(
          "(?!.{256})[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)*");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final Pattern MAC = Pattern.compile("(?i)[0-9a-f]{2}([:-][0-9a-f]{2}){5}");
  private static final Pattern DURATION =
      Pattern.compile("[-+]?(\\d+(\\.\\d*)?(ns|us|µs|ms|s|m|h|d|w))+|\\d+\\s*[a-z]+");

  private static final Map<String, Predicate<String>> CHECKS =
      Map.ofEntries(
          Map.entry("date-time", ValueFormats::isDateTime),
          Map.entry("datetime", ValueFormats::isDateTime),
          Map.entry("date", ValueFormats::isDate),
          Map.entry("byte", ValueFormats::isBase64),
          Map.entry("uuid", matching(UUID)),
          Map.entry("ipv4", matching(IPV4)),
          Map.entry("ipv6", matching(IPV6)),
          Map.entry("hostname", matching(HOST_NAME)),
          Map.entry("email", matching(EMAIL)),
          Map.entry("mac", matching(MAC)),
          Map.entry("duration", matching(DURATION)),
          Map.entry("cidr", ValueFormats::isCidr));

  private ValueFormats() {}

  static boolean accepts(String format, String text) {
    Predicate<String> check = CHECKS.get(format);
    return check == null || check.test(text);
  }

  private static Predicate<String> matching(Pattern pattern) {
    return text -> pattern.matcher(text).matches();
  }

  private static boolean isDateTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static boolean isCidr(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      return false;
    }
    String address = text.substring(0, slash);
    int bits = Integer.parseInt(text.substring(slash + 1));
    return IPV4.matcher(address).matches()
        ? bits <= 32
        : IPV6.matcher(address).matches() && bits <= 128;
  }
}
