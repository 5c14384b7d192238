package dev.pintle.kube.request;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameters of a request, decoded.
public final class Query {
  public static final Query EMPTY = new Query(Map.of());

  private final Map<String, List<String>> parameters;

  private Query(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /// What a parameter is called and holds is decoded.
  ///
  /// @param text what follows `?`, still percent-encoded
  public static Query parse(String text) {
    if (text.isEmpty()) {
      return EMPTY;
    }
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      if (!isReadable(pair)) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
      found.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
    }
    return new Query(found);
  }

  /// Whether Go reads it: a pair with an escape that is none, or with a semicolon, is passed over.
  private static boolean isReadable(String pair) {
    for (int at = pair.indexOf('%'); at >= 0; at = pair.indexOf('%', at + 1)) {
      if (at + 2 >= pair.length() || !isHex(pair.charAt(at + 1)) || !isHex(pair.charAt(at + 2))) {
        return false;
      }
    }
    return !pair.isEmpty() && pair.indexOf(';') < 0;
  }

  private static boolean isHex(char c) {
    return c < 0x80 && Character.digit(c, 16) >= 0;
  }

  public boolean isEmpty() {
    return parameters.isEmpty();
  }

  /// The first value of a parameter.
  public Optional<String> first(String name) {
    List<String> values = parameters.get(name);
    return values == null ? Optional.empty() : Optional.of(values.getFirst());
  }

  public String text(String name) {
    List<String> values = parameters.get(name);
    return values == null ? "" : values.getFirst();
  }

  public List<String> all(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  public boolean has(String name) {
    return parameters.containsKey(name);
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
