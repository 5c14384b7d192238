package dev.pintle.kube.protobuf;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.JsonWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// The types whose message does not follow from their JSON: times, quantities, numbers that may be
/// text, embedded JSON.
final class SpecialForms {
  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final int THIRD = 3;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

  private SpecialForms() {}

  /// Seconds and nanoseconds; nothing at all for no time.
  static void writeTime(ProtoOutput out, Json value, boolean micro) {
    if (!(value instanceof Json.Text(var text))) {
      return;
    }
    Instant time = instant(text);
    out.number(SECOND, micro ? time.getNano() / NANOS_PER_MICRO * NANOS_PER_MICRO : 0);
    out.number(FIRST, time.getEpochSecond());
  }

  static Json readTime(ProtoInput in, boolean micro) {
    long seconds = 0;
    long nanos = 0;
    boolean some = false;
    while (in.next()) {
      switch (in.number()) {
        case FIRST -> seconds = in.varint();
        case SECOND -> nanos = in.varint();
        default -> in.skip();
      }
      some = true;
    }
    return some ? time(seconds, nanos, micro) : Json.NULL;
  }

  private static Json time(long seconds, long nanos, boolean micro) {
    try {
      OffsetDateTime time = Instant.ofEpochSecond(seconds, nanos).atOffset(ZoneOffset.UTC);
      return Json.of((micro ? MICROS : SECONDS).format(time));
    } catch (DateTimeException e) {
      throw new ProtobufException(
          "time: %d seconds (expected: a year of the calendar)".formatted(seconds));
    }
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new ProtobufException("time: %s (expected: as RFC 3339 writes it)".formatted(text));
    }
  }

  static void writeQuantity(ProtoOutput out, Json value) {
    out.text(FIRST, value instanceof Json.Text(var text) ? text : JsonWriter.text(value));
  }

  static Json readQuantity(ProtoInput in) {
    String text = "0";
    while (in.next()) {
      if (in.number() == FIRST) {
        text = in.text();
      } else {
        in.skip();
      }
    }
    return Json.of(text.isEmpty() ? "0" : text);
  }

  static void writeIntOrString(ProtoOutput out, Json value) {
    boolean isText = value instanceof Json.Text;
    out.text(THIRD, value instanceof Json.Text(var text) ? text : "");
    out.number(SECOND, value instanceof Json.Whole(var number) ? (int) number : 0);
    out.number(FIRST, isText ? 1 : 0);
  }

  static Json readIntOrString(ProtoInput in) {
    boolean isText = false;
    int number = 0;
    String text = "";
    while (in.next()) {
      switch (in.number()) {
        case FIRST -> isText = in.varint() != 0;
        case SECOND -> number = (int) in.varint();
        case THIRD -> text = in.text();
        default -> in.skip();
      }
    }
    return isText ? Json.of(text) : Json.of(number);
  }

  /// JSON inside a message: its text, or nothing for null.
  static void writeRaw(ProtoOutput out, Json value) {
    if (!(value instanceof Json.Null)) {
      out.byteString(FIRST, JsonWriter.bytes(value));
    }
  }

  static Json readRaw(ProtoInput in) {
    byte @Nullable [] raw = null;
    while (in.next()) {
      if (in.number() == FIRST) {
        raw = in.byteString();
      } else {
        in.skip();
      }
    }
    return raw == null || raw.length == 0 ? Json.NULL : parsed(raw);
  }

  static Json parsed(byte[] raw) {
    try {
      return JsonReader.read(raw);
    } catch (JsonSyntaxException e) {
      throw new ProtobufException("embedded JSON: %s".formatted(e.getMessage()));
    }
  }
}
