package dev.pintle.kube;

import dev.pintle.kube.audit.Audit;
import dev.pintle.kube.authn.Authenticator;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.chain.QuickPass;
import dev.pintle.kube.chain.Replies;
import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.chain.Stage;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.negotiation.Accept;
import dev.pintle.kube.negotiation.Representation;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.worker.ConnectionExecutor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The stage that chooses a request's thread, once. A read of one small object is answered on the event loop, when memory
/// holds all that is needed for it and nothing stands against it; every other request goes on, whole, on a thread that may
/// wait.
final class FastRead implements Stage {
  private static final int OBJECT_BYTES_MAX = 64 * 1024;

  private final ResourceHandler resources;
  private final Authenticator authenticator;
  private final Authorizer authorizer;
  private final Supplier<ObjectView> views;
  private final Replies replies;
  private final QuickPass limit;
  private final ConnectionExecutor workers;
  private final @Nullable Audit audit;
  private final Stage next;
  private final Accept accept = new Accept(true);

  /// @param audit null for none
  /// @param next for what is not answered here
  FastRead(
      ResourceHandler resources,
      Authenticator authenticator,
      Authorizer authorizer,
      Supplier<ObjectView> views,
      Replies replies,
      QuickPass limit,
      ConnectionExecutor workers,
      @Nullable Audit audit,
      Stage next) {
    this.resources = resources;
    this.authenticator = authenticator;
    this.authorizer = authorizer;
    this.views = views;
    this.replies = replies;
    this.limit = limit;
    this.workers = workers;
    this.audit = audit;
    this.next = next;
  }

  @Override
  public void handle(RequestContext context) {
    ResourceType type = isPlain(context) ? resources.readable(context.info()) : null;
    UserInfo caller =
        type == null ? null : authenticator.identifyInMemory(context.exchange(), views);
    if (type == null || caller == null || !isAnswered(context, type, caller)) {
      goOn(context);
    }
  }

  private boolean isAnswered(RequestContext context, ResourceType type, UserInfo caller) {
    if (audit != null && audit.isAbout(caller, context.info())) {
      // Its arrival is written down first, which may wait.
      return false;
    }
    StoredObject object = find(context, type, caller);
    Reply reply = replies.in(context, Representation.JSON);
    if (object == null || !reply.form().isPlainJson() || !limit.passes(context, caller)) {
      return false;
    }
    if (audit != null) {
      audit.countUnaudited();
    }
    reply.object(200, type, object);
    return true;
  }

  private void goOn(RequestContext context) {
    try {
      workers.execute(context.exchange().remoteAddress(), () -> next.handle(context));
    } catch (StatusError tooMany) {
      replies.refuse(context, tooMany);
    }
  }

  private boolean isPlain(RequestContext context) {
    return context.method().equals("GET")
        && context.query().isEmpty()
        && context.info().extraSegments() == 0
        && context.header("upgrade").isEmpty()
        && context.exchange().head().headerNames("impersonate-").isEmpty()
        && isPlainJson(context.header("accept"))
        && context.exchange().beyond().isEmpty();
  }

  private boolean isPlainJson(String accepted) {
    try {
      return accept.choose(accepted).isPlainJson();
    } catch (StatusError _) {
      return false;
    }
  }

  /// The object, when it lies in memory and the caller may see it.
  private @Nullable StoredObject find(RequestContext context, ResourceType type, UserInfo caller) {
    ObjectView view = views.get();
    boolean allowed =
        authorizer.isReadyFor(caller, view)
            && authorizer.decide(caller, context.info(), () -> view).allowed();
    String namespace = type.namespaced() ? context.info().namespace() : "";
    StoredObject found = allowed ? view.findInMemory(type, namespace, context.info().name()) : null;
    return found != null && found.storedBytes().length <= OBJECT_BYTES_MAX ? found : null;
  }
}
