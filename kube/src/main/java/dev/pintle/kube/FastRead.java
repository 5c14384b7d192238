package dev.pintle.kube;

import dev.pintle.kube.authn.Authenticator;
import dev.pintle.kube.authz.Authorizer;
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
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where a request gets its thread, once. A read of one small object is answered on the event loop, when memory holds all that is
/// needed for it and nothing stands against it; every other request goes on, whole, on a thread that may wait.
final class FastRead implements Stage {
  private static final int OBJECT_BYTES_MAX = 64 * 1024;

  private final ResourceHandler resources;
  private final Authenticator authenticator;
  private final Authorizer authorizer;
  private final Supplier<ObjectView> views;
  private final Replies replies;
  private final Executor workers;
  private final Stage next;
  private final Accept accept = new Accept(true);

  /// @param next for what is not answered here
  FastRead(
      ResourceHandler resources,
      Authenticator authenticator,
      Authorizer authorizer,
      Supplier<ObjectView> views,
      Replies replies,
      Executor workers,
      Stage next) {
    this.resources = resources;
    this.authenticator = authenticator;
    this.authorizer = authorizer;
    this.views = views;
    this.replies = replies;
    this.workers = workers;
    this.next = next;
  }

  @Override
  public void handle(RequestContext call) {
    ResourceType type = isPlain(call) ? resources.readable(call.target()) : null;
    StoredObject object = type == null ? null : find(call, type);
    if (type == null || object == null) {
      workers.execute(() -> next.handle(call));
      return;
    }
    Reply reply = replies.in(call, Representation.JSON);
    if (reply.form().isPlainJson()) {
      reply.object(200, type, object);
    } else {
      workers.execute(() -> next.handle(call));
    }
  }

  private boolean isPlain(RequestContext call) {
    return call.method().equals("GET")
        && call.query().isEmpty()
        && call.target().extraSegments() == 0
        && call.header("upgrade").isEmpty()
        && call.exchange().head().headerNames("impersonate-").isEmpty()
        && isPlainJson(call.header("accept"));
  }

  private boolean isPlainJson(String accepted) {
    try {
      return accept.choose(accepted).isPlainJson();
    } catch (StatusError _) {
      return false;
    }
  }

  /// The object, when it lies in memory and the caller may see it.
  private @Nullable StoredObject find(RequestContext call, ResourceType type) {
    UserInfo caller = authenticator.identifyInMemory(call.exchange());
    if (caller == null) {
      return null;
    }
    ObjectView view = views.get();
    boolean allowed =
        authorizer.isReadyFor(caller, view)
            && authorizer.decide(caller, call.target(), () -> view).allowed();
    String namespace = type.namespaced() ? call.target().namespace() : "";
    StoredObject found = allowed ? view.findInMemory(type, namespace, call.target().name()) : null;
    return found != null && found.storedBytes().length <= OBJECT_BYTES_MAX ? found : null;
  }
}
