package dev.pintle.kube.request;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.status.Cause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The options of delete, from the body or the query.
///
/// @param graceSeconds null when none was named
/// @param propagation `Orphan`, `Background`, `Foreground`, or empty
/// @param orphanDependents the old way to say it; null when it was not said
/// @param uid that the object has to have; null for any
/// @param resourceVersion that the object has to have; null for any
/// @param onlyUnreadable whether the object is to go although it cannot be read, and only then
public record DeleteOptions(
    @Nullable Long graceSeconds,
    String propagation,
    @Nullable Boolean orphanDependents,
    @Nullable String uid,
    @Nullable String resourceVersion,
    boolean onlyUnreadable,
    boolean dryRun)
    implements OperationOptions {
  private static final List<String> POLICIES = List.of("Foreground", "Background", "Orphan");

  private static final String UNREADABLE = "ignoreStoreReadErrorWithClusterBreakingPotential";
  private static final List<String> BESIDE_UNREADABLE =
      List.of("propagationPolicy", "orphanDependents", "gracePeriodSeconds", "preconditions");

  /// The same, and only of the object that has this uid.
  public DeleteOptions withUid(String required) {
    return new DeleteOptions(
        graceSeconds,
        propagation,
        orphanDependents,
        required,
        resourceVersion,
        onlyUnreadable,
        dryRun);
  }

  public static DeleteOptions of(JsonObject body) {
    JsonObject preconditions = body.object("preconditions");
    List<String> dryRun = body.texts("dryRun");
    return checked(
        body.get("gracePeriodSeconds") instanceof Json.Whole(var seconds) ? seconds : null,
        body.textOrEmpty("propagationPolicy"),
        body.get("orphanDependents") instanceof Json.Bool(var orphan) ? orphan : null,
        preconditions,
        dryRun,
        Json.Bool.TRUE.equals(body.get(UNREADABLE)),
        alone(body));
  }

  /// To delete what cannot be read leaves nothing else to say.
  private static List<Cause> alone(JsonObject body) {
    List<Cause> wrong = new ArrayList<>();
    if (Json.Bool.TRUE.equals(body.get(UNREADABLE))) {
      for (String other : BESIDE_UNREADABLE) {
        if (body.get(other) instanceof Json said && !(said instanceof Json.Null)) {
          String message = "Invalid value: true: cannot be set together with ." + other;
          wrong.add(new Cause("FieldValueInvalid", message, UNREADABLE));
        }
      }
    }
    return wrong;
  }

  public static DeleteOptions of(Query query) {
    JsonObject body = new JsonObject();
    String grace = query.text("gracePeriodSeconds");
    if (query.has("gracePeriodSeconds")) {
      body.set("gracePeriodSeconds", Json.of(ListOptions.number(grace)));
    }
    if (query.has("propagationPolicy")) {
      body.set("propagationPolicy", query.text("propagationPolicy"));
    }
    if (query.has("orphanDependents")) {
      body.set("orphanDependents", Json.of(query.flag("orphanDependents")));
    }
    if (query.has(UNREADABLE)) {
      body.set(UNREADABLE, Json.of(query.flag(UNREADABLE)));
    }
    JsonArray dryRun = new JsonArray();
    query.all("dryRun").forEach(value -> dryRun.add(Json.of(value)));
    return of(body.set("dryRun", dryRun));
  }

  private static DeleteOptions checked(
      @Nullable Long grace,
      String propagation,
      @Nullable Boolean orphan,
      @Nullable JsonObject preconditions,
      List<String> dryRun,
      boolean onlyUnreadable,
      List<Cause> alone) {
    List<Cause> wrong = new ArrayList<>();
    if (orphan != null && !propagation.isEmpty()) {
      wrong.add(
          new Cause(
              "FieldValueInvalid",
              "Invalid value: \"%s\": orphanDependents and deletionPropagation cannot be both set"
                  .formatted(propagation),
              "propagationPolicy"));
    }
    if (!propagation.isEmpty() && !POLICIES.contains(propagation)) {
      wrong.add(
          new Cause(
              "FieldValueNotSupported",
              "Unsupported value: \"%s\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\""
                  .formatted(propagation),
              "propagationPolicy"));
    }
    boolean dry = WriteOptions.dryRun(dryRun, wrong);
    wrong.addAll(alone);
    if (!wrong.isEmpty()) {
      throw WriteOptions.refusal("DeleteOptions", wrong);
    }
    return new DeleteOptions(
        grace == null || grace >= 0 ? grace : Long.valueOf(1),
        propagation,
        orphan,
        preconditions == null ? null : preconditions.text("uid"),
        preconditions == null ? null : preconditions.text("resourceVersion"),
        onlyUnreadable,
        dry);
  }

  public DeleteOptions withResourceVersion(String version) {
    return new DeleteOptions(
        graceSeconds, propagation, orphanDependents, uid, version, onlyUnreadable, dryRun);
  }

  /// The same without a version that is there and empty, which nothing has.
  public DeleteOptions withoutEmptyVersion() {
    return "".equals(resourceVersion)
        ? new DeleteOptions(
            graceSeconds, propagation, orphanDependents, uid, null, onlyUnreadable, dryRun)
        : this;
  }

  /// The same, and nothing comes of it where `also` says so.
  public DeleteOptions orDryRun(boolean also) {
    return new DeleteOptions(
        graceSeconds,
        propagation,
        orphanDependents,
        uid,
        resourceVersion,
        onlyUnreadable,
        dryRun || also);
  }

  /// A collection is of objects that can be read.
  public void requireCollection() {
    if (onlyUnreadable) {
      String message =
          "Invalid value: true: is not allowed with DELETECOLLECTION, try again after removing the option";
      throw WriteOptions.refusal(
          "DeleteOptions", List.of(new Cause("FieldValueInvalid", message, UNREADABLE)));
    }
  }
}
