package dev.pintle.kube.audit;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.status.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The text of events: one line each, with upstream's fields in upstream's order.
final class EventText {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final String KIND = "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",";
  private static final String CUT = "audit.k8s.io/truncated";

  private EventText() {}

  static byte[] of(AuditEvent event, AuditFormat format) {
    return switch (format) {
      case JSON -> json(event);
      case LEGACY -> legacy(event).getBytes(StandardCharsets.UTF_8);
    };
  }

  /// The JSON of an event as an item of a list, which says of which kind they are.
  ///
  /// @param line as [#of] makes it
  static byte[] inList(byte[] line) {
    byte[] item = Arrays.copyOfRange(line, KIND.length() - 1, line.length - 1);
    item[0] = '{';
    return item;
  }

  private static byte[] json(AuditEvent event) {
    AuditHead head = event.head();
    JsonWriter out = new JsonWriter((int) Math.min(event.bytes(), Integer.MAX_VALUE - 16));
    out.raw(KIND + "\"level\":");
    out.string(event.verdict().level().text()).raw(",\"auditID\":").string(head.auditId());
    out.raw(",\"stage\":").string(event.stage().text());
    out.raw(",\"requestURI\":").string(head.uri()).raw(",\"verb\":").string(head.verb());
    out.raw(",\"user\":").value(user(head.user()));
    UserInfo actsAs = event.actsAs();
    if (actsAs != null) {
      out.raw(",\"impersonatedUser\":").value(user(actsAs));
    }
    if (!event.constraint().isEmpty()) {
      out.raw(",\"authenticationMetadata\":{\"impersonationConstraint\":")
          .string(event.constraint())
          .raw('}');
    }
    if (!head.sources().isEmpty()) {
      out.raw(",\"sourceIPs\":").value(texts(head.sources()));
    }
    if (!head.agent().isEmpty()) {
      out.raw(",\"userAgent\":").string(head.agent());
    }
    about(event, out);
    out.raw(",\"requestReceivedTimestamp\":").string(micros(head.received()));
    out.raw(",\"stageTimestamp\":").string(micros(event.at()));
    annotations(event, out);
    return out.raw("}\n").toBytes();
  }

  private static void about(AuditEvent event, JsonWriter out) {
    AuditReference reference = event.reference();
    if (reference != null) {
      out.raw(",\"objectRef\":").value(reference(reference));
    }
    AuditEvent.Outcome outcome = event.outcome();
    if (outcome != null) {
      out.raw(",\"responseStatus\":").value(status(outcome));
    }
    boolean without = event.verdict().withoutManagedFields();
    if (event.sent().length > 0) {
      out.raw(",\"requestObject\":");
      object(List.of(event.sent()), without, out);
    }
    if (!event.answer().isEmpty()) {
      out.raw(",\"responseObject\":");
      object(event.answer(), without, out);
    }
  }

  private static void annotations(AuditEvent event, JsonWriter out) {
    if (event.annotations().isEmpty() && !event.cut()) {
      return;
    }
    TreeMap<String, String> sorted = new TreeMap<>(event.annotations());
    if (event.cut()) {
      sorted.put(CUT, "true");
    }
    JsonObject shown = new JsonObject();
    sorted.forEach(shown::set);
    out.raw(",\"annotations\":").value(shown);
  }

  private static String micros(Instant time) {
    return MICROS.format(time);
  }

  private static JsonObject user(@Nullable UserInfo user) {
    JsonObject shown = new JsonObject();
    if (user == null) {
      return shown;
    }
    set(shown, "username", user.name());
    set(shown, "uid", user.uid());
    if (!user.groups().isEmpty()) {
      shown.set("groups", texts(user.groups()));
    }
    if (!user.extra().isEmpty()) {
      JsonObject extra = new JsonObject();
      new TreeMap<>(user.extra()).forEach((key, values) -> extra.set(key, texts(values)));
      shown.set("extra", extra);
    }
    return shown;
  }

  private static JsonObject reference(AuditReference reference) {
    JsonObject shown = new JsonObject();
    set(shown, "resource", reference.resource());
    set(shown, "namespace", reference.namespace());
    set(shown, "name", reference.name());
    set(shown, "uid", reference.uid());
    set(shown, "apiGroup", reference.version().group());
    set(shown, "apiVersion", reference.version().version());
    set(shown, "resourceVersion", reference.resourceVersion());
    set(shown, "subresource", reference.subresource());
    return shown;
  }

  private static JsonObject status(AuditEvent.Outcome outcome) {
    JsonObject shown = new JsonObject().set("metadata", new JsonObject());
    Status status = outcome.status();
    if (status != null) {
      JsonObject whole = status.toJson();
      for (String field : List.of("status", "message", "reason", "details")) {
        Json value = whole.get(field);
        if (value != null) {
          shown.set(field, value);
        }
      }
    }
    return shown.set("code", Json.of(outcome.code()));
  }

  private static void set(JsonObject object, String name, String text) {
    if (!text.isEmpty()) {
      object.set(name, text);
    }
  }

  private static JsonArray texts(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(text -> array.add(Json.of(text)));
    return array;
  }

  private static void object(List<byte[]> pieces, boolean withoutOwners, JsonWriter out) {
    if (withoutOwners) {
      byte[] whole = new OneLine(out.size()).add(pieces).toBytes();
      try {
        out.value(withoutOwners(JsonReader.read(whole)));
        return;
      } catch (JsonSyntaxException _) {
        // A patch may have numbers that no object has; it names no owners.
      }
    }
    byte[] line = new OneLine(256).add(pieces).toBytes();
    out.raw(line, 0, line.length);
  }

  private static Json withoutOwners(Json read) {
    if (read instanceof JsonObject object) {
      forget(object);
      object.arrayOrEmpty("items").objects().forEach(EventText::forget);
      object
          .arrayOrEmpty("rows")
          .objects()
          .forEach(row -> {
            if (row.get("object") instanceof JsonObject shown) {
              forget(shown);
            }
          });
    }
    return read;
  }

  private static void forget(JsonObject object) {
    if (object.get("metadata") instanceof JsonObject metadata) {
      metadata.remove("managedFields");
    }
  }

  private static String legacy(AuditEvent event) {
    AuditHead head = event.head();
    UserInfo user = head.user();
    UserInfo actsAs = event.actsAs();
    AuditReference reference = event.reference();
    AuditEvent.Outcome outcome = event.outcome();
    String groups = user == null || user.groups().isEmpty() ? "<none>" : quoted(user.groups());
    String asGroups = actsAs == null ? "<lookup>" : quoted(actsAs.groups());
    String namespace =
        reference == null || reference.namespace().isEmpty() ? "<none>" : reference.namespace();
    return "%s AUDIT: id=%s stage=%s ip=%s method=%s user=%s groups=%s as=%s asgroups=%s user-agent=%s namespace=%s uri=%s response=\"%s\"\n"
        .formatted(
            DateTimeFormatter.ISO_INSTANT.format(head.received()),
            GoText.quote(head.auditId()),
            GoText.quote(event.stage().text()),
            GoText.quote(head.sources().isEmpty() ? "<unknown>" : head.sources().getFirst()),
            GoText.quote(head.verb()),
            GoText.quote(user == null ? "<none>" : user.name()),
            GoText.quote(groups),
            GoText.quote(actsAs == null ? "<self>" : actsAs.name()),
            GoText.quote(asGroups),
            GoText.quote(head.agent()),
            GoText.quote(namespace),
            GoText.quote(head.uri()),
            outcome == null ? "<deferred>" : Integer.toString(outcome.code()));
  }

  private static String quoted(List<String> texts) {
    return texts.stream().map(GoText::quote).collect(Collectors.joining(","));
  }
}
