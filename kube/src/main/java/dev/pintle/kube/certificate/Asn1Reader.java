package dev.pintle.kube.certificate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A walk through the elements of a DER encoding as Go's package for ASN.1 reads them into structures, with its words for what is
/// wrong. Nothing recurses.
public final class Asn1Reader {
  static final int BOOLEAN = 1;
  public static final int INTEGER = 2;
  public static final int BIT_STRING = 3;
  public static final int OCTET_STRING = 4;
  public static final int OBJECT_IDENTIFIER = 6;
  public static final int SEQUENCE = 16;
  static final int SET = 17;

  private static final int CONTEXT = 2;
  private static final int CLASS_SHIFT = 6;
  private static final int COMPOUND = 0x20;
  private static final int LONG_TAG = 0x1F;
  private static final int LONG_FORM = 0x80;
  private static final int LENGTH_MAX = 1 << 23;
  private static final int BASE_128_BYTES_MAX = 5;
  private static final int LONG_BYTES = 8;
  private static final int PADDING_MAX = 7;

  private final byte[] all;
  private final int from;
  private final int end;
  private int at;

  private Asn1Reader(byte[] all, int from, int end) {
    this.all = all;
    this.from = from;
    this.at = from;
    this.end = end;
  }

  public Asn1Reader(byte[] all) {
    this(all, 0, all.length);
  }

  /// The beginning of an element.
  ///
  /// @param group 0 for what is universal
  private record Tag(int group, int number, int length, boolean compound) {
    boolean is(int otherGroup, int otherNumber, boolean otherCompound) {
      return group == otherGroup && number == otherNumber && compound == otherCompound;
    }
  }

  /// An element: where it stands, and where its content does.
  public static final class Element {
    private final byte[] all;
    private final Tag tag;
    private final int start;
    private final int from;
    private final int end;

    private Element(byte[] all, Tag tag, int start, int from, int end) {
      this.all = all;
      this.tag = tag;
      this.start = start;
      this.from = from;
      this.end = end;
    }

    /// 0 for what is universal.
    int group() {
      return tag.group();
    }

    int number() {
      return tag.number();
    }

    boolean compound() {
      return tag.compound();
    }

    public Asn1Reader inside() {
      return new Asn1Reader(all, from, end);
    }

    /// The element itself, to be read again.
    Asn1Reader again() {
      return new Asn1Reader(all, start, end);
    }

    public byte[] content() {
      return Arrays.copyOfRange(all, from, end);
    }

    /// With its tag and length.
    public byte[] whole() {
      return Arrays.copyOfRange(all, start, end);
    }

    boolean isPlain() {
      return group() == 0 && !compound();
    }
  }

  /// The next element, which must be a universal one with this tag.
  ///
  /// @param type the name of the type in Go, for the message
  public Element next(int tag, String type) throws MalformedException {
    return next(0, tag, tag == SEQUENCE || tag == SET, type);
  }

  /// The next element where it is a universal one with this tag; else null, and it is still to come.
  @Nullable Element nextIf(int tag) throws MalformedException {
    int start = at;
    if (at < end) {
      Tag read = tag();
      if (read.is(0, tag, false)) {
        return element(read, start);
      }
      at = start;
    }
    return null;
  }

  /// The next element, a list with a tag of its own.
  public Element tagged(int tag) throws MalformedException {
    return next(CONTEXT, tag, true, "");
  }

  private Element next(int group, int tag, boolean compound, String type)
      throws MalformedException {
    requireMore();
    int start = at;
    Tag read = tag();
    if (!read.is(group, tag, compound)) {
      throw structure(
          "tags don't match (%d vs {class:%d tag:%d length:%d isCompound:%b}) {optional:false explicit:false application:false private:false defaultValue:<nil> tag:<nil> stringType:0 timeType:0 set:false omitEmpty:false} %s @%d"
              .formatted(
                  tag,
                  read.group(),
                  read.number(),
                  read.length(),
                  read.compound(),
                  type,
                  at - from));
    }
    return element(read, start);
  }

  /// The next element, whatever it is.
  public Element any() throws MalformedException {
    requireMore();
    int start = at;
    return element(tag(), start);
  }

  /// The next element, whatever it is; null at the end.
  @Nullable Element anyOrNone() throws MalformedException {
    return at == end ? null : any();
  }

  /// All elements, universal ones with this tag.
  List<Element> list(int tag) throws MalformedException {
    List<Element> elements = new ArrayList<>();
    while (at < end) {
      int start = at;
      Tag read = tag();
      if (!read.is(0, tag, true)) {
        throw structure("sequence tag mismatch");
      }
      if (read.length() > end - at) {
        throw syntax("truncated sequence");
      }
      elements.add(element(read, start));
    }
    return elements;
  }

  /// All elements, whatever they are.
  List<Element> list() throws MalformedException {
    List<Element> elements = new ArrayList<>();
    while (at < end) {
      int start = at;
      Tag read = tag();
      if (read.length() > end - at) {
        throw syntax("truncated sequence");
      }
      elements.add(element(read, start));
    }
    return elements;
  }

  boolean hasNext() {
    return at < end;
  }

  private void requireMore() throws MalformedException {
    if (at == end) {
      throw syntax("sequence truncated");
    }
  }

  private Element element(Tag tag, int start) throws MalformedException {
    if (tag.length() > end - at) {
      throw syntax("data truncated");
    }
    int content = at;
    at += tag.length();
    return new Element(all, tag, start, content, at);
  }

  private Tag tag() throws MalformedException {
    int first = all[at++] & 0xFF;
    int number = first & LONG_TAG;
    if (number == LONG_TAG) {
      number = base128();
      if (number < LONG_TAG) {
        throw syntax("non-minimal tag");
      }
    }
    return new Tag(first >> CLASS_SHIFT, number, length(), (first & COMPOUND) != 0);
  }

  private int length() throws MalformedException {
    int first = lengthByte();
    if (first < LONG_FORM) {
      return first;
    }
    if (first == LONG_FORM) {
      throw syntax("indefinite length found (not DER)");
    }
    int length = 0;
    for (int i = first - LONG_FORM; i > 0; i--) {
      int next = lengthByte();
      if (length >= LENGTH_MAX) {
        throw structure("length too large");
      }
      length = length << 8 | next;
      if (length == 0) {
        throw structure("superfluous leading zeros in length");
      }
    }
    if (length < LONG_FORM) {
      throw structure("non-minimal length");
    }
    return length;
  }

  private int lengthByte() throws MalformedException {
    if (at >= end) {
      throw syntax("truncated tag or length");
    }
    return all[at++] & 0xFF;
  }

  private int base128() throws MalformedException {
    long number = 0;
    for (int read = 0; at < end; read++) {
      if (read == BASE_128_BYTES_MAX) {
        throw structure("base 128 integer too large");
      }
      byte next = all[at];
      if (read == 0 && (next & 0xFF) == LONG_FORM) {
        throw syntax("integer is not minimally encoded");
      }
      at++;
      number = number << 7 | (next & 0x7F);
      if (next >= 0) {
        if (number > Integer.MAX_VALUE) {
          throw structure("base 128 integer too large");
        }
        return (int) number;
      }
    }
    throw syntax("truncated base 128 integer");
  }

  /// An object identifier in dotted form.
  public static String dotted(Element element) throws MalformedException {
    Asn1Reader content = element.inside();
    if (!content.hasNext()) {
      throw syntax("zero length OBJECT IDENTIFIER");
    }
    int first = content.base128();
    int root = Math.min(first / 40, 2);
    StringBuilder text = new StringBuilder().append(root).append('.').append(first - root * 40);
    while (content.hasNext()) {
      text.append('.').append(content.base128());
    }
    return text.toString();
  }

  /// Refuses what is neither true nor false.
  static void requireBoolean(Element element) throws MalformedException {
    byte[] content = element.content();
    if (content.length != 1 || (content[0] != 0 && content[0] != -1)) {
      throw syntax("invalid boolean");
    }
  }

  /// Refuses what is no whole number of 64 bits.
  static void requireLong(Element element) throws MalformedException {
    byte[] content = element.content();
    if (content.length == 0) {
      throw structure("empty integer");
    }
    if (content.length > 1 && isPadding(content[0], content[1])) {
      throw structure("integer not minimally-encoded");
    }
    if (content.length > LONG_BYTES) {
      throw structure("integer too large");
    }
  }

  /// Whether a first byte says nothing that the second does not.
  static boolean isPadding(byte first, byte second) {
    return (first == 0 && second >= 0) || (first == -1 && second < 0);
  }

  /// The bits of a bit string, at the end of its bytes.
  public static byte[] bits(Element element) throws MalformedException {
    byte[] content = element.content();
    if (content.length == 0) {
      throw syntax("zero length BIT STRING");
    }
    int padding = content[0] & 0xFF;
    if (padding > PADDING_MAX
        || (content.length == 1 && padding > 0)
        || (content[content.length - 1] & ((1 << padding) - 1)) != 0) {
      throw syntax("invalid padding bits in BIT STRING");
    }
    byte[] bits = Arrays.copyOfRange(content, 1, content.length);
    return padding == 0 ? bits : shifted(bits, padding);
  }

  private static byte[] shifted(byte[] bits, int padding) {
    byte[] shifted = new byte[bits.length];
    int before = 0;
    for (int i = 0; i < bits.length; i++) {
      int now = bits[i] & 0xFF;
      shifted[i] = (byte) (before << (Byte.SIZE - padding) | now >> padding);
      before = now;
    }
    return shifted;
  }

  static MalformedException syntax(String what) {
    return new MalformedException("asn1: syntax error: " + what);
  }

  static MalformedException structure(String what) {
    return new MalformedException("asn1: structure error: " + what);
  }
}
