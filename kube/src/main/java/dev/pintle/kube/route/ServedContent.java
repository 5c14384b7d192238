package dev.pintle.kube.route;

import dev.pintle.wire.Exchange;
import dev.pintle.wire.RequestHead;
import dev.pintle.wire.ResponseHeaders;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The answer with content that a client may have already, or want a part of (RFC 9110, sections 13 and 14): whole, a
/// range of it, or word that it is as it was. Several ranges at once are answered by the whole.
final class ServedContent {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int WEEKDAY_CHARACTERS = 3;
  private static final Set<String> KEPT_FOR_REFUSALS = Set.of("expires", "vary");
  private static final String RANGE_UNIT = "bytes=";
  private static final String NOT_FOUND = "invalid range: failed to overlap\n";
  private static final String UNREADABLE = "invalid range\n";

  private final byte[] bytes;
  private final String type;
  private final String tag;
  private final Instant modified;

  /// @param bytes shared: read only
  /// @param tag the value of `ETag`, with its quotes; empty where there is none
  /// @param modified since when the content is what it is
  ServedContent(byte[] bytes, String type, String tag, Instant modified) {
    this.bytes = bytes;
    this.type = type;
    this.tag = tag;
    this.modified = modified;
  }

  /// A packer of whole answers, where the client takes them packed.
  interface Packer {
    /// The packed bytes, or none where they are sent as they are.
    Optional<byte[]> pack(byte[] plain);
  }

  /// The outcome of a condition of the client.
  private enum Verdict {
    UNASKED,
    MET,
    FAILED
  }

  /// The first and the last byte, or why there are none.
  private record Range(int from, int length, String fault) {
    static final Range WHOLE = new Range(0, -1, "");
  }

  /// @param headers beside those of the content itself
  void send(Exchange exchange, ResponseHeaders headers, Packer packer) {
    if (!tag.isEmpty()) {
      headers.add("etag", tag);
    }
    RequestHead head = exchange.head();
    if (isRefused(head)) {
      exchange.respond(412, described(headers, !tag.isEmpty()), Unpooled.EMPTY_BUFFER);
    } else if (isKnown(head)) {
      boolean read = isRead(head);
      // Who knows the content by its tag needs no time.
      boolean silent = read && !tag.isEmpty();
      exchange.respond(
          read ? 304 : 412,
          silent ? headers : described(headers, !read && !tag.isEmpty()),
          Unpooled.EMPTY_BUFFER);
    } else {
      sendWhatIsWanted(exchange, headers, packer);
    }
  }

  private ResponseHeaders described(ResponseHeaders headers, boolean typed) {
    if (typed) {
      headers.add("content-type", type);
    }
    return headers.add("last-modified", DATE.format(modified));
  }

  private void sendWhatIsWanted(Exchange exchange, ResponseHeaders headers, Packer packer) {
    Range range =
        exchange
            .head()
            .header("range")
            .filter(_ -> isRangeOfThis(exchange.head()))
            .map(this::range)
            .orElse(Range.WHOLE);
    if (!range.fault().isEmpty()) {
      refuseRange(exchange, headers, range);
      return;
    }
    described(headers, true).add("accept-ranges", "bytes");
    if (range.length() < 0) {
      Optional<byte[]> packed = packer.pack(bytes);
      packed.ifPresent(_ -> headers.add("content-encoding", "gzip"));
      exchange.respond(200, headers, Unpooled.wrappedBuffer(packed.orElse(bytes)));
      return;
    }
    int end = range.from() + range.length();
    headers.add("content-range", "bytes %d-%d/%d".formatted(range.from(), end - 1, bytes.length));
    exchange.respond(
        206, headers, Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, range.from(), end)));
  }

  /// What was to be said of the content itself is not said of a refusal.
  private void refuseRange(Exchange exchange, ResponseHeaders given, Range range) {
    ResponseHeaders headers =
        ResponseHeaders.of("text/plain; charset=utf-8")
            .add("cache-control", "no-cache, private")
            .add("x-content-type-options", "nosniff");
    List<String> told = given.namesAndValues();
    for (int i = 0; i < told.size(); i += 2) {
      if (KEPT_FOR_REFUSALS.contains(told.get(i))) {
        headers.add(told.get(i), told.get(i + 1));
      }
    }
    if (range.fault().equals(NOT_FOUND)) {
      headers.add("content-range", "bytes */" + bytes.length);
    }
    exchange.respond(
        416, headers, Unpooled.wrappedBuffer(range.fault().getBytes(StandardCharsets.UTF_8)));
  }

  /// Whether the client wants nothing of this content.
  private boolean isRefused(RequestHead head) {
    Verdict match =
        head.header("if-match").map(tags -> matches(tags, true)).orElse(Verdict.UNASKED);
    if (match != Verdict.UNASKED) {
      return match == Verdict.FAILED;
    }
    return since(head, "if-unmodified-since")
        .map(time -> modifiedSecond().isAfter(time))
        .orElse(false);
  }

  /// Whether the client has this content. A tag that it has counts before a time.
  private boolean isKnown(RequestHead head) {
    Verdict match =
        head.header("if-none-match").map(tags -> matches(tags, false)).orElse(Verdict.UNASKED);
    if (match != Verdict.UNASKED) {
      return match == Verdict.MET;
    }
    return isRead(head)
        && since(head, "if-modified-since")
            .map(time -> !modifiedSecond().isAfter(time))
            .orElse(false);
  }

  private static boolean isRead(RequestHead head) {
    return head.method().equals("GET") || head.method().equals("HEAD");
  }

  private boolean isRangeOfThis(RequestHead head) {
    return head.header("if-range")
        .map(wanted ->
            wanted.startsWith("\"")
                ? wanted.equals(tag)
                : time(wanted).filter(modifiedSecond()::equals).isPresent())
        .orElse(true);
  }

  private Verdict matches(String tags, boolean strong) {
    if (tags.isBlank()) {
      return Verdict.UNASKED;
    }
    for (String each : tags.split(",", -1)) {
      String wanted = each.strip();
      if (!strong && wanted.startsWith("W/")) {
        wanted = wanted.substring(2);
      }
      if (wanted.equals("*") || (!tag.isEmpty() && wanted.equals(tag))) {
        return Verdict.MET;
      }
    }
    return Verdict.FAILED;
  }

  private Instant modifiedSecond() {
    return modified.truncatedTo(ChronoUnit.SECONDS);
  }

  private static Optional<Instant> since(RequestHead head, String name) {
    return head.header(name).flatMap(ServedContent::time);
  }

  /// Which day of the week it was is not looked at.
  private static Optional<Instant> time(String text) {
    if (!text.startsWith(", ", WEEKDAY_CHARACTERS)) {
      return Optional.empty();
    }
    try {
      String day = text.substring(WEEKDAY_CHARACTERS + 2);
      return Optional.of(Instant.from(DAY_AND_TIME.parse(day)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private Range range(String header) {
    if (!header.startsWith(RANGE_UNIT)) {
      return new Range(0, 0, UNREADABLE);
    }
    String wanted = header.substring(RANGE_UNIT.length()).strip();
    if (wanted.indexOf(',') >= 0) {
      return Range.WHOLE;
    }
    int dash = wanted.indexOf('-');
    if (dash < 0) {
      return new Range(0, 0, UNREADABLE);
    }
    String first = wanted.substring(0, dash).strip();
    String last = wanted.substring(dash + 1).strip();
    try {
      return first.isEmpty() ? end(Long.parseLong(last)) : part(Long.parseLong(first), last);
    } catch (NumberFormatException _) {
      return new Range(0, 0, UNREADABLE);
    }
  }

  private Range end(long wanted) {
    if (wanted < 0) {
      return new Range(0, 0, UNREADABLE);
    }
    int length = (int) Math.min(wanted, bytes.length);
    return new Range(bytes.length - length, length, "");
  }

  private Range part(long from, String last) {
    if (from < 0) {
      return new Range(0, 0, UNREADABLE);
    }
    if (from >= bytes.length) {
      return new Range(0, 0, NOT_FOUND);
    }
    long end = last.isEmpty() ? bytes.length - 1L : Long.parseLong(last);
    if (end < from) {
      return new Range(0, 0, UNREADABLE);
    }
    int to = (int) Math.min(end, bytes.length - 1L);
    return new Range((int) from, to - (int) from + 1, "");
  }
}
