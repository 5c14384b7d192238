package dev.pintle.kube.verb;

import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.store.ObjectView;

/// Carries out one verb.
@FunctionalInterface
public interface VerbHandler {
  /// Answers through `reply`, now or later; called once, on a thread that may wait.
  void run(ApiRequest request, ObjectView view, Reply reply);
}
