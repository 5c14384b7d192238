package dev.pintle.kube.cel;

import dev.pintle.kube.object.GoText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A URL with its parts, as Go reads it.
///
/// @param host with its port, and an address of IPv6 in brackets
/// @param path as it was written
/// @param query behind the question mark
record WebAddress(
    String scheme, String user, String host, String path, String query, String fragment)
    implements LibraryValue {
  static final String TYPE = "kubernetes.URL";

  /// @throws CelException in Go's words for what no request can be sent to
  static WebAddress parse(String text) {
    try {
      WebAddressReader.read(text, true);
      return WebAddressReader.read(text, false);
    } catch (CelException wrong) {
      throw new CelException(
          "URL parse error during conversion from string: " + wrong.getMessage());
    }
  }

  static boolean isOne(String text) {
    return complaints(text).isEmpty();
  }

  static List<String> complaints(String text) {
    try {
      WebAddressReader.read(text, true);
      return List.of();
    } catch (CelException wrong) {
      return List.of(wrong.getMessage());
    }
  }

  private int portAt() {
    int colon = host.lastIndexOf(':');
    return colon >= 0 && WebAddressReader.isPort(host.substring(colon)) ? colon : host.length();
  }

  String hostName() {
    String name = host.substring(0, portAt());
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }

  String port() {
    return portAt() < host.length() ? host.substring(portAt() + 1) : "";
  }

  String escapedPath() {
    return UrlEscapes.isEncodedPath(path) ? path : UrlEscapes.path(UrlEscapes.decoded(path, false));
  }

  /// The values of the query by their names; what cannot be read is left out.
  Map<String, List<String>> parameters() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String part : query.split("&", -1)) {
      if (part.isEmpty() || part.indexOf(';') >= 0) {
        continue;
      }
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "" : part.substring(equals + 1);
      if (UrlEscapes.isWellFormed(name) && UrlEscapes.isWellFormed(value)) {
        parameters
            .computeIfAbsent(UrlEscapes.decoded(name, true), _ -> new ArrayList<>())
            .add(UrlEscapes.decoded(value, true));
      }
    }
    return parameters;
  }

  /// What Go says of a text that is none.
  static CelException wrong(String text, String why) {
    return new CelException("parse %s: %s".formatted(GoText.quote(text), why));
  }

  @Override
  public String typeName() {
    return TYPE;
  }

  @Override
  public String goTypeName() {
    return "cel.URL";
  }
}
