package dev.pintle.kube.audit;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The moments of a request at which an event is written.
public enum AuditStage {
  REQUEST_RECEIVED("RequestReceived"),
  /// Of an answer that has no end of its own.
  RESPONSE_STARTED("ResponseStarted"),
  RESPONSE_COMPLETE("ResponseComplete"),
  /// The request failed by the server's fault.
  PANIC("Panic");

  private final String text;

  AuditStage(String text) {
    this.text = text;
  }

  /// As policies and events name it.
  public String text() {
    return text;
  }

  static @Nullable AuditStage of(String text) {
    return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst().orElse(null);
  }

  static List<String> texts() {
    return Arrays.stream(values()).map(AuditStage::text).toList();
  }
}
