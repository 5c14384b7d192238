package dev.pintle.kube.route;

import dev.pintle.kube.chain.Replies;
import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.chain.Stage;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.status.StatusErrors;
import java.util.List;

/// The last stage of requests for non-resource paths: the first route that knows the path answers.
public final class NonResourcePaths implements Stage {
  private final List<Route> routes;
  private final Replies replies;

  public NonResourcePaths(List<Route> routes, Replies replies) {
    this.routes = List.copyOf(routes);
    this.replies = replies;
  }

  @Override
  public void handle(RequestContext context) {
    requireSingleSlashes(context.info().path());
    Reply reply = replies.json(context);
    for (Route route : routes) {
      if (route.answer(context, reply)) {
        return;
      }
    }
    throw StatusErrors.noPage();
  }

  /// Routes take their paths apart at slashes; a part without a name is none of theirs.
  private static void requireSingleSlashes(String path) {
    if (path.startsWith("//")) {
      throw StatusErrors.noPage();
    }
    if (path.startsWith("/api/") && path.contains("//")) {
      throw StatusErrors.nothingHere();
    }
  }
}
