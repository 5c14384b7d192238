package dev.pintle.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.netty.util.AsciiString;
import java.util.Map;

/// An encoder of the headers of answers (HPACK, RFC 7541) for one connection. It remembers no more of them than the protocol's usual
/// table holds, even for a client that would remember gigabytes: we would have to as well. What is never the same twice is kept out of the
/// table, where it would push out what always is.
///
/// Almost all headers of an answer are those of the one before, as the same objects: each of them is one byte, and takes one look into a
/// table. Characters are not packed by Huffman's code: most headers are sent in full but once.
final class AnswerHeadersEncoder implements Http2HeadersEncoder, Http2HeadersEncoder.Configuration {
  private static final long TABLE_BYTES_MAX = Http2CodecUtil.DEFAULT_HEADER_TABLE_SIZE;
  private static final AsciiString ALWAYS_NEW = AsciiString.cached("audit-id");

  // The first byte of what is sent, and how many of its bits belong to a number.
  private static final int INDEXED = 0x80;
  private static final int INDEXED_BITS = 7;
  private static final int REMEMBERED = 0x40;
  private static final int REMEMBERED_BITS = 6;
  private static final int TABLE_SIZE = 0x20;
  private static final int TABLE_SIZE_BITS = 5;
  private static final int NEVER_REMEMBERED = 0x10;
  private static final int NOT_REMEMBERED = 0;
  private static final int LITERAL_BITS = 4;
  private static final int LENGTH_BITS = 7;

  private final HeaderTable table = new HeaderTable(TABLE_BYTES_MAX);
  private long listBytesMax = Http2CodecUtil.MAX_HEADER_LIST_SIZE;

  /// The smallest size that the table has had since the client was told of one; it has to hear of that as well.
  private long smallestSize = TABLE_BYTES_MAX;

  private boolean resized;

  /// Whether a header has another value in each answer.
  static boolean isAlwaysNew(CharSequence name) {
    return name.length() == ALWAYS_NEW.length() && ALWAYS_NEW.contentEquals(name);
  }

  @Override
  public void encodeHeaders(int stream, Http2Headers headers, ByteBuf out) throws Http2Exception {
    if (listBytesMax < Http2CodecUtil.MAX_HEADER_LIST_SIZE) {
      requireSmall(stream, headers);
    }
    if (resized) {
      tellSize(out);
    }
    int place = 0;
    for (Map.Entry<CharSequence, CharSequence> header : headers) {
      encode(AsciiString.of(header.getKey()), AsciiString.of(header.getValue()), place++, out);
    }
  }

  private void requireSmall(int stream, Http2Headers headers) throws Http2Exception {
    long bytes = 0;
    for (Map.Entry<CharSequence, CharSequence> header : headers) {
      bytes += HeaderTable.bytesOf(header.getKey(), header.getValue());
    }
    if (bytes > listBytesMax) {
      Http2CodecUtil.headerListSizeExceeded(stream, listBytesMax, false);
    }
  }

  private void tellSize(ByteBuf out) {
    if (smallestSize < table.bytesMax()) {
      number(out, TABLE_SIZE, TABLE_SIZE_BITS, smallestSize);
    }
    number(out, TABLE_SIZE, TABLE_SIZE_BITS, table.bytesMax());
    smallestSize = table.bytesMax();
    resized = false;
  }

  /// @param place of the header in the answer
  private void encode(AsciiString name, AsciiString value, int place, ByteBuf out) {
    int known = StaticHeaders.find(name, value);
    int remembered = known > 0 ? 0 : table.find(name, value, place);
    if (known > 0 || remembered > 0) {
      number(out, INDEXED, INDEXED_BITS, known > 0 ? known : StaticHeaders.COUNT + remembered);
    } else if (isAlwaysNew(name)) {
      literal(out, NEVER_REMEMBERED, LITERAL_BITS, StaticHeaders.findName(name), name, value);
    } else if (HeaderTable.bytesOf(name, value) > table.bytesMax()) {
      literal(out, NOT_REMEMBERED, LITERAL_BITS, nameIndex(name), name, value);
    } else {
      literal(out, REMEMBERED, REMEMBERED_BITS, nameIndex(name), name, value);
      table.insert(name, value);
    }
  }

  private int nameIndex(AsciiString name) {
    int known = StaticHeaders.findName(name);
    if (known > 0) {
      return known;
    }
    int remembered = table.findName(name);
    return remembered > 0 ? StaticHeaders.COUNT + remembered : 0;
  }

  /// @param nameIndex 0 to send the name itself
  private static void literal(
      ByteBuf out, int first, int bits, int nameIndex, AsciiString name, AsciiString value) {
    number(out, first, bits, nameIndex);
    if (nameIndex == 0) {
      text(out, name);
    }
    text(out, value);
  }

  private static void text(ByteBuf out, AsciiString text) {
    number(out, 0, LENGTH_BITS, text.length());
    out.writeBytes(text.array(), text.arrayOffset(), text.length());
  }

  /// A number in the low bits of a byte, and in more bytes of seven bits each where it has no room there.
  private static void number(ByteBuf out, int first, int bits, long number) {
    int most = (1 << bits) - 1;
    if (number < most) {
      out.writeByte(first | (int) number);
      return;
    }
    out.writeByte(first | most);
    long rest = number - most;
    while (rest > 0x7F) {
      out.writeByte(0x80 | (int) (rest & 0x7F));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  @Override
  public Configuration configuration() {
    return this;
  }

  @Override
  public void maxHeaderTableSize(long asked) throws Http2Exception {
    if (asked < Http2CodecUtil.MIN_HEADER_TABLE_SIZE
        || asked > Http2CodecUtil.MAX_HEADER_TABLE_SIZE) {
      throw Http2Exception.connectionError(
          Http2Error.PROTOCOL_ERROR, "a header table of %d bytes", asked);
    }
    long size = Math.min(asked, TABLE_BYTES_MAX);
    if (size != table.bytesMax()) {
      table.resize(size);
      smallestSize = Math.min(smallestSize, size);
      resized = true;
    }
  }

  @Override
  public long maxHeaderTableSize() {
    return table.bytesMax();
  }

  @Override
  public void maxHeaderListSize(long asked) throws Http2Exception {
    if (asked < Http2CodecUtil.MIN_HEADER_LIST_SIZE
        || asked > Http2CodecUtil.MAX_HEADER_LIST_SIZE) {
      throw Http2Exception.connectionError(
          Http2Error.PROTOCOL_ERROR, "a header list of at most %d bytes", asked);
    }
    listBytesMax = asked;
  }

  @Override
  public long maxHeaderListSize() {
    return listBytesMax;
  }
}
