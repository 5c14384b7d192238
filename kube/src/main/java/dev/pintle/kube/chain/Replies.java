package dev.pintle.kube.chain;

import dev.pintle.kube.encode.Forms;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.negotiation.Accept;
import dev.pintle.kube.negotiation.Representation;

/// Begins answers in the form that the client reads best.
public final class Replies {
  private final Forms forms;
  private final Accept accept = new Accept(true);

  public Replies(Forms forms) {
    this.forms = forms;
  }

  /// An answer in `form`, indented when a person asks.
  public Reply in(RequestContext call, Representation form) {
    return new Reply(
        call.exchange(), forms, pretty(call, form), call.query().text("includeObject"));
  }

  /// For what has one form only.
  public Reply json(RequestContext call) {
    return in(call, Representation.JSON);
  }

  /// For a refusal: told in what the client reads, if that is spoken, else in JSON.
  public Reply refusal(RequestContext call) {
    return in(call, accept.chooseForRefusal(call.header("accept")));
  }

  private static Representation pretty(RequestContext call, Representation form) {
    if (call.query().has("pretty")) {
      return form.prettier(call.query().flag("pretty"));
    }
    String agent = call.header("user-agent");
    boolean person =
        agent.startsWith("curl") || agent.startsWith("Wget") || agent.startsWith("Mozilla/5.0");
    return person ? form.prettier(true) : form;
  }
}
