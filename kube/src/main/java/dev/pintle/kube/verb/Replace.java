package dev.pintle.kube.verb;

import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.ObjectWriter.Written;

/// Puts another object in the place of one.
public final class Replace implements VerbHandler {
  private final VerbContext services;

  public Replace(VerbContext services) {
    this.services = services;
  }

  @Override
  public void run(ApiRequest request, ObjectView view, Reply reply) {
    WriteOptions options = WriteOptions.parse(request.query(), "UpdateOptions");
    JsonObject sent = RequestBodies.read(services, request, options, reply);
    // Before it is known whether there is anything: a body that is about something else is no
    // update.
    Metadata.requireNamespace(request.type(), sent, request.namespace());
    Update.requireName(sent, request.name());
    boolean mayCreate =
        request.type().storing().createOnUpdate() && request.subresource().isEmpty();
    if (mayCreate && view.find(request.type(), request.namespace(), request.name()) == null) {
      create(request, sent, options, view, reply);
      return;
    }
    new Update(services, request, _ -> sent.copy(), reply, options.dryRun())
        .onlyOf(Metadata.text(sent, "uid"))
        .run(view, (stored, _) -> reply.object(200, request.type(), stored));
  }

  private void create(
      ApiRequest request, JsonObject sent, WriteOptions options, ObjectView view, Reply reply) {
    NewObject made = NewObject.make(services, request, sent, view, reply::warn);
    if (options.dryRun()) {
      reply.object(201, request.type(), Create.stored(services, made, 0));
      return;
    }
    services
        .writer()
        .put(
            made.key(),
            0,
            made.value(),
            written -> {
              switch (written) {
                case Written.Done(var revision) ->
                    reply.object(201, request.type(), Create.stored(services, made, revision));
                case Written.Overtaken _ ->
                    Later.run(services, reply, () -> run(request, services.view(), reply));
                case Written.NotWritten(var status) -> reply.status(status);
              }
            });
  }
}
