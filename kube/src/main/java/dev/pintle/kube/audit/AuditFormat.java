package dev.pintle.kube.audit;

import java.util.Arrays;

/// The form of a line of the log.
public enum AuditFormat {
  JSON("json"),
  /// A text for people, without objects.
  LEGACY("legacy");

  private final String text;

  AuditFormat(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /// @throws IllegalArgumentException when there is no such form, in upstream's words
  public static AuditFormat of(String text) {
    return Arrays.stream(values())
        .filter(each -> each.text.equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "invalid audit log format %s, allowed formats are \"legacy,json\""
                    .formatted(text)));
  }
}
