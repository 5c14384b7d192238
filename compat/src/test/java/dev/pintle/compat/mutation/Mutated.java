package dev.pintle.compat.mutation;

import dev.pintle.compat.twin.TwinRequest;
import java.util.List;
import java.util.Optional;

/// One request of a run.
///
/// @param before what makes the object that it changes, for this request alone; none when it changes nothing
/// @param after what takes it away again
record Mutated(
    Sample sample,
    Form form,
    String part,
    String path,
    String body,
    List<TwinRequest> before,
    List<TwinRequest> after) {

  TwinRequest request() {
    return send(form.method(), path, form.contentType(), body);
  }

  /// The same way with something else in it.
  Mutated with(String otherPath, String otherBody) {
    return new Mutated(sample, form, part, otherPath, otherBody, before, after);
  }

  static TwinRequest send(String method, String path, String contentType, String body) {
    return new TwinRequest(
        "mutation",
        "",
        method,
        path,
        body.isEmpty() ? List.of() : List.of(new TwinRequest.Header("Content-Type", contentType)),
        body,
        Optional.empty());
  }

  /// As it would stand in the twin's corpus.
  String twin() {
    return "%s %s\nContent-Type: %s\n\n%s\n"
        .formatted(form.method(), path, form.contentType(), body);
  }
}
