package dev.pintle.kube.chain;

import dev.pintle.kube.encode.Forms;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.negotiation.Accept;
import dev.pintle.kube.negotiation.Representation;
import dev.pintle.kube.status.StatusError;
import dev.pintle.wire.SharedLimit;
import dev.pintle.wire.ShedCounts;

/// The maker of replies, in the form that the client reads best.
public final class Replies {
  private final Forms forms;
  private final ShedCounts shed;
  private final Accept accept = new Accept(true);

  /// @param shed counts who is refused because of a limit of the server
  public Replies(Forms forms, ShedCounts shed) {
    this.forms = forms;
    this.shed = shed;
  }

  /// An answer in `form`, indented when a person asks.
  public Reply in(RequestContext context, Representation form) {
    return new Reply(
        context.exchange(),
        forms,
        pretty(context, form),
        context.query().text("includeObject"),
        context.warnings(),
        context::initialized,
        context.record());
  }

  /// For what has one form only.
  public Reply json(RequestContext context) {
    return in(context, Representation.JSON);
  }

  /// Answers with a refusal, and says which limit of the server it is for, where it is for one.
  public void refuse(RequestContext context, StatusError refused) {
    refused
        .limit()
        .ifPresent(limit -> {
          shed.count(limit);
          context.exchange().addHeader(SharedLimit.HEADER, limit.text());
        });
    refusal(context).status(refused.status());
  }

  /// For a refusal: told in what the client reads, if that is spoken, else in JSON.
  public Reply refusal(RequestContext context) {
    return in(context, accept.chooseForRefusal(context.header("accept")));
  }

  private static Representation pretty(RequestContext context, Representation form) {
    if (context.query().has("pretty")) {
      return form.prettier(context.query().flag("pretty"));
    }
    String agent = context.header("user-agent");
    boolean person =
        agent.startsWith("curl") || agent.startsWith("Wget") || agent.startsWith("Mozilla/5.0");
    return person ? form.prettier(true) : form;
  }
}
