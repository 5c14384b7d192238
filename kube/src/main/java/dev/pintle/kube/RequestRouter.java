package dev.pintle.kube;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.chain.Stage;
import dev.pintle.kube.route.NonResourcePaths;

/// The stage that parts requests for resources from those for all other paths.
final class RequestRouter implements Stage {
  private final ResourceHandler resources;
  private final NonResourcePaths paths;

  RequestRouter(ResourceHandler resources, NonResourcePaths paths) {
    this.resources = resources;
    this.paths = paths;
  }

  @Override
  public void handle(RequestContext context) {
    if (resources.serves(context.info())) {
      resources.handle(context);
    } else {
      paths.handle(context);
    }
  }
}
