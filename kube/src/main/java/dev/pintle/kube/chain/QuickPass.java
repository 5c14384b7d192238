package dev.pintle.kube.chain;

import dev.pintle.kube.request.UserInfo;

/// The part of a limit on requests that is asked about one which needs no thread and next to no time.
@FunctionalInterface
public interface QuickPass {
  /// Whether the request may be answered right now, without taking anything that has to be given back; asked once a request, on a
  /// thread that must not wait. If not, the request goes on to the stage of the limit.
  ///
  /// @param user who sent it
  boolean passes(RequestContext context, UserInfo user);
}
