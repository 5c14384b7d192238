package dev.pintle.kube.admission;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The admission plugin RuntimeClass: a pod gets the overhead and the scheduling constraints of its runtime class, which
/// must exist.
public final class RuntimeClasses implements Admission {
  private final Supplier<ResourceType> classes;

  public RuntimeClasses(Supplier<ResourceType> classes) {
    this.classes = classes;
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    JsonObject pod = request.object();
    if (!isNewPod(request) || pod == null) {
      return;
    }
    JsonObject runtimeClass = find(request, pod, view);
    if (runtimeClass != null) {
      setOverhead(request, pod.objectAt("spec"), runtimeClass);
      setScheduling(request, pod.objectAt("spec"), runtimeClass);
    }
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    JsonObject pod = request.object();
    if (!isNewPod(request) || pod == null) {
      return;
    }
    JsonObject runtimeClass = find(request, pod, view);
    JsonObject overhead = pod.objectAt("spec").object("overhead");
    boolean isGiven = pod.objectAt("spec").given("overhead") instanceof JsonObject;
    if (runtimeClass != null && runtimeClass.object("overhead") != null) {
      if (!sameAmounts(fixed(runtimeClass), overhead)) {
        throw otherOverhead(request);
      }
    } else if (isGiven) {
      throw rejected(
          request, "Pod Overhead set without corresponding RuntimeClass defined Overhead");
    }
  }

  private static boolean isNewPod(AdmissionRequest request) {
    return request.action() == Action.CREATE && request.isOf("", "pods");
  }

  private @Nullable JsonObject find(AdmissionRequest request, JsonObject pod, ObjectView view) {
    String name = pod.objectAt("spec").text("runtimeClassName");
    if (name == null) {
      return null;
    }
    StoredObject found = view.find(classes.get(), "", name);
    if (found == null) {
      LookedUpName.require(name);
      throw rejected(request, "RuntimeClass %s not found".formatted(GoText.quote(name)));
    }
    return found.tree();
  }

  private static StatusError rejected(AdmissionRequest request, String why) {
    return StatusErrors.forbidden(request.type(), request.name(), "pod rejected: " + why);
  }

  private static StatusError otherOverhead(AdmissionRequest request) {
    return rejected(request, "Pod's Overhead doesn't match RuntimeClass's defined Overhead");
  }

  private static @Nullable JsonObject fixed(JsonObject runtimeClass) {
    JsonObject overhead = runtimeClass.object("overhead");
    return overhead == null ? null : overhead.object("podFixed");
  }

  private static void setOverhead(
      AdmissionRequest request, JsonObject spec, JsonObject runtimeClass) {
    if (runtimeClass.object("overhead") == null) {
      return;
    }
    JsonObject given = spec.object("overhead");
    JsonObject fixed = fixed(runtimeClass);
    if (given != null && !given.isEmpty() && !sameAmounts(fixed, given)) {
      throw otherOverhead(request);
    }
    if (fixed == null) {
      spec.remove("overhead");
    } else {
      spec.set("overhead", fixed.copy());
    }
  }

  private static boolean sameAmounts(@Nullable JsonObject one, @Nullable JsonObject other) {
    JsonObject left = one == null ? new JsonObject() : one;
    JsonObject right = other == null ? new JsonObject() : other;
    if (left.size() != right.size()) {
      return false;
    }
    for (JsonObject.Field amount : left) {
      if (!(amount.value() instanceof Json.Text(String text)
          && right.get(amount.name()) instanceof Json.Text(String otherText)
          && Quantity.parse(text).equals(Quantity.parse(otherText)))) {
        return false;
      }
    }
    return true;
  }

  private static void setScheduling(
      AdmissionRequest request, JsonObject spec, JsonObject runtimeClass) {
    JsonObject scheduling = runtimeClass.object("scheduling");
    if (scheduling == null) {
      return;
    }
    JsonObject selector = scheduling.object("nodeSelector");
    if (selector != null) {
      for (JsonObject.Field label : selector) {
        setLabel(request, spec.objectAt("nodeSelector"), label);
      }
    }
    JsonArray tolerations =
        Tolerations.merged(spec.array("tolerations"), scheduling.array("tolerations"));
    if (tolerations.isEmpty()) {
      spec.remove("tolerations");
    } else {
      spec.set("tolerations", tolerations);
    }
  }

  private static void setLabel(
      AdmissionRequest request, JsonObject selector, JsonObject.Field label) {
    Json given = selector.get(label.name());
    if (given instanceof Json.Text(String own)
        && label.value() instanceof Json.Text(String wanted)
        && !own.equals(wanted)) {
      throw StatusErrors.forbidden(
          request.type(),
          request.name(),
          "conflict: runtimeClass.scheduling.nodeSelector[%1$s] = %2$s; pod.spec.nodeSelector[%1$s] = %3$s"
              .formatted(label.name(), wanted, own));
    }
    selector.set(label.name(), label.value());
  }
}
