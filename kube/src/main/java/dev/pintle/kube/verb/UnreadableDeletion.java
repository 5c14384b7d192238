package dev.pintle.kube.verb;

import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.request.DeleteOptions;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Details;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.transaction.GuaranteedUpdate.Attempts;
import dev.pintle.kube.transaction.ObjectTransaction;
import java.util.Optional;

/// The deletion of an object because it cannot be read (`ignoreStoreReadErrorWithClusterBreakingPotential`), as one whose webhook does
/// not convert it any more. It goes at once, whatever finalizers it has, and nobody is asked but whether the caller may.
final class UnreadableDeletion {
  private static final String VERB = "unsafe-delete-ignore-read-errors";
  private static final int UNREADABLE = 500;

  private final VerbContext context;
  private final Delete.Rights rights;

  UnreadableDeletion(VerbContext context, Delete.Rights rights) {
    this.context = context;
    this.rights = rights;
  }

  /// @throws StatusError 403 without the right, 404, and 409 where the object can be read
  Answer run(ApiRequest request, DeleteOptions options, ObjectView view) {
    ResourceType type = request.type();
    RequestInfo asked =
        new RequestInfo(
            VERB,
            request.target().path(),
            type.groupVersion(),
            request.namespace(),
            type.plural(),
            request.name(),
            "",
            0);
    String refusal = rights.refusal(request.caller(), asked, view);
    if (refusal != null) {
      throw StatusErrors.forbidden(
          type, request.name(), "not permitted to do \"%s\", reason: %s".formatted(VERB, refusal));
    }
    context
        .updates(type, request.name())
        .run(Attempts.UNCONDITIONAL, view, now -> attempt(request, options, now));
    Status done = Status.success(Details.of("", type.kind(), request.name()));
    return new Answer.Tree(200, done.toJson().set("code", Json.of(200)));
  }

  private Optional<Boolean> attempt(ApiRequest request, DeleteOptions options, ObjectView view) {
    ResourceType type = request.type();
    try {
      StoredObject readable = view.require(type, request.namespace(), request.name());
      DeletionPreconditions.require(type, options, readable);
      return Optional.of(false);
    } catch (StatusError refused) {
      if (refused.status().code() != UNREADABLE) {
        throw refused;
      }
    }
    StoredObject stored = view.findMetadata(type, request.namespace(), request.name());
    if (stored == null || options.dryRun()) {
      return Optional.of(true);
    }
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      transaction.unchanged(stored.key(), stored.version()).delete(stored.key());
      return transaction.commit(context.member()).isPresent()
          ? Optional.of(true)
          : Optional.empty();
    }
  }
}
