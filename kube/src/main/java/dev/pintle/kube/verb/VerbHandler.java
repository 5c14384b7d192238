package dev.pintle.kube.verb;

import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.store.ObjectView;
import java.util.function.Consumer;

/// The handler of one verb.
@FunctionalInterface
public interface VerbHandler {
  /// Runs once a request, on a thread that may wait.
  ///
  /// @param warnings takes what the person who sent the request should know
  /// @throws dev.pintle.kube.status.StatusError what is refused
  Answer handle(ApiRequest request, ObjectView view, Consumer<String> warnings);
}
