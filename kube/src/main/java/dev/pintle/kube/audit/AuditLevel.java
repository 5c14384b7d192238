package dev.pintle.kube.audit;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The amount of what is written down of a request; each level has all that those before it have.
public enum AuditLevel {
  NONE("None"),
  METADATA("Metadata"),
  /// With the object that was sent.
  REQUEST("Request"),
  /// With the object that was answered, too.
  REQUEST_RESPONSE("RequestResponse");

  private final String text;

  AuditLevel(String text) {
    this.text = text;
  }

  /// As policies and events name it.
  public String text() {
    return text;
  }

  boolean reaches(AuditLevel other) {
    return compareTo(other) >= 0;
  }

  static @Nullable AuditLevel of(String text) {
    return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst().orElse(null);
  }

  static List<String> texts() {
    return Arrays.stream(values()).map(AuditLevel::text).toList();
  }
}
