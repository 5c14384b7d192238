package dev.pintle.kube;

import dev.pintle.kube.chain.Call;
import dev.pintle.kube.chain.Stage;

/// Tells resources from all other paths.
final class Dispatch implements Stage {
  private final Resources resources;
  private final Paths paths;

  Dispatch(Resources resources, Paths paths) {
    this.resources = resources;
    this.paths = paths;
  }

  @Override
  public void handle(Call call) {
    if (resources.serves(call.target())) {
      resources.handle(call);
    } else {
      paths.handle(call);
    }
  }
}
