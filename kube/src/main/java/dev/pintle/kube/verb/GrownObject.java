package dev.pintle.kube.verb;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonSize;
import java.util.function.Supplier;

/// The rest of a write whose object others may have made large: whatever the client sent, it goes on where it holds up nobody else then.
final class GrownObject {
  private GrownObject() {}

  /// @param before how many others had been asked about the request before
  static <T> T rest(
      VerbContext context, ApiRequest request, int before, JsonObject object, Supplier<T> rest) {
    return request.notes().asked() == before
        ? rest.get()
        : context.bulk().inTurn(JsonSize.bytes(object), rest);
  }
}
