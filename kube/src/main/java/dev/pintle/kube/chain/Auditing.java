package dev.pintle.kube.chain;

import dev.pintle.kube.audit.Audit;
import dev.pintle.kube.audit.AuditRefusal;
import dev.pintle.kube.object.GoText;

/// The stage that has a request written down, where the policy says so, before anything is done for it.
public final class Auditing implements Stage {
  private static final int INTERNAL_ERROR = 500;

  private final Audit audit;
  private final Replies replies;
  private final Stage next;

  public Auditing(Audit audit, Replies replies, Stage next) {
    this.audit = audit;
    this.replies = replies;
    this.next = next;
  }

  @Override
  public void handle(RequestContext context) {
    try {
      context.notes().judged(audit.begin(arrival(context), context.notes().left()));
    } catch (AuditRefusal lost) {
      context.notes().judged(null);
      String uri = GoText.quote(context.exchange().head().target());
      replies
          .json(context)
          .plain(
              INTERNAL_ERROR, "Internal Server Error: %s: %s\n".formatted(uri, lost.getMessage()));
      return;
    }
    next.handle(context);
  }

  private static Audit.Arrival arrival(RequestContext context) {
    return new Audit.Arrival(
        context.auditId(),
        context.exchange(),
        context.info(),
        context.authenticated(),
        context.arrived(),
        RequestDeadline.isEndless(context.info()),
        context.notes()::annotations);
  }
}
