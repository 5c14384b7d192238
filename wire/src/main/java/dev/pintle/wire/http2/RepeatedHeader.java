package dev.pintle.wire.http2;

import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A name that our answers have again and again, and the value that it had last: as objects that the encoder of headers knows again
/// without looking at their characters. Most headers are the same in one answer after another.
final class RepeatedHeader {
  /// Names are a small set of our own; a limit keeps a careless handler from growing it.
  private static final int NAMES_MAX = 256;

  private static final int VALUE_CHARACTERS_MAX = 256;
  private static final Map<String, RepeatedHeader> KNOWN = new ConcurrentHashMap<>();

  private final AsciiString name;
  private volatile Value last = new Value("", AsciiString.EMPTY_STRING);

  private record Value(String text, CharSequence encoded) {}

  private RepeatedHeader(String name) {
    this.name = AsciiString.cached(name);
  }

  /// Adds a header to a block.
  static void add(Http2Headers block, String name, String value) {
    RepeatedHeader known = KNOWN.get(name);
    if (known == null && KNOWN.size() < NAMES_MAX) {
      known = KNOWN.computeIfAbsent(name, RepeatedHeader::new);
    }
    if (known == null) {
      block.add(name, value);
    } else {
      block.add(known.name, known.value(value));
    }
  }

  private CharSequence value(String value) {
    if (value.length() > VALUE_CHARACTERS_MAX || AnswerHeadersEncoder.isAlwaysNew(name)) {
      return value;
    }
    Value known = last;
    if (!known.text().equals(value)) {
      known = new Value(value, encoded(value));
      last = known;
    }
    return known.encoded();
  }

  /// Other characters than those of ASCII stay as the encoder is used to see them.
  private static CharSequence encoded(String value) {
    return value.chars().allMatch(c -> c < 0x80) ? new AsciiString(value) : value;
  }
}
