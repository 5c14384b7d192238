package dev.pintle.etcd.http;

import dev.pintle.wire.Exchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The parameters of a request, each with its values in order.
record QueryParameters(Map<String, List<String>> parameters) {
  static QueryParameters of(Exchange exchange) {
    return parse(exchange.head().query());
  }

  /// A parameter that cannot be decoded is passed over, as Go does it.
  static QueryParameters parse(String text) {
    QueryParameters query = new QueryParameters(new TreeMap<>());
    int from = 0;
    while (from <= text.length()) {
      int end = text.indexOf('&', from);
      int to = end < 0 ? text.length() : end;
      query.add(text.substring(from, to));
      from = to + 1;
    }
    return query;
  }

  private void add(String pair) {
    int equals = pair.indexOf('=');
    try {
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
      parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    } catch (IllegalArgumentException malformed) {
      // passed over
    }
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
