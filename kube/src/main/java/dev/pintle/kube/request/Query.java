package dev.pintle.kube.request;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The parameters of a request, decoded. They are kept for as long as the request is under way, and most requests have few: no table,
/// but one array.
public final class Query {
  public static final Query EMPTY = new Query(new String[0], 0);

  /// Names and values in turn, as they were given.
  private final String[] parameters;

  private final long moment;

  private Query(String[] parameters, long moment) {
    this.parameters = parameters;
    this.moment = moment;
  }

  /// The same, of what was there at an earlier revision: no client can ask for that by one object.
  public Query asOf(long revision) {
    return new Query(parameters, revision);
  }

  /// The revision that is asked for by [#asOf]; 0 for none.
  public long moment() {
    return moment;
  }

  /// What a parameter is called and holds is decoded.
  ///
  /// @param text what follows `?`, still percent-encoded
  public static Query parse(String text) {
    if (text.isEmpty()) {
      return EMPTY;
    }
    List<String> found = new ArrayList<>(8);
    int start = 0;
    while (start <= text.length()) {
      int next = text.indexOf('&', start);
      int end = next < 0 ? text.length() : next;
      if (isReadable(text, start, end)) {
        int equals = text.indexOf('=', start, end);
        int nameEnd = equals < 0 ? end : equals;
        found.add(decode(RecentWords.part(text, start, nameEnd), true));
        found.add(decode(RecentWords.part(text, Math.min(nameEnd + 1, end), end), true));
      }
      start = end + 1;
    }
    return found.isEmpty() ? EMPTY : new Query(found.toArray(String[]::new), 0);
  }

  /// Whether Go reads it: a pair with an escape that is none, or with a semicolon, is passed over.
  private static boolean isReadable(String text, int start, int end) {
    for (int at = text.indexOf('%', start, end); at >= 0; at = text.indexOf('%', at + 1, end)) {
      if (at + 2 >= end || !isHex(text.charAt(at + 1)) || !isHex(text.charAt(at + 2))) {
        return false;
      }
    }
    return start < end && text.indexOf(';', start, end) < 0;
  }

  private static boolean isHex(char c) {
    return c < 0x80 && Character.digit(c, 16) >= 0;
  }

  public boolean isEmpty() {
    return parameters.length == 0;
  }

  /// The place of the next parameter of a name, or -1 when there is none.
  private int next(String name, int from) {
    for (int i = from; i < parameters.length; i += 2) {
      if (parameters[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /// The first value of a parameter.
  public Optional<String> first(String name) {
    int place = next(name, 0);
    return place < 0 ? Optional.empty() : Optional.of(parameters[place + 1]);
  }

  public String text(String name) {
    int place = next(name, 0);
    return place < 0 ? "" : parameters[place + 1];
  }

  public List<String> all(String name) {
    List<String> values = new ArrayList<>(0);
    for (int place = next(name, 0); place >= 0; place = next(name, place + 2)) {
      values.add(parameters[place + 1]);
    }
    return values;
  }

  public boolean has(String name) {
    return next(name, 0) >= 0;
  }

  /// A parameter is false when absent, `false` or `0`, and true otherwise.
  public boolean flag(String name) {
    return switch (first(name).orElse("false")) {
      case "false", "False", "FALSE", "0" -> false;
      default -> true;
    };
  }

  /// Percent-decodes; what is no escape stays.
  public static String percentDecoded(String text) {
    return decode(text, false);
  }

  static String decode(String text, boolean plusIsSpace) {
    if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        decoded.write(high << 4 | low);
        i += 2;
      } else {
        decoded.write(plusIsSpace && bytes[i] == '+' ? ' ' : bytes[i]);
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }
}
