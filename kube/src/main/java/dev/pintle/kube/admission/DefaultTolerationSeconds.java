package dev.pintle.kube.admission;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.store.ObjectView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The admission plugin DefaultTolerationSeconds: pods tolerate for five minutes that their node is not ready or
/// unreachable, unless they say otherwise.
public final class DefaultTolerationSeconds implements Admission {
  private static final List<String> TAINTS =
      List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
  private static final int SECONDS = 300;

  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    JsonObject pod = request.object();
    if (!request.isOf("", "pods") || pod == null) {
      return;
    }
    JsonObject spec = pod.objectAt("spec");
    JsonArray tolerations = spec.array("tolerations");
    List<String> missing =
        TAINTS.stream().filter(taint -> !tolerates(spec.array("tolerations"), taint)).toList();
    if (missing.isEmpty()) {
      return;
    }
    JsonArray all = tolerations == null ? new JsonArray() : tolerations;
    missing.forEach(taint -> all.add(toleration(taint)));
    spec.set("tolerations", all);
  }

  private static boolean tolerates(@Nullable JsonArray tolerations, String taint) {
    if (tolerations == null) {
      return false;
    }
    for (Json item : tolerations) {
      if (item instanceof JsonObject toleration
          && isOneOf(toleration.text("key"), taint)
          && isOneOf(toleration.text("effect"), "NoExecute")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOneOf(@Nullable String text, String word) {
    return text == null || text.isEmpty() || text.equals(word);
  }

  private static JsonObject toleration(String taint) {
    return new JsonObject()
        .set("key", taint)
        .set("operator", "Exists")
        .set("effect", "NoExecute")
        .set("tolerationSeconds", Json.of(SECONDS));
  }
}
