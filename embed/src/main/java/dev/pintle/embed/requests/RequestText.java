package dev.pintle.embed.requests;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// The text of requests for people.
final class RequestText {
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
  private static final int FIELDS_MAX = 6;
  private static final int VALUE_CHARS_MAX = 80;
  private static final String INDENT = " ".repeat(19);

  private RequestText() {}

  static String of(List<ReceivedRequest> requests, long received) {
    StringBuilder out = new StringBuilder(256 + requests.size() * 128);
    out.append("The last %d of %d requests:\n".formatted(requests.size(), received));
    for (ReceivedRequest each : requests) {
      out.append(line(each)).append('\n');
      if (!each.fault().isEmpty()) {
        out.append(INDENT).append("fault: ").append(each.fault()).append('\n');
      }
      if (!each.message().isEmpty()) {
        out.append(INDENT).append(cut(each.message(), 3 * VALUE_CHARS_MAX)).append('\n');
      }
      fields(out, each.changes());
    }
    return out.toString();
  }

  private static void fields(StringBuilder out, List<FieldChange> changes) {
    for (FieldChange each : changes.subList(0, Math.min(FIELDS_MAX, changes.size()))) {
      out.append(INDENT).append(field(each)).append('\n');
    }
    if (changes.size() > FIELDS_MAX) {
      out.append(INDENT).append("and %d more fields\n".formatted(changes.size() - FIELDS_MAX));
    }
  }

  static String field(FieldChange change) {
    return "%s: %s -> %s".formatted(change.path(), value(change.before()), value(change.after()));
  }

  private static String value(String json) {
    return json.isEmpty() ? "(none)" : cut(json, VALUE_CHARS_MAX);
  }

  static String cut(String text, int charsMax) {
    return text.length() <= charsMax ? text : text.substring(0, charsMax) + "…";
  }

  /// When, the status, what, for how long, how much, who.
  static String line(ReceivedRequest request) {
    return "%s  %s  %s  %s  %s  %s%s"
        .formatted(
            hour(request.arrived()),
            status(request),
            what(request),
            time(request.taken()),
            size(request.bytes()),
            request.user(),
            request.userAgent().isEmpty() ? "" : " (" + request.userAgent() + ")");
  }

  static String hour(Instant instant) {
    return HOUR.format(instant.atZone(ZoneId.systemDefault()));
  }

  static String status(ReceivedRequest request) {
    if (request.status() > 0) {
      return Integer.toString(request.status());
    }
    return request.isOver() ? "---" : "...";
  }

  static String what(ReceivedRequest request) {
    if (request.resource().isEmpty()) {
      return request.verb() + " " + request.uri();
    }
    String qualified =
        request.group().isEmpty() ? request.resource() : request.resource() + "." + request.group();
    String part = request.subresource().isEmpty() ? "" : "/" + request.subresource();
    String place =
        request.namespace().isEmpty() || request.resource().equals("namespaces")
            ? request.name()
            : request.namespace() + "/" + request.name();
    return "%s %s%s%s"
        .formatted(request.verb(), qualified, part, place.isEmpty() ? "" : " " + place);
  }

  static String time(Duration taken) {
    return String.format(Locale.ROOT, "%.1f ms", taken.toNanos() / 1e6);
  }

  static String size(long bytes) {
    return bytes + " B";
  }
}
