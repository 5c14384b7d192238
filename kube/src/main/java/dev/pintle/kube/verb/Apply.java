package dev.pintle.kube.verb;

import dev.pintle.kube.decode.Undecodable;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.ownership.ApplyResult;
import dev.pintle.kube.ownership.Write;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.ObjectWriter.Written;
import dev.pintle.kube.verb.NewObject.Draft;
import org.jspecify.annotations.Nullable;

/// Server-side apply: the client says what it wants of an object, and the object is made or changed to have it.
final class Apply {
  private final VerbContext services;

  Apply(VerbContext services) {
    this.services = services;
  }

  /// @param options that were found right
  void run(ApiRequest request, WriteOptions options, ObjectView view, Reply reply) {
    ApplyConfiguration config = ApplyConfiguration.read(request);
    attempt(new Applying(request, options, config, reply), view);
  }

  /// What stays the same when somebody else was faster.
  private record Applying(
      ApiRequest request, WriteOptions options, ApplyConfiguration config, Reply reply) {}

  private void attempt(Applying all, ObjectView view) {
    ApiRequest request = all.request();
    boolean mayCreate = request.subresource().isEmpty();
    if (mayCreate && view.find(request.type(), request.namespace(), request.name()) == null) {
      create(all, view);
      return;
    }
    new Update(services, request, new Change(all), all.reply(), all.options().dryRun())
        .run(view, (stored, _) -> all.reply().object(200, request.type(), stored));
  }

  private final class Change implements Update.Change {
    private final Applying all;

    private Change(Applying all) {
      this.all = all;
    }

    @Override
    public JsonObject apply(JsonObject current) {
      return applied(all, current);
    }

    @Override
    public boolean decidesOwners() {
      return true;
    }
  }

  /// The configuration over what is there, in the form of its kind, with its owners.
  private JsonObject applied(Applying all, @Nullable JsonObject current) {
    Write write = FieldManagers.of(all.request());
    JsonObject config = all.config().object();
    ApplyResult applied;
    try {
      applied = services.ownership().apply(write, current, config, all.options().force());
    } catch (Undecodable wrong) {
      // It could not be compared with what others own in other versions of the kind.
      throw ApplyConfiguration.unconvertible(write.kind(), config, wrong);
    }
    all.config().complain(all.options().validation(), all.reply());
    JsonObject object =
        ApplyConfiguration.shaped(services, write.kind(), write.schema(), applied.object());
    FieldManagers.set(object, applied.entries());
    return object;
  }

  private void create(Applying all, ObjectView view) {
    ApiRequest request = all.request();
    ResourceType type = request.type();
    JsonObject object = applied(all, null);
    String uid = Metadata.text(object, "uid");
    if (!uid.isEmpty()) {
      throw StatusErrors.conflict(
          type,
          request.name(),
          "uid mismatch: the provided object specified uid %s, and no existing object was found"
              .formatted(uid));
    }
    Metadata.requireNamespace(type, object, request.namespace());
    Update.requireName(object, request.name());
    Metadata.of(object).remove("resourceVersion");
    NewObject made =
        NewObject.make(services, request, new Draft(object, true), view, all.reply()::warn);
    if (all.options().dryRun()) {
      all.reply().object(201, type, Create.stored(services, made, 0));
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
                    all.reply().object(201, type, Create.stored(services, made, revision));
                case Written.Overtaken _ ->
                    Later.run(services, all.reply(), () -> attempt(all, services.view()));
                case Written.NotWritten(var status) -> all.reply().status(status);
              }
            });
  }
}
