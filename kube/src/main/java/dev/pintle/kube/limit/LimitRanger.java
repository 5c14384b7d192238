package dev.pintle.kube.limit;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The plugin that gives containers the requests and limits that their namespace has as defaults, and holds pods and
/// claims to its bounds. Pods are looked at when they are made and when they are resized, claims whenever they are
/// written.
public final class LimitRanger implements Admission {
  private final Supplier<ResourceType> limitRanges;

  public LimitRanger(Supplier<ResourceType> limitRanges) {
    this.limitRanges = limitRanges;
  }

  @Override
  public void admit(AdmissionRequest attempt, ObjectView view) {
    JsonObject pod = attempt.object();
    if (pod != null && isPod(attempt)) {
      for (JsonObject range : ranges(attempt, view)) {
        LimitDefaults.apply(items(range), pod);
      }
    }
  }

  @Override
  public void confirm(AdmissionRequest attempt, ObjectView view) {
    JsonObject object = attempt.object();
    if (object == null || !(isPod(attempt) || isClaim(attempt))) {
      return;
    }
    for (JsonObject range : ranges(attempt, view)) {
      Set<String> wrong = new LinkedHashSet<>();
      for (JsonObject item : items(range)) {
        wrong.addAll(LimitBounds.wrong(item, object, isClaim(attempt)));
      }
      if (!wrong.isEmpty()) {
        String why =
            wrong.size() == 1 ? wrong.iterator().next() : "[" + String.join(", ", wrong) + "]";
        throw StatusErrors.forbidden(attempt.type(), attempt.name(), why);
      }
    }
  }

  private static boolean isPod(AdmissionRequest attempt) {
    boolean pods = attempt.type().groupResource().equals("pods");
    return switch (attempt.action()) {
      case CREATE -> pods && attempt.subresource().isEmpty();
      case UPDATE -> pods && attempt.subresource().equals("resize") && !isLeaving(attempt);
      case DELETE -> false;
    };
  }

  private static boolean isClaim(AdmissionRequest attempt) {
    return attempt.type().groupResource().equals("persistentvolumeclaims")
        && attempt.subresource().isEmpty()
        && attempt.action() != Action.DELETE
        && !isLeaving(attempt);
  }

  private static boolean isLeaving(AdmissionRequest attempt) {
    JsonObject old = attempt.old();
    return old != null && old.objectAt("metadata").has("deletionTimestamp");
  }

  private List<JsonObject> ranges(AdmissionRequest attempt, ObjectView view) {
    List<JsonObject> ranges = new ArrayList<>();
    ResourceType type = limitRanges.get();
    RangeRequest all = RangeRequest.of(Keys.range(type, attempt.namespace()));
    for (KeyValue kv : view.range(all).entries()) {
      ranges.add(view.read(type, kv).tree());
    }
    return ranges;
  }

  private static List<JsonObject> items(JsonObject range) {
    return range.objectAt("spec").objects("limits");
  }
}
