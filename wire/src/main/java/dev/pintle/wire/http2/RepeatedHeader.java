package dev.pintle.wire.http2;

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
  private final boolean alwaysNew;
  private volatile Value last = new Value("", AsciiString.EMPTY_STRING);

  private record Value(String text, AsciiString encoded) {}

  private RepeatedHeader(String name) {
    this.name = AsciiString.cached(name);
    this.alwaysNew = AnswerHeadersEncoder.isAlwaysNew(name);
  }

  /// Puts a header into a block, its name and behind that its value.
  static void put(AsciiString[] block, int place, String name, String value) {
    RepeatedHeader known = KNOWN.get(name);
    if (known == null && KNOWN.size() < NAMES_MAX) {
      known = KNOWN.computeIfAbsent(name, RepeatedHeader::new);
    }
    block[place] = known == null ? new AsciiString(name) : known.name;
    block[place + 1] = known == null ? new AsciiString(value) : known.value(value);
  }

  private AsciiString value(String value) {
    if (value.length() > VALUE_CHARACTERS_MAX || alwaysNew) {
      return new AsciiString(value);
    }
    Value known = last;
    if (!known.text().equals(value)) {
      known = new Value(value, new AsciiString(value));
      last = known;
    }
    return known.encoded();
  }
}
