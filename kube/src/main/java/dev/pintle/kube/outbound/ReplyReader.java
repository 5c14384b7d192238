package dev.pintle.kube.outbound;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.object.GoText;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The reader of one answer of HTTP/1.1, within limits.
final class ReplyReader {
  private static final int INTERIM_MAX = 5;
  private static final int PIECE_BYTES = 16 * 1024;
  private static final int HEX = 16;
  // Of the lines of a chunk, so much is no excess, whatever the chunk holds; upstream's figures.
  private static final int CHUNK_LINE_BYTES = 16;
  private static final int EXCESS_MAX = 16 * 1024;
  private static final int SWITCHING = 101;

  private final InputStream in;
  private final OutboundLimits limits;
  private final OutboundRoom room;
  private int headBytes;
  private boolean begun;
  private boolean reusable;
  // Of the answer that is being read.
  private int code;
  private String contentType = "";
  private long length;
  private boolean chunked;
  private boolean closes;

  ReplyReader(InputStream in, OutboundLimits limits, OutboundRoom room) {
    this.in = in;
    this.limits = limits;
    this.room = room;
  }

  /// Whether the server has sent anything at all.
  boolean begun() {
    return begun;
  }

  /// Whether the connection may be used for another call.
  boolean reusable() {
    return reusable;
  }

  OutboundReply read() throws IOException, OutboundException {
    head();
    for (int i = 0; code < 200 && code != SWITCHING; i++) {
      if (i == INTERIM_MAX) {
        throw OutboundException.because("net/http: too many 1xx informational responses");
      }
      head();
    }
    return new OutboundReply(code, contentType, body());
  }

  private void head() throws IOException, OutboundException {
    status(line());
    contentType = "";
    length = -1;
    chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw OutboundException.because(
            "net/http: HTTP/1.x transport connection broken: malformed MIME header line: " + line);
      }
      header(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
  }

  private void status(String line) throws OutboundException {
    boolean known = line.startsWith("HTTP/1.") && line.length() >= 12 && line.charAt(8) == ' ';
    int number = known ? decimal(line.substring(9, 12)) : -1;
    if (number < 100) {
      throw OutboundException.because(
          "net/http: HTTP/1.x transport connection broken: malformed HTTP response "
              + GoText.quote(line));
    }
    code = number;
    closes = line.charAt(7) == '0';
  }

  private void header(String name, String value) throws OutboundException {
    switch (name) {
      case "content-type" -> contentType = value;
      case "content-length" -> {
        long stated = decimal(value);
        if (stated < 0 || (length >= 0 && length != stated)) {
          throw OutboundException.because(
              "net/http: HTTP/1.x transport connection broken: bad Content-Length "
                  + GoText.quote(value));
        }
        length = stated;
      }
      case "transfer-encoding" -> {
        if (!value.equalsIgnoreCase("chunked")) {
          throw OutboundException.because(
              "net/http: HTTP/1.x transport connection broken: unsupported transfer encoding: "
                  + GoText.quote(value));
        }
        chunked = true;
      }
      case "connection" -> closes |= value.toLowerCase(Locale.ROOT).contains("close");
      default -> {
        // Of no interest here.
      }
    }
  }

  /// -1 for what is no number, or too large a one.
  private static int decimal(String digits) {
    if (digits.isEmpty() || digits.length() > 9) {
      return digits.length() > 9 && digits.chars().allMatch(Character::isDigit)
          ? Integer.MAX_VALUE
          : -1;
    }
    int number = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + c - '0';
    }
    return number;
  }

  private Bytes body() throws IOException, OutboundException {
    if (code == 204 || code == 304 || code == SWITCHING) {
      reusable = !closes && code != SWITCHING;
      return Bytes.EMPTY;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (chunked) {
      chunks(body);
    } else if (length >= 0) {
      pieces(body, length);
    } else {
      untilEnd(body);
    }
    reusable = !closes && (chunked || length >= 0);
    return Bytes.wrap(body.toByteArray());
  }

  private void chunks(ByteArrayOutputStream body) throws IOException, OutboundException {
    long excess = 0;
    while (true) {
      // The lines between chunks belong to the body, as long as there are not many more of them
      // than of it.
      int before = headBytes;
      String line = line();
      int end = line.indexOf(';');
      long size = hex((end < 0 ? line : line.substring(0, end)).strip());
      if (size == 0) {
        break;
      }
      pieces(body, size);
      if (!line().isEmpty()) {
        throw OutboundException.because("malformed chunked encoding");
      }
      excess = Math.max(0, excess + headBytes - before - CHUNK_LINE_BYTES - 2 * size);
      if (excess > EXCESS_MAX) {
        throw OutboundException.because("chunked encoding contains too much non-data");
      }
      headBytes = before;
    }
    while (!line().isEmpty()) {
      // What follows the last chunk says nothing that matters here; it counts with the head.
    }
  }

  private static long hex(String digits) throws OutboundException {
    if (digits.isEmpty() || digits.length() > 8) {
      throw OutboundException.because("malformed chunked encoding");
    }
    long size = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(i), HEX);
      if (digit < 0) {
        throw OutboundException.because("malformed chunked encoding");
      }
      size = size * HEX + digit;
    }
    return size;
  }

  private void pieces(ByteArrayOutputStream body, long size) throws IOException, OutboundException {
    long left = size;
    while (left > 0) {
      requireRoom(body, 1);
      byte[] piece = in.readNBytes((int) Math.min(left, PIECE_BYTES));
      if (piece.length == 0) {
        throw new EOFException("unexpected EOF");
      }
      requireRoom(body, piece.length);
      body.writeBytes(piece);
      left -= piece.length;
    }
  }

  private void untilEnd(ByteArrayOutputStream body) throws IOException, OutboundException {
    byte[] piece = in.readNBytes(PIECE_BYTES);
    while (piece.length > 0) {
      requireRoom(body, piece.length);
      body.writeBytes(piece);
      piece = in.readNBytes(PIECE_BYTES);
    }
  }

  private void requireRoom(ByteArrayOutputStream body, int more) throws OutboundException {
    long bytes = (long) body.size() + more;
    if (bytes > limits.replyBytesMax()) {
      throw OutboundException.because(
          "the answer is too large: limit is " + limits.replyBytesMax());
    }
    room.hold(bytes);
  }

  /// Without its end.
  private String line() throws IOException, OutboundException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(64);
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException(begun ? "unexpected EOF" : "EOF");
      }
      begun = true;
      if (++headBytes > limits.headerBytesMax()) {
        throw OutboundException.because(
            "net/http: server response headers exceeded %d bytes; aborted"
                .formatted(limits.headerBytesMax()));
      }
      if (next == '\n') {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      line.write(next);
    }
  }
}
