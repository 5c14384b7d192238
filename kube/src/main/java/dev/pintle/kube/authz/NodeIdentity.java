package dev.pintle.kube.authz;

import dev.pintle.kube.request.UserInfo;
import java.util.Optional;

/// The node that a caller is.
public final class NodeIdentity {
  /// What the name of a node's user begins with; the name of the node follows.
  public static final String PREFIX = "system:node:";

  public static final String GROUP = "system:nodes";

  private NodeIdentity() {}

  /// The name of the node, which a user may leave out; empty for everybody else.
  public static Optional<String> of(UserInfo caller) {
    return caller.name().startsWith(PREFIX) && caller.groups().contains(GROUP)
        ? Optional.of(caller.name().substring(PREFIX.length()))
        : Optional.empty();
  }
}
