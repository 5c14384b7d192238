package dev.pintle.kube.certificate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A walk through the elements of a DER encoding, each a tag, a length and a content. Nothing is copied but what is
/// asked for, and nothing recurses.
final class DerReader {
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;
  static final int FIRST_CONTEXT = 0xA0;
  private static final int LONG_FORM = 0x80;
  private static final int LENGTH_BYTES_MAX = 4;
  private static final int LONG_TAG = 0x1F;

  private final byte[] all;
  private final int end;
  private int position;

  /// One element.
  static final class Element {
    private final byte[] all;
    private final int tag;
    private final int start;
    private final int from;
    private final int end;

    /// @param start where its tag stands
    /// @param from where its content begins
    private Element(byte[] all, int tag, int start, int from, int end) {
      this.all = all;
      this.tag = tag;
      this.start = start;
      this.from = from;
      this.end = end;
    }

    int tag() {
      return tag;
    }

    DerReader inside() {
      return new DerReader(all, from, end);
    }

    byte[] content() {
      return Arrays.copyOfRange(all, from, end);
    }

    /// With its tag and length.
    byte[] whole() {
      return Arrays.copyOfRange(all, start, end);
    }

    String text() {
      return tag == 0x1E
          ? new String(content(), StandardCharsets.UTF_16BE)
          : new String(content(), StandardCharsets.UTF_8);
    }
  }

  DerReader(byte[] all) {
    this(all, 0, all.length);
  }

  private DerReader(byte[] all, int from, int end) {
    this.all = all;
    this.position = from;
    this.end = end;
  }

  boolean hasNext() {
    return position < end;
  }

  Element next() throws MalformedException {
    int start = position;
    int tag = read();
    if ((tag & LONG_TAG) == LONG_TAG) {
      throw new MalformedException("asn1: structure error: tags don't match");
    }
    int length = length();
    if (length > end - position) {
      throw new MalformedException("asn1: syntax error: data truncated");
    }
    position += length;
    return new Element(all, tag, start, position - length, position);
  }

  /// The next element, which must have this tag.
  Element next(int tag) throws MalformedException {
    Element element = next();
    if (element.tag() != tag) {
      throw new MalformedException("asn1: structure error: tags don't match");
    }
    return element;
  }

  /// Refuses what follows the last element.
  void requireEnd() throws MalformedException {
    if (hasNext()) {
      throw new MalformedException("asn1: syntax error: trailing data");
    }
  }

  private int read() throws MalformedException {
    if (position >= end) {
      throw new MalformedException("asn1: syntax error: sequence truncated");
    }
    return all[position++] & 0xFF;
  }

  private int length() throws MalformedException {
    int first = read();
    if (first < LONG_FORM) {
      return first;
    }
    int bytes = first - LONG_FORM;
    if (bytes == 0) {
      throw new MalformedException("asn1: syntax error: indefinite length found (not DER)");
    }
    if (bytes > LENGTH_BYTES_MAX) {
      throw new MalformedException("asn1: structure error: length too large");
    }
    long length = 0;
    for (int i = 0; i < bytes; i++) {
      length = length << 8 | read();
      if (length == 0) {
        throw new MalformedException("asn1: structure error: superfluous leading zeros in length");
      }
    }
    if (length > Integer.MAX_VALUE) {
      throw new MalformedException("asn1: structure error: length too large");
    }
    if (length < LONG_FORM) {
      throw new MalformedException("asn1: structure error: non-minimal length");
    }
    return (int) length;
  }

  /// An object identifier in dotted form.
  static String dotted(Element element) throws MalformedException {
    StringBuilder text = new StringBuilder();
    long value = 0;
    boolean first = true;
    for (byte part : element.content()) {
      value = value << 7 | (part & 0x7F);
      if (value > Integer.MAX_VALUE) {
        throw new MalformedException("asn1: structure error: base 128 integer too large");
      }
      if (part >= 0) {
        if (first) {
          long root = Math.min(value / 40, 2);
          text.append(root).append('.').append(value - root * 40);
          first = false;
        } else {
          text.append('.').append(value);
        }
        value = 0;
      }
    }
    return text.toString();
  }
}
