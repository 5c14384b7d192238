package dev.pintle.kube.chain;

import dev.pintle.kube.audit.Audit;
import dev.pintle.kube.status.StatusError;

/// The stage that has a refusal written down that comes before anybody knows who sent the request, as of a token that nobody knows.
public final class EarlyRefusals implements Stage {
  private final Audit audit;
  private final Stage next;

  public EarlyRefusals(Audit audit, Stage next) {
    this.audit = audit;
    this.next = next;
  }

  @Override
  public void handle(RequestContext context) {
    try {
      next.handle(context);
    } catch (StatusError refused) {
      if (!context.isJudged()) {
        context
            .notes()
            .judged(
                audit.refused(
                    new Audit.Arrival(
                        context.auditId(),
                        context.exchange(),
                        context.info(),
                        null,
                        context.arrived(),
                        false,
                        context.notes()::annotations)));
      }
      throw refused;
    }
  }
}
