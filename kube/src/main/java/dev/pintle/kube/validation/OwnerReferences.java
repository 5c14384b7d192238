package dev.pintle.kube.validation;

import dev.pintle.kube.object.JsonArray;
import java.util.List;

/// The rules of whom an object belongs to.
final class OwnerReferences {
  private static final List<String> ORDER =
      List.of("apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion");
  private static final String EMPTY = "must not be empty";

  private OwnerReferences() {}

  static void check(ValidatedObject metadata) {
    String controller = "";
    for (ValidatedObject reference : metadata.items("ownerReferences")) {
      checkOne(reference);
      if (!reference.isTrue("controller")) {
        continue;
      }
      String name = reference.text("kind") + "/" + reference.text("name");
      if (!controller.isEmpty()) {
        FieldPath path = metadata.path("ownerReferences");
        metadata.add(FieldError.invalid(path, shown(metadata), twoControllers(controller, name)));
      } else {
        controller = name;
      }
    }
  }

  private static String twoControllers(String one, String other) {
    return "Only one reference can have Controller set to true. Found \"true\" in references for %s and %s"
        .formatted(one, other);
  }

  private static JsonArray shown(ValidatedObject metadata) {
    JsonArray shown = new JsonArray();
    metadata
        .items("ownerReferences")
        .forEach(reference -> shown.add(GoForm.inOrder(reference.structure(), ORDER)));
    return shown;
  }

  private static void checkOne(ValidatedObject reference) {
    String version = reference.text("apiVersion");
    int slash = version.indexOf('/');
    if (version.isEmpty()) {
      reference.required("apiVersion", EMPTY);
    } else if (slash != version.lastIndexOf('/') || slash == version.length() - 1) {
      reference.invalidText("apiVersion", "must be <group>/<version> or <version>");
    }
    for (String field : new String[] {"kind", "name", "uid"}) {
      if (reference.text(field).isEmpty()) {
        reference.required(field, EMPTY);
      }
    }
    if (version.equals("v1") && reference.text("kind").equals("Event")) {
      reference.add(
          FieldError.invalid(
              reference.path(),
              GoForm.inOrder(reference.structure(), ORDER),
              "/v1, Kind=Event is disallowed from being an owner"));
    }
  }
}
