package dev.pintle.kube.audit;

import dev.pintle.kube.request.UserInfo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Events as tests want them.
final class Events {
  static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901234Z");

  private Events() {}

  static AuditEvent of(String id) {
    return of(id, AuditLevel.METADATA, "", false);
  }

  /// @param sent the JSON of what was sent
  static AuditEvent of(String id, AuditLevel level, String sent, boolean withoutOwners) {
    AuditHead head =
        new AuditHead(
            id,
            "/api/v1/pods?a=b&c=d",
            "list",
            new UserInfo("jane", "u", List.of("devs"), Map.of("k", List.of("v"))),
            List.of("127.0.0.1"),
            "curl",
            TIME);
    return new AuditEvent(
        new AuditVerdict(level, Set.of(), withoutOwners),
        head,
        AuditStage.RESPONSE_COMPLETE,
        TIME.plusMillis(1),
        null,
        "",
        null,
        new AuditEvent.Outcome(200, null),
        sent.getBytes(StandardCharsets.UTF_8),
        List.of(),
        Map.of("b", "2", "a", "1"),
        false);
  }
}
