package dev.pintle.wire;

import io.netty.util.AsciiString;
import java.util.List;

/// Headers that many answers have alike: read and checked once, never changed, and sent as the same objects again and again.
public final class FixedHeaders implements AnswerHeaders {
  private final List<String> namesAndValues;
  private final AsciiString[] encoded;

  /// @param headers of which these are a copy
  public FixedHeaders(ResponseHeaders headers) {
    this.namesAndValues = List.copyOf(headers.namesAndValues());
    this.encoded = new AsciiString[namesAndValues.size()];
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = new AsciiString(namesAndValues.get(i));
    }
  }

  @Override
  public void addTo(ResponseHeaders headers) {
    headers.add(this);
  }

  /// Names and values in turn.
  public List<String> namesAndValues() {
    return namesAndValues;
  }

  /// How many places of a block they take.
  public int size() {
    return encoded.length;
  }

  /// Puts them into a block of names and values in turn; the place behind them is returned.
  public int put(AsciiString[] block, int place) {
    System.arraycopy(encoded, 0, block, place, encoded.length);
    return place + encoded.length;
  }
}
