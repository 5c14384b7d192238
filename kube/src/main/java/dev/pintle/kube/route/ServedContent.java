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

/// The answer with content that a client may have already, or want parts of (RFC 9110, sections 13 and 14): whole, ranges of
/// it, or word that it is as it was. Ranges that are more than the whole together are answered by the whole.
final class ServedContent {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int WEEKDAY_CHARACTERS = 3;
  private static final Set<String> KEPT_FOR_REFUSALS = Set.of("expires", "vary");

  private final byte[] bytes;
  private final String type;
  private final String tag;
  private final Instant modified;
  private final boolean datable;

  /// @param bytes shared: read only
  /// @param tag the value of `ETag`, with its quotes; empty where there is none
  /// @param modified since when the content is what it is
  ServedContent(byte[] bytes, String type, String tag, Instant modified) {
    this(bytes, type, tag, modified, true);
  }

  private ServedContent(byte[] bytes, String type, String tag, Instant modified, boolean datable) {
    this.bytes = bytes;
    this.type = type;
    this.tag = tag;
    this.modified = modified;
    this.datable = datable;
  }

  /// Content of which nobody knows since when it is what it is, which has no tag either: it counts as
  /// made when it is asked for, and who has it from the same second is sent it again, as a time in
  /// whole seconds does not tell what came before a change from what came after it.
  static ServedContent undated(byte[] bytes, String type, Instant asked) {
    return new ServedContent(bytes, type, "", asked, false);
  }

  /// The outcome of a condition of the client.
  private enum Verdict {
    UNASKED,
    MET,
    FAILED
  }

  /// @param headers beside those of the content itself
  void send(Exchange exchange, ResponseHeaders headers, ContentPacker packer) {
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

  private void sendWhatIsWanted(Exchange exchange, ResponseHeaders headers, ContentPacker packer) {
    ContentRanges ranges =
        exchange
            .head()
            .header("range")
            .filter(_ -> isRangeOfThis(exchange.head()))
            .map(wanted -> ContentRanges.read(wanted, bytes.length))
            .orElse(ContentRanges.WHOLE);
    if (!ranges.fault().isEmpty()) {
      refuseRange(exchange, headers, ranges);
      return;
    }
    if (ranges.parts().size() > 1) {
      String boundary = ContentRanges.boundary();
      headers
          .add("content-type", "multipart/byteranges; boundary=" + boundary)
          .add("last-modified", DATE.format(modified))
          .add("accept-ranges", "bytes");
      respond(exchange, headers, ranges.multipart(bytes, type, boundary), packer);
      return;
    }
    described(headers, true).add("accept-ranges", "bytes");
    if (ranges.parts().isEmpty()) {
      boolean packs = packer.packs(bytes.length);
      if (packs) {
        headers.add("content-encoding", "gzip");
      }
      exchange.respond(
          200, headers, Unpooled.wrappedBuffer(packs ? packer.whole(tag, bytes) : bytes));
      return;
    }
    ContentRanges.Part part = ranges.parts().getFirst();
    headers.add("content-range", part.of(bytes.length));
    if (packer.packs(part.length())) {
      byte[] body = Arrays.copyOfRange(bytes, part.from(), part.from() + part.length());
      respond(exchange, headers, body, packer);
    } else {
      exchange.respond(206, headers, Unpooled.wrappedBuffer(bytes, part.from(), part.length()));
    }
  }

  private static void respond(
      Exchange exchange, ResponseHeaders headers, byte[] body, ContentPacker packer) {
    if (packer.packs(body.length)) {
      headers.add("content-encoding", "gzip");
      exchange.respond(206, headers, Unpooled.wrappedBuffer(packer.part(body)));
    } else {
      exchange.respond(206, headers, Unpooled.wrappedBuffer(body));
    }
  }

  /// What was to be said of the content itself is not said of a refusal.
  private void refuseRange(Exchange exchange, ResponseHeaders given, ContentRanges ranges) {
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
    if (ranges.isBeyond()) {
      headers.add("content-range", "bytes */" + bytes.length);
    }
    exchange.respond(
        416, headers, Unpooled.wrappedBuffer(ranges.fault().getBytes(StandardCharsets.UTF_8)));
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
            .map(
                time -> datable ? !modifiedSecond().isAfter(time) : modifiedSecond().isBefore(time))
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
}
