package dev.pintle.kube.token;

import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The check that what a token names is still there.
final class BoundObjects {
  /// How long a token outlives the beginning of its object's deletion.
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  private static final GroupVersion CORE = new GroupVersion("", "v1");
  private static final String GONE = "service account token has been invalidated";

  private final TypeRegistry types;
  private final Clock clock;

  BoundObjects(TypeRegistry types, Clock clock) {
    this.types = types;
    this.clock = clock;
  }

  /// Why the token does not hold any more, or empty.
  Optional<String> missing(TokenSubject bearer, ObjectView view) {
    return account(bearer, view)
        .or(() -> bound("secret", bearer.namespace(), bearer.secret(), view))
        .or(() -> bound("pod", bearer.namespace(), bearer.pod(), view))
        .or(() -> bearer.pod() == null ? bound("node", "", bearer.node(), view) : Optional.empty());
  }

  private Optional<String> account(TokenSubject bearer, ObjectView view) {
    BoundObjectReference account = bearer.account();
    ResourceType accounts = type("serviceaccounts");
    StoredObject found = view.find(accounts, bearer.namespace(), account.name());
    if (found == null) {
      return Optional.of(StatusErrors.notFound(accounts, account.name()).status().message());
    }
    if (!found.uid().equals(account.uid())) {
      return Optional.of(
          "service account UID (%s) does not match claim (%s)"
              .formatted(found.uid(), account.uid()));
    }
    return isGoing(found)
        ? Optional.of(
            "service account %s/%s has been deleted".formatted(bearer.namespace(), account.name()))
        : Optional.empty();
  }

  private Optional<String> bound(
      String what, String namespace, @Nullable BoundObjectReference reference, ObjectView view) {
    if (reference == null) {
      return Optional.empty();
    }
    StoredObject found = view.find(type(what + "s"), namespace, reference.name());
    if (found == null || isGoing(found)) {
      return Optional.of(GONE);
    }
    return found.uid().equals(reference.uid())
        ? Optional.empty()
        : Optional.of(
            "%s UID (%s) does not match service account %s ref claim (%s)"
                .formatted(what, found.uid(), what, reference.uid()));
  }

  private boolean isGoing(StoredObject object) {
    return object.isBeingDeleted()
        && Instant.parse(object.text("metadata.deletionTimestamp"))
            .isBefore(clock.instant().minus(LEEWAY));
  }

  private ResourceType type(String plural) {
    return Objects.requireNonNull(types.current().resource(CORE, plural), plural);
  }
}
