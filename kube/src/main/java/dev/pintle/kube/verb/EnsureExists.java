package dev.pintle.kube.verb;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.AdmissionNotes;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.transaction.GuaranteedUpdate;
import dev.pintle.kube.transaction.GuaranteedUpdate.Attempts;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.kube.verb.NewObject.Draft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The creation of objects by the server itself, where they do not exist yet.
public final class EnsureExists {
  /// An object that is to exist.
  ///
  /// @param namespace empty for one of the whole cluster
  /// @param manager who makes it, and owns it
  /// @param status what a controller says of it at once; null for what every new object says
  public record Wanted(
      ResourceType type,
      String namespace,
      JsonObject object,
      String manager,
      @Nullable AppliedStatus status) {
    /// One of which no controller says anything at once.
    public static Wanted of(ResourceType type, String namespace, JsonObject object) {
      return new Wanted(type, namespace, object, ApiRequest.SERVER, null);
    }

    public String name() {
      return Metadata.name(object);
    }

    /// As people know it.
    public String title() {
      return type.kind() + " " + name();
    }
  }

  /// An object that could not be made.
  public record Unmade(Wanted wanted, RuntimeException why) {}

  private EnsureExists() {}

  /// Makes those of the objects that are not there, as if they had been sent, all in one write; waits.
  ///
  /// @throws dev.pintle.kube.status.StatusError when one cannot be made, or the store takes no writes
  public static void all(VerbContext context, List<Wanted> wanted) {
    all(context, wanted, AdmissionNotes.unread());
  }

  /// As [#all], but what cannot be made does not stand before the rest: then each is made in a write of its own.
  ///
  /// @param time that admission may take for them in one write, and as long again for each alone
  /// @return what could not be made
  public static List<Unmade> asFarAsPossible(
      VerbContext context, List<Wanted> wanted, Duration time) {
    try {
      all(context, wanted, AdmissionNotes.within(time));
      return List.of();
    } catch (RuntimeException _) {
      // Which of them it is about, and what it is, is told of each alone.
      return eachAlone(context, wanted, time);
    }
  }

  /// Makes those of the objects that are not there, each in a write of its own; waits.
  ///
  /// @param time that admission may take for all together; who comes too late is not made
  /// @return what could not be made
  public static List<Unmade> eachAlone(VerbContext context, List<Wanted> wanted, Duration time) {
    AdmissionNotes notes = AdmissionNotes.within(time);
    List<Unmade> unmade = new ArrayList<>(0);
    for (Wanted each : wanted) {
      try {
        all(context, List.of(each), notes);
      } catch (RuntimeException why) {
        unmade.add(new Unmade(each, why));
      }
    }
    return unmade;
  }

  private static void all(VerbContext context, List<Wanted> wanted, AdmissionNotes notes) {
    new GuaranteedUpdate(
            context::view,
            () -> StatusErrors.internal("others made the same objects again and again"))
        .run(
            Attempts.UNCONDITIONAL,
            context.view(),
            view -> makeMissing(context, wanted, notes, view));
  }

  private static Optional<Boolean> makeMissing(
      VerbContext context, List<Wanted> wanted, AdmissionNotes notes, ObjectView view) {
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      ObjectView now = view;
      for (Wanted each : wanted) {
        if (!view.has(Keys.object(each.type(), each.namespace(), each.name()))) {
          int asked = notes.asked();
          add(context, each, notes, now, transaction);
          now = notes.asked() == asked ? now : context.view();
        }
      }
      boolean done = transaction.isEmpty() || transaction.commit(context.member()).isPresent();
      return done ? Optional.of(true) : Optional.empty();
    }
  }

  /// Adds a new object of the server itself to a transaction, as if it had been sent.
  public static void add(
      VerbContext context, Wanted wanted, ObjectView view, ObjectTransaction transaction) {
    add(context, wanted, AdmissionNotes.unread(), view, transaction);
  }

  private static void add(
      VerbContext context,
      Wanted wanted,
      AdmissionNotes notes,
      ObjectView view,
      ObjectTransaction transaction) {
    ResourceType type = wanted.type();
    RequestInfo target =
        new RequestInfo(
            "create", "", type.groupVersion(), wanted.namespace(), type.plural(), "", "", 0);
    ApiRequest request =
        new ApiRequest(
            target, type, Query.EMPTY, UserInfo.SERVER, "", wanted.manager(), Bytes.EMPTY, notes);
    JsonObject object = Canonicalizer.canonical(type.schema(), wanted.object().copy());
    Draft draft = new Draft(object, false, wanted.status());
    NewObject.make(context, request, WriteOptions.NONE, draft, view, transaction, _ -> {});
  }
}
