package dev.pintle.wire.http1;

import dev.pintle.wire.FixedHeaders;
import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.http.HttpDate;
import dev.pintle.wire.http.HttpTransport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The writer of the head of an answer over HTTP/1.1. Names are written as Go's server writes them (`Content-Type`),
/// because people compare answers by eye and by grep.
final class ResponseHead {
  /// The way in which the body ends.
  enum Framing {
    NONE,
    LENGTH,
    CHUNKED,
    CLOSE
  }

  /// Names are a small set of our own; a limit keeps a careless handler from growing it.
  private static final int NAMES_MAX = 1024;

  private static final Map<String, String> WRITTEN_NAMES = new ConcurrentHashMap<>();

  private ResponseHead() {}

  static void write(
      ByteBuf out,
      int status,
      ResponseHeaders headers,
      long bodyBytes,
      Framing framing,
      String connection) {
    ascii(out, "HTTP/1.1 ");
    ascii(out, HttpResponseStatus.valueOf(status).toString());
    ascii(out, "\r\n");
    fields(out, headers.ownNamesAndValues());
    FixedHeaders fixed = headers.fixed();
    if (fixed != null) {
      fields(out, fixed.namesAndValues());
    }
    if (bodyBytes != HttpTransport.UNKNOWN_LENGTH && status != 204) {
      field(out, "Content-Length", Long.toString(bodyBytes));
    } else if (framing == Framing.CHUNKED) {
      field(out, "Transfer-Encoding", "chunked");
    }
    if (!connection.isEmpty()) {
      field(out, "Connection", connection);
    }
    ascii(out, "Date: ");
    ByteBufUtil.writeAscii(out, HttpDate.now());
    ascii(out, "\r\n\r\n");
  }

  private static void fields(ByteBuf out, List<String> namesAndValues) {
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      field(out, writtenName(namesAndValues.get(i)), namesAndValues.get(i + 1));
    }
  }

  private static void field(ByteBuf out, String name, String value) {
    ascii(out, name);
    ascii(out, ": ");
    out.writeCharSequence(value, StandardCharsets.UTF_8);
    ascii(out, "\r\n");
  }

  private static void ascii(ByteBuf out, String text) {
    ByteBufUtil.writeAscii(out, text);
  }

  private static String writtenName(String name) {
    String known = WRITTEN_NAMES.get(name);
    if (known != null) {
      return known;
    }
    String written = capitalized(name);
    if (WRITTEN_NAMES.size() < NAMES_MAX) {
      WRITTEN_NAMES.put(name, written);
    }
    return written;
  }

  private static String capitalized(String name) {
    StringBuilder out = new StringBuilder(name.length());
    boolean start = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      out.append(start ? Character.toUpperCase(c) : c);
      start = c == '-';
    }
    return out.toString();
  }
}
