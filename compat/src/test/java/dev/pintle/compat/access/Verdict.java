package dev.pintle.compat.access;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The part of an answer that says whether something may be done: its status, the reason that programs read, and what a
/// refusal tells.
record Verdict(int status, String reason, String message) {
  private static final int FORBIDDEN = 403;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern GENERATED = Pattern.compile("-[bcdfghjklmnpqrstvwxz2456789]{5}\\b");

  static Verdict of(int status, String contentType, String body) {
    if (status < 400 || !contentType.startsWith("application/json")) {
      return new Verdict(status, "", "");
    }
    try {
      JsonNode told = JSON.readTree(body);
      String message = told.path("message").asString("");
      return new Verdict(
          status,
          told.path("reason").asString(""),
          status == FORBIDDEN ? GENERATED.matcher(message).replaceAll("-GENERATED") : "");
    } catch (JacksonException notJson) {
      return new Verdict(status, "", "");
    }
  }

  static Verdict none(Throwable why) {
    return new Verdict(0, "no answer", String.valueOf(why));
  }

  @Override
  public String toString() {
    return "%d %s %s".formatted(status, reason, message).strip();
  }
}
