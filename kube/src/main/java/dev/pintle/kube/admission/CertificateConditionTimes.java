package dev.pintle.kube.admission;

import static java.time.format.DateTimeFormatter.ISO_INSTANT;
import static java.time.temporal.ChronoUnit.SECONDS;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.store.ObjectView;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// The admission step that fills in the times of a CertificateSigningRequest's conditions (`lastUpdateTime`,
/// `lastTransitionTime`) when their writer left them out.
public final class CertificateConditionTimes implements Admission {
  private static final String CHANGED = "lastTransitionTime";
  private static final String WRITTEN = "lastUpdateTime";

  private final Clock clock;

  public CertificateConditionTimes(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void prepare(AdmissionRequest request, ObjectView view) {
    JsonObject object = request.object();
    JsonObject old = request.old();
    boolean about =
        request.type().groupResource().equals("certificatesigningrequests.certificates.k8s.io")
            && !request.subresource().isEmpty();
    if (about
        && object != null
        && old != null
        && object.object("status") instanceof JsonObject status) {
      fillIn(status.array("conditions"), old.objectAt("status").array("conditions"));
    }
  }

  private void fillIn(@Nullable JsonArray conditions, @Nullable JsonArray before) {
    if (conditions == null) {
      return;
    }
    Json now = Json.of(ISO_INSTANT.format(clock.instant().truncatedTo(SECONDS)));
    for (Json item : conditions) {
      if (item instanceof JsonObject condition) {
        if (isUnset(condition.get(WRITTEN))) {
          condition.set(WRITTEN, now);
        }
        if (isUnset(condition.get(CHANGED))) {
          condition.set(CHANGED, changed(condition, before, now));
        }
      }
    }
  }

  private static boolean isUnset(@Nullable Json time) {
    return time == null || time instanceof Json.Null;
  }

  private static Json changed(JsonObject condition, @Nullable JsonArray before, Json now) {
    if (before != null) {
      for (Json item : before) {
        if (item instanceof JsonObject old
            && same(old, condition, "type")
            && same(old, condition, "status")
            && old.get(CHANGED) instanceof Json.Text time) {
          return time;
        }
      }
    }
    return now;
  }

  private static boolean same(JsonObject one, JsonObject other, String field) {
    return String.valueOf(one.text(field)).equals(String.valueOf(other.text(field)));
  }
}
