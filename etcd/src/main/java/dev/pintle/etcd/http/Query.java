package dev.pintle.etcd.http;

import dev.pintle.wire.Exchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The parameters of a request, each with its values in order.
record Query(Map<String, List<String>> parameters) {
  static Query of(Exchange exchange) {
    return parse(exchange.head().query());
  }

  /// A parameter that cannot be decoded is passed over, as Go does it.
  static Query parse(String text) {
    Map<String, List<String>> parameters = new TreeMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      try {
        parameters.computeIfAbsent(decoded(name), _ -> new ArrayList<>()).add(decoded(value));
      } catch (IllegalArgumentException malformed) {
        continue;
      }
    }
    return new Query(parameters);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  boolean has(String name) {
    return parameters.containsKey(name);
  }

  List<String> values(String name) {
    return parameters.getOrDefault(name, List.of());
  }
}
