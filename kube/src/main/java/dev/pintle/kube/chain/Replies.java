package dev.pintle.kube.chain;

import dev.pintle.kube.encode.Forms;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.negotiation.Accept;
import dev.pintle.kube.negotiation.Representation;

/// The maker of replies, in the form that the client reads best.
public final class Replies {
  private final Forms forms;
  private final Accept accept = new Accept(true);

  public Replies(Forms forms) {
    this.forms = forms;
  }

  /// An answer in `form`, indented when a person asks.
  public Reply in(RequestContext context, Representation form) {
    return new Reply(
        context.exchange(),
        forms,
        pretty(context, form),
        context.query().text("includeObject"),
        context.warnings());
  }

  /// For what has one form only.
  public Reply json(RequestContext context) {
    return in(context, Representation.JSON);
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
