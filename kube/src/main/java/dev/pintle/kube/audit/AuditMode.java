package dev.pintle.kube.audit;

import java.util.Arrays;

/// The choice of what happens to requests while what is to be written down is behind, or cannot be written.
public enum AuditMode {
  /// Events that there is no room for are dropped and counted; no request waits.
  BATCH("batch"),
  /// A request waits before it begins while that is behind.
  BLOCKING("blocking"),
  /// As blocking, and a request whose arrival could not be written down is refused.
  BLOCKING_STRICT("blocking-strict");

  private final String text;

  AuditMode(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /// @param part `log` or `webhook`
  /// @throws IllegalArgumentException when there is no such mode, in upstream's words
  public static AuditMode of(String part, String text) {
    return Arrays.stream(values())
        .filter(each -> each.text.equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "invalid audit %s mode %s, allowed modes are \"batch,blocking,blocking-strict\""
                    .formatted(part, text)));
  }
}
