package dev.pintle.kube.route;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The parts of some content that a client wants (RFC 9110, section 14.1).
///
/// @param parts in the order in which they were asked for; none for the whole
/// @param fault why there are none, as the answer tells it; empty where there is nothing wrong
record ContentRanges(List<Part> parts, String fault) {
  static final ContentRanges WHOLE = new ContentRanges(List.of(), "");

  private static final String UNIT = "bytes=";
  private static final ContentRanges BEYOND =
      new ContentRanges(List.of(), "invalid range: failed to overlap\n");
  private static final ContentRanges UNREADABLE = new ContentRanges(List.of(), "invalid range\n");
  private static final int BOUNDARY_BYTES = 30;
  private static final SecureRandom CHANCE = new SecureRandom();

  /// A run of bytes.
  record Part(int from, int length) {
    /// The value of `Content-Range`.
    String of(int size) {
      return "bytes %d-%d/%d".formatted(from, from + length - 1, size);
    }
  }

  /// @param size of the content in bytes
  static ContentRanges read(String header, int size) {
    if (!header.startsWith(UNIT)) {
      return UNREADABLE;
    }
    List<Part> parts = new ArrayList<>();
    boolean beyond = false;
    long total = 0;
    try {
      for (String each : header.substring(UNIT.length()).split(",", -1)) {
        String wanted = each.strip();
        if (wanted.isEmpty()) {
          continue;
        }
        Part part = part(wanted, size);
        beyond |= part.from() > size;
        if (part.from() <= size) {
          parts.add(part);
          total += part.length();
        }
      }
    } catch (NumberFormatException _) {
      return UNREADABLE;
    }
    if (beyond && parts.isEmpty()) {
      return BEYOND;
    }
    return total > size ? WHOLE : new ContentRanges(parts, "");
  }

  /// A part that begins behind the end for one that begins beyond.
  private static Part part(String wanted, int size) {
    int dash = wanted.indexOf('-');
    if (dash < 0) {
      throw new NumberFormatException(wanted + " (expected: a range)");
    }
    String first = wanted.substring(0, dash).strip();
    String last = wanted.substring(dash + 1).strip();
    if (first.isEmpty()) {
      int length = (int) Math.min(number(last), size);
      return new Part(size - length, length);
    }
    long from = number(first);
    if (from >= size) {
      return new Part(size + 1, 0);
    }
    long to = last.isEmpty() ? size - 1L : number(last);
    if (to < from) {
      throw new NumberFormatException(wanted + " (expected: the last byte behind the first)");
    }
    return new Part((int) from, (int) (Math.min(to, size - 1L) - from) + 1);
  }

  private static long number(String text) {
    long number = Long.parseLong(text);
    if (number < 0) {
      throw new NumberFormatException(text + " (expected: no sign)");
    }
    return number;
  }

  /// Whether all that is wanted lies beyond the end.
  boolean isBeyond() {
    return equals(BEYOND);
  }

  /// A line that does not occur in any content.
  static String boundary() {
    byte[] bytes = new byte[BOUNDARY_BYTES];
    CHANCE.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// The parts one after the other, each with where it is from (RFC 9110, section 14.6).
  ///
  /// @param type of the content
  byte[] multipart(byte[] content, String type, String boundary) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String before = "--";
    for (Part part : parts) {
      String head =
          "%s%s\r\nContent-Range: %s\r\nContent-Type: %s\r\n\r\n"
              .formatted(before, boundary, part.of(content.length), type);
      body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
      body.write(content, part.from(), part.length());
      before = "\r\n--";
    }
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }
}
