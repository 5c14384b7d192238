package dev.pintle.kube.verb;

import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.store.ObjectView;

/// Carries out one verb.
@FunctionalInterface
public interface Operation {
  /// Answers through `reply`, now or later. May be called again for the same request after a
  /// [dev.pintle.kube.store.ColdRead], so it writes nothing before its last read.
  void run(ApiRequest request, ObjectView view, Reply reply);
}
