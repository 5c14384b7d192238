package dev.pintle.kube.verb;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import java.util.Base64;

/// The `continue` token of a list; in upstream's encoding, though clients must not look inside.
///
/// @param version the revision that the list shows; -1 for whatever is newest
/// @param start the first key, after the collection's prefix
record ContinueToken(long version, String start) {
  private static final int CHARACTERS_OF_THREE_BYTES = 4;

  String encode() {
    JsonObject json =
        new JsonObject().set("v", "meta.k8s.io/v1").set("rv", Json.of(version)).set("start", start);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(JsonWriter.bytes(json));
  }

  static ContinueToken decode(String text) {
    try {
      requireBase64(text);
      Json json = JsonReader.read(Base64.getUrlDecoder().decode(text));
      return of(json instanceof JsonObject object ? object : new JsonObject());
    } catch (JsonSyntaxException broken) {
      throw invalid(": " + broken.getMessage());
    }
  }

  /// The alphabet of addresses, without padding.
  private static void requireBase64(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c < 0x80 && Character.isLetterOrDigit(c);
      if (!letter && c != '-' && c != '_') {
        throw illegal(i);
      }
    }
    if (text.length() % CHARACTERS_OF_THREE_BYTES == 1) {
      throw illegal(text.length() - 1);
    }
  }

  private static StatusError illegal(int at) {
    return invalid(": illegal base64 data at input byte " + at);
  }

  private static ContinueToken of(JsonObject object) {
    if (!"meta.k8s.io/v1".equals(object.text("v"))) {
      throw invalid(": server does not recognize this encoded version " + object.textOrEmpty("v"));
    }
    if (!(object.get("rv") instanceof Json.Whole(var version)) || version == 0) {
      throw invalid(": incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
    }
    String start = object.text("start");
    if (start == null || start.isEmpty()) {
      throw invalid(": encoded start key empty (version meta.k8s.io/v1)");
    }
    if (start.contains("/../") || start.startsWith("../") || start.contains("//")) {
      throw invalid(": " + start);
    }
    return new ContinueToken(version, start);
  }

  private static StatusError invalid(String why) {
    return StatusErrors.badRequest("invalid continue token: continue key is not valid" + why);
  }
}
