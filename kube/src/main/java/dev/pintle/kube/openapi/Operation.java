package dev.pintle.kube.openapi;

import dev.pintle.kube.schema.GroupVersionKind;
import java.util.List;

/// One operation before it is written.
///
/// @param action the word of `x-kubernetes-action`, empty where there is none
/// @param answer the reference of what comes back, or empty for plain text
/// @param codes the status codes of success
record Operation(
    Title title,
    String action,
    List<Parameter> parameters,
    Body body,
    String answer,
    List<Integer> codes) {

  /// The name of an operation, and the kind it deals with.
  record Title(String id, String description, GroupVersionKind kind) {}

  /// The form of what is sent: nothing, an object that must or may be there, or a patch.
  record Body(String ref, boolean required, boolean patch) {
    static final Body NONE = new Body("", false, false);
  }

  static Operation of(String action, Title title) {
    return new Operation(title, action, List.of(), Body.NONE, "", List.of(200));
  }

  Operation taking(List<Parameter> taken) {
    return new Operation(title, action, taken, body, answer, codes);
  }

  Operation sending(String ref) {
    return new Operation(title, action, parameters, new Body(ref, true, false), answer, codes);
  }

  Operation sendingPerhaps(String ref) {
    return new Operation(title, action, parameters, new Body(ref, false, false), answer, codes);
  }

  Operation sendingPatch(String ref) {
    return new Operation(title, action, parameters, new Body(ref, true, true), answer, codes);
  }

  Operation answeringText() {
    return answering("", 200);
  }

  Operation answering(String ref, Integer... successes) {
    return new Operation(title, action, parameters, body, ref, List.of(successes));
  }
}
