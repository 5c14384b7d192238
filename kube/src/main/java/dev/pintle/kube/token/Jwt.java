package dev.pintle.kube.token;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A signed token in its compact form: header, claims and signature in base64url, separated by dots.
///
/// @param signed the bytes that the signature is of
record Jwt(JsonObject header, JsonObject claims, Bytes signed, Bytes signature) {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  static String of(JsonObject claims, SigningKey key) {
    JsonObject header = new JsonObject().set("alg", key.algorithm()).set("kid", key.id());
    String content = encoded(header) + "." + encoded(claims);
    byte[] signature = key.sign(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + ENCODER.encodeToString(signature);
  }

  /// Takes a token apart, believing nothing yet; empty when it is none.
  static Optional<Jwt> parse(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      Json header = JsonReader.read(decoded(parts[0]));
      Json claims = JsonReader.read(decoded(parts[1]));
      if (header instanceof JsonObject heading && claims instanceof JsonObject claimed) {
        Bytes signed = Bytes.utf8(parts[0] + "." + parts[1]);
        return Optional.of(new Jwt(heading, claimed, signed, Bytes.wrap(decoded(parts[2]))));
      }
      return Optional.empty();
    } catch (IllegalArgumentException | JsonSyntaxException noToken) {
      return Optional.empty();
    }
  }

  /// The compact form has no padding (RFC 7515, section 2), which the decoder would let pass.
  private static byte[] decoded(String part) {
    if (part.indexOf('=') >= 0) {
      throw new IllegalArgumentException("base64url: padded (expected: without padding)");
    }
    return DECODER.decode(part);
  }

  /// Whether the header asks for something that every reader must understand (RFC 7515, section 4.1.11): nothing of it is.
  boolean isCritical() {
    return header.has("crit");
  }

  private static String encoded(JsonObject part) {
    return ENCODER.encodeToString(JsonWriter.bytes(part));
  }
}
