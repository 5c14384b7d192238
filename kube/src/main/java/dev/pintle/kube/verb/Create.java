package dev.pintle.kube.verb;

import dev.pintle.kube.decode.BodyReader.Expected;
import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.transaction.GuaranteedUpdate;
import dev.pintle.kube.transaction.GuaranteedUpdate.Attempts;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.kube.verb.NewObject.Draft;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The handler of `create`.
public final class Create implements VerbHandler {
  private final VerbContext context;

  public Create(VerbContext context) {
    this.context = context;
  }

  @Override
  public Answer handle(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    WriteOptions options = WriteOptions.parse(request.query(), "CreateOptions");
    JsonObject sent = RequestBodies.read(context, request, options, warnings);
    OwnerDuplicates.remove(sent, OwnerDuplicates.SENT, warnings);
    if (!request.name().isEmpty()) {
      throw StatusErrors.methodNotAllowed();
    }
    if (request.type().namespaced() && request.namespace().isEmpty()) {
      throw StatusErrors.badRequest("an empty namespace may not be set during creation");
    }
    Creation creation = new Creation(request, options, sent, warnings);
    StoredObject stored =
        new GuaranteedUpdate(context::view, () -> creation.exhausted(context.view()))
            .asking(request.notes()::asked)
            .run(Attempts.UNCONDITIONAL, view, creation::attempt);
    return new Answer.OneObject(201, request.type(), stored);
  }

  static Expected expected(ResourceType type, WriteOptions options) {
    return new Expected(type.groupVersionKind(), type.schema(), options.validation());
  }

  /// The attempts of one request.
  private final class Creation {
    private final ApiRequest request;
    private final WriteOptions options;
    private final JsonObject sent;
    private final Consumer<String> warnings;
    private final boolean generated;
    private final boolean prefixed;
    private @Nullable NewObject last;
    private int takenNames;

    Creation(ApiRequest request, WriteOptions options, JsonObject sent, Consumer<String> warnings) {
      this.request = request;
      this.options = options;
      this.sent = sent;
      this.warnings = warnings;
      this.generated = GeneratedName.isWanted(sent);
      this.prefixed = !Metadata.text(sent, "generateName").isEmpty();
    }

    Optional<StoredObject> attempt(ObjectView view) {
      // The transaction itself finds out whether the name is taken; what was overtaken looks before
      // anybody
      // is asked about it again, to be told apart from a race for what belongs to the object.
      if (last != null
          && view.has(last.key())
          && (!generated || ++takenNames == Attempts.GENERATED_NAME.max())) {
        throw taken(view);
      }
      // The first attempt changes what was read; the others are rare enough to read it again.
      JsonObject object = last == null ? sent : again();
      try (ObjectTransaction transaction = new ObjectTransaction()) {
        NewObject made =
            NewObject.make(
                context, request, options, Draft.sent(object), view, transaction, warnings);
        last = made;
        if (options.dryRun() && view.has(made.key())) {
          throw taken(view);
        }
        return made.commit(context, transaction, options);
      }
    }

    private JsonObject again() {
      JsonObject object = RequestBodies.read(context, request, options, _ -> {});
      OwnerDuplicates.remove(object, OwnerDuplicates.SENT, _ -> {});
      return object;
    }

    /// The name is taken, or what belongs to the object was changed again and again.
    StatusError exhausted(ObjectView now) {
      return last == null || now.has(last.key())
          ? taken(now)
          : StatusErrors.objectModified(request.type(), last.name());
    }

    /// What has the name may be on its way out: whoever waits for it is told so.
    StatusError taken(ObjectView now) {
      String name = last == null ? request.name() : last.name();
      StatusError taken =
          prefixed
              ? StatusErrors.noUniqueName(request.type(), name)
              : StatusErrors.alreadyExists(request.type(), name);
      StoredObject there = now.find(request.type(), request.namespace(), name);
      return there != null && there.isBeingDeleted() ? StatusErrors.beingDeleted(taken) : taken;
    }
  }
}
