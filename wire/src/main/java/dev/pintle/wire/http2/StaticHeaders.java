package dev.pintle.wire.http2;

import io.netty.util.AsciiString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The headers that both sides of every connection know from the beginning (RFC 7541, appendix A), as far as answers have them.
final class StaticHeaders {
  /// How many there are; what is remembered is counted behind them.
  static final int COUNT = 61;

  private static final AsciiString STATUS = AsciiString.cached(":status");
  private static final int STATUS_FIRST = 8;
  private static final List<AsciiString> STATUSES =
      List.of("200", "204", "206", "304", "400", "404", "500").stream()
          .map(AsciiString::cached)
          .toList();

  /// The place of the first name that follows the pseudo-headers.
  private static final int NAMES_FIRST = 15;

  private static final List<String> NAMES =
      List.of(
          "accept-charset",
          "accept-encoding",
          "accept-language",
          "accept-ranges",
          "accept",
          "access-control-allow-origin",
          "age",
          "allow",
          "authorization",
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-length",
          "content-location",
          "content-range",
          "content-type",
          "cookie",
          "date",
          "etag",
          "expect",
          "expires",
          "from",
          "host",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "if-unmodified-since",
          "last-modified",
          "link",
          "location",
          "max-forwards",
          "proxy-authenticate",
          "proxy-authorization",
          "range",
          "referer",
          "refresh",
          "retry-after",
          "server",
          "set-cookie",
          "strict-transport-security",
          "transfer-encoding",
          "user-agent",
          "vary",
          "via",
          "www-authenticate");

  private static final Map<AsciiString, Integer> PLACES = places();

  private StaticHeaders() {}

  private static Map<AsciiString, Integer> places() {
    Map<AsciiString, Integer> places = new HashMap<>();
    places.put(STATUS, STATUS_FIRST);
    for (int i = 0; i < NAMES.size(); i++) {
      places.put(AsciiString.cached(NAMES.get(i)), NAMES_FIRST + i);
    }
    return Map.copyOf(places);
  }

  /// The place of a header, 0 when it is not among them: of those with a value only the usual statuses belong to answers.
  static int find(AsciiString name, AsciiString value) {
    int status = STATUS.equals(name) ? STATUSES.indexOf(value) : -1;
    return status < 0 ? 0 : STATUS_FIRST + status;
  }

  /// The place of a header of this name, 0 when there is none.
  static int findName(AsciiString name) {
    return PLACES.getOrDefault(name, 0);
  }
}
