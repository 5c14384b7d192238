package dev.pintle.kube.audit;

import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.RequestHead;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of an event that is known when the request has come, the same at every stage.
///
/// @param uri as the client sent it
/// @param user null where nobody knows who it is
/// @param sources addresses from where the request came, the last one of the connection
record AuditHead(
    String auditId,
    String uri,
    String verb,
    @Nullable UserInfo user,
    List<String> sources,
    String agent,
    Instant received) {
  private static final int AGENT_CHARS_MAX = 1024;
  private static final String CUT = "...TRUNCATED";

  static AuditHead of(
      String auditId,
      Exchange exchange,
      RequestInfo target,
      @Nullable UserInfo user,
      Instant received) {
    RequestHead head = exchange.head();
    return new AuditHead(
        auditId,
        head.target(),
        target.verb(),
        user,
        SourceAddresses.of(head, exchange.remoteAddress()),
        shortened(head.header("user-agent").orElse("")),
        received);
  }

  private static String shortened(String agent) {
    return agent.length() > AGENT_CHARS_MAX ? agent.substring(0, AGENT_CHARS_MAX) + CUT : agent;
  }

  /// About what it takes in memory.
  int bytes() {
    return auditId.length() + uri.length() + agent.length();
  }
}
