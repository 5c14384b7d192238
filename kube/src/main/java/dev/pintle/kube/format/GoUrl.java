package dev.pintle.kube.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A URL with its parts, as Go's library reads it.
///
/// @param scheme in lower case, empty when there is none
/// @param user null when none is named
/// @param host with its port, and an address of IPv6 in brackets
/// @param path as it was written
/// @param query behind the question mark
public record GoUrl(
    String scheme, @Nullable String user, String host, String path, String query, String fragment) {
  /// @throws AddressException in Go's words
  public static GoUrl parse(String text) {
    return GoUrlReader.read(text, false);
  }

  /// The URL that the first line of a request can hold.
  ///
  /// @throws AddressException in Go's words
  public static GoUrl parseOfRequest(String text) {
    return GoUrlReader.read(text, true);
  }

  private int portAt() {
    int colon = host.lastIndexOf(':');
    return colon >= 0 && GoUrlReader.isPort(host.substring(colon)) ? colon : host.length();
  }

  /// The host without its port, and an address of IPv6 without its brackets.
  public String hostName() {
    String name = host.substring(0, portAt());
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }

  /// The port as it is written, empty when there is none.
  public String port() {
    return portAt() < host.length() ? host.substring(portAt() + 1) : "";
  }

  /// The path as it can stand in a URL.
  public String escapedPath() {
    return UrlEscapes.isEncodedPath(path) ? path : UrlEscapes.path(UrlEscapes.decoded(path, false));
  }

  /// The values of the query by their names; what cannot be read is left out.
  public Map<String, List<String>> parameters() {
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
}
