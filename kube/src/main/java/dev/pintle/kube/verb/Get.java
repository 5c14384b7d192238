package dev.pintle.kube.verb;

import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.store.ObjectView;
import java.util.function.Consumer;

/// The handler of `get`.
public final class Get implements VerbHandler {
  private final VerbContext context;

  public Get(VerbContext context) {
    this.context = context;
  }

  @Override
  public Answer handle(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    long moment = request.query().moment();
    if (moment != 0) {
      return new Answer.OneObject(
          200,
          request.type(),
          view.requireAt(moment, request.type(), request.namespace(), request.name()));
    }
    long wanted = ResourceVersions.ofRead(request.query().text("resourceVersion"));
    ObjectView fresh = MinRevisionWait.atLeast(context, wanted, view);
    return new Answer.OneObject(
        200, request.type(), fresh.require(request.type(), request.namespace(), request.name()));
  }
}
