package dev.pintle.kube.ownership;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;

/// The entries of owners that a client sends in what it applies. Upstream has no eyes for a list of which one cannot be read.
final class SentEntries {
  private static final List<String> TEXTS =
      List.of("manager", "operation", "apiVersion", "fieldsType", "subresource");

  private SentEntries() {}

  static boolean areReadable(JsonArray entries) {
    for (Json entry : entries) {
      if (!(entry instanceof JsonObject object) || !isReadable(object)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isReadable(JsonObject entry) {
    for (String name : TEXTS) {
      Json text = entry.get(name);
      if (text != null && !(text instanceof Json.Text) && !(text instanceof Json.Null)) {
        return false;
      }
    }
    Json time = entry.get("time");
    return time == null
        || time instanceof Json.Null
        || (time instanceof Json.Text(var text) && isTime(text));
  }

  private static boolean isTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeParseException notATime) {
      return false;
    }
  }
}
