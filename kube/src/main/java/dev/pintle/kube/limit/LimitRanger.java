package dev.pintle.kube.limit;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
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

/// The admission plugin LimitRanger: containers get the requests and limits that their namespace has as defaults, and pods
/// and claims are held to its bounds. Pods are looked at when they are made and when they are resized, claims whenever they
/// are written.
public final class LimitRanger implements Admission {
  private final Supplier<ResourceType> limitRanges;

  public LimitRanger(Supplier<ResourceType> limitRanges) {
    this.limitRanges = limitRanges;
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    JsonObject pod = request.object();
    if (pod != null && isPod(request)) {
      for (JsonObject range : ranges(request, view)) {
        LimitDefaults.apply(items(range), pod);
      }
    }
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    JsonObject object = request.object();
    if (object == null || !(isPod(request) || isClaim(request))) {
      return;
    }
    for (JsonObject range : ranges(request, view)) {
      Set<String> wrong = new LinkedHashSet<>();
      for (JsonObject item : items(range)) {
        wrong.addAll(LimitBounds.wrong(item, object, isClaim(request)));
      }
      if (!wrong.isEmpty()) {
        String why =
            wrong.size() == 1 ? wrong.iterator().next() : "[" + String.join(", ", wrong) + "]";
        throw StatusErrors.forbidden(request.type(), request.name(), why);
      }
    }
  }

  private static boolean isPod(AdmissionRequest request) {
    boolean pods = request.type().groupResource().equals("pods");
    return switch (request.action()) {
      case CREATE -> pods && request.subresource().isEmpty();
      case UPDATE -> pods && request.subresource().equals("resize") && !isLeaving(request);
      case DELETE, CONNECT -> false;
    };
  }

  private static boolean isClaim(AdmissionRequest request) {
    return request.type().groupResource().equals("persistentvolumeclaims")
        && request.subresource().isEmpty()
        && request.action() != Action.DELETE
        && !isLeaving(request);
  }

  private static boolean isLeaving(AdmissionRequest request) {
    JsonObject old = request.old();
    return old != null && old.objectAt("metadata").has("deletionTimestamp");
  }

  private List<JsonObject> ranges(AdmissionRequest request, ObjectView view) {
    List<JsonObject> ranges = new ArrayList<>();
    ResourceType type = limitRanges.get();
    RangeRequest all = RangeRequest.of(Keys.range(type, request.namespace()));
    for (KeyValue kv : view.range(all).entries()) {
      ranges.add(view.read(type, kv).tree());
    }
    return ranges;
  }

  private static List<JsonObject> items(JsonObject range) {
    return range.objectAt("spec").objects("limits");
  }
}
