package dev.pintle.kube.admission;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.store.ObjectView;

/// The admission step that writes into a CertificateSigningRequest who made it (`username`, `uid`, `groups`, `extra`),
/// whatever the client sent.
public final class CertificateRequester implements Admission {
  @Override
  public void prepare(AdmissionRequest request, ObjectView view) {
    JsonObject object = request.object();
    if (request.action() != Action.CREATE
        || object == null
        || !request.isOf("certificates.k8s.io", "certificatesigningrequests")) {
      return;
    }
    JsonObject spec = object.objectAt("spec");
    UserInfo caller = request.caller();
    set(spec, "username", caller.name());
    set(spec, "uid", caller.uid());
    spec.remove("groups");
    spec.remove("extra");
    if (!caller.groups().isEmpty()) {
      JsonArray groups = new JsonArray();
      caller.groups().forEach(group -> groups.add(Json.of(group)));
      spec.set("groups", groups);
    }
    caller
        .extra()
        .forEach((name, values) -> {
          JsonArray list = new JsonArray();
          values.forEach(value -> list.add(Json.of(value)));
          spec.objectAt("extra").set(name, list);
        });
  }

  private static void set(JsonObject spec, String field, String value) {
    if (value.isEmpty()) {
      spec.remove(field);
    } else {
      spec.set(field, value);
    }
  }
}
