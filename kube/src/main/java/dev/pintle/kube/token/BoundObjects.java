package dev.pintle.kube.token;

import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.status.StatusErrors;
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

  /// A finder of stored objects.
  @FunctionalInterface
  interface Lookup {
    @Nullable StoredObject find(ResourceType type, String namespace, String name);
  }

  BoundObjects(TypeRegistry types, Clock clock) {
    this.types = types;
    this.clock = clock;
  }

  /// Why the token does not hold any more, or empty.
  Optional<String> missing(TokenSubject bearer, Lookup objects) {
    return account(bearer, objects)
        .or(() -> bound("secret", bearer.namespace(), bearer.secret(), objects))
        .or(() -> bound("pod", bearer.namespace(), bearer.pod(), objects))
        .or(() ->
            bearer.pod() == null ? bound("node", "", bearer.node(), objects) : Optional.empty());
  }

  private Optional<String> account(TokenSubject bearer, Lookup objects) {
    BoundObjectReference account = bearer.account();
    ResourceType accounts = type("serviceaccounts");
    StoredObject found = objects.find(accounts, bearer.namespace(), account.name());
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
      String what, String namespace, @Nullable BoundObjectReference reference, Lookup objects) {
    if (reference == null) {
      return Optional.empty();
    }
    StoredObject found = objects.find(type(what + "s"), namespace, reference.name());
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
