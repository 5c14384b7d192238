package dev.pintle.kube.verb;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.decode.BodyReader.Expected;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.ObjectWriter.Written;
import dev.pintle.kube.store.StoredObject;

/// Makes an object.
public final class Create implements VerbHandler {
  private final VerbContext services;

  public Create(VerbContext services) {
    this.services = services;
  }

  @Override
  public void run(ApiRequest request, ObjectView view, Reply reply) {
    WriteOptions options = WriteOptions.parse(request.query(), "CreateOptions");
    JsonObject sent = RequestBodies.read(services, request, options, reply);
    if (!request.name().isEmpty()) {
      throw StatusErrors.methodNotAllowed();
    }
    if (request.type().namespaced() && request.namespace().isEmpty()) {
      throw StatusErrors.badRequest("an empty namespace may not be set during creation");
    }
    attempt(new Attempts(request, options, sent, reply), view, 1);
  }

  /// What stays the same when another name is tried.
  private record Attempts(ApiRequest request, WriteOptions options, JsonObject sent, Reply reply) {}

  private void attempt(Attempts all, ObjectView view, int number) {
    boolean generated = GeneratedName.isWanted(all.sent());
    NewObject made =
        NewObject.make(services, all.request(), all.sent().copy(), view, all.reply()::warn);
    if (all.options().dryRun()) {
      if (view.has(made.key())) {
        throw taken(made, generated);
      }
      answer(all, made, 0);
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
                case Written.Done(var revision) -> answer(all, made, revision);
                case Written.Overtaken _ when generated && number < GeneratedName.ATTEMPTS_MAX ->
                    Later.run(
                        services, all.reply(), () -> attempt(all, services.view(), number + 1));
                case Written.Overtaken _ -> all.reply().status(taken(made, generated).status());
                case Written.NotWritten(var status) -> all.reply().status(status);
              }
            });
  }

  private static StatusError taken(NewObject made, boolean generated) {
    return generated
        ? StatusErrors.noUniqueName(made.type(), made.name())
        : StatusErrors.alreadyExists(made.type(), made.name());
  }

  private void answer(Attempts all, NewObject made, long revision) {
    all.reply().object(201, made.type(), stored(services, made, revision));
  }

  static StoredObject stored(VerbContext services, NewObject made, long revision) {
    KeyValue kv = new KeyValue(made.key(), revision, revision, 1, 0, made.value());
    return services.objects().show(made.type(), kv);
  }

  static Expected expected(ResourceType type, WriteOptions options) {
    return new Expected(type.groupVersionKind(), type.schema(), options.validation());
  }
}
