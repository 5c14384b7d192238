package dev.pintle.kube.audit;

import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.status.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An event: what is written down of a request at one stage. Nothing of it changes any more.
///
/// @param actsAs whom the request acts as, where that is not who sent it
/// @param constraint the right by which it may; empty for that to be anybody
/// @param reference null for what is no resource
/// @param outcome null before there is one
/// @param sent the JSON of what was sent; empty for nothing
/// @param answer the pieces of the JSON of what is answered; none for nothing
/// @param cut whether what was sent or answered was left out
@SuppressWarnings("ArrayRecordComponent") // It is never compared.
record AuditEvent(
    AuditVerdict verdict,
    AuditHead head,
    AuditStage stage,
    Instant at,
    @Nullable UserInfo actsAs,
    String constraint,
    @Nullable AuditReference reference,
    @Nullable Outcome outcome,
    byte[] sent,
    List<byte[]> answer,
    Map<String, String> annotations,
    boolean cut) {
  private static final long BYTES_AT_LEAST = 1_024;

  /// The outcome of a request.
  ///
  /// @param status what is answered, or stands for it; null where only its code is known
  record Outcome(int code, @Nullable Status status) {}

  /// About what it takes in memory.
  long bytes() {
    long bytes = BYTES_AT_LEAST + head.bytes() + sent.length;
    for (byte[] piece : answer) {
      bytes += piece.length;
    }
    for (Map.Entry<String, String> each : annotations.entrySet()) {
      bytes += (long) each.getKey().length() + each.getValue().length();
    }
    return bytes;
  }

  /// The same without what was sent and answered.
  AuditEvent withoutObjects() {
    return new AuditEvent(
        verdict,
        head,
        stage,
        at,
        actsAs,
        constraint,
        reference,
        outcome,
        new byte[0],
        List.of(),
        annotations,
        true);
  }
}
