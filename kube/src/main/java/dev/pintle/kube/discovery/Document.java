package dev.pintle.kube.discovery;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A document that is served as it is: its bytes in JSON, and a tag that changes when they do.
public final class Document {
  private final byte[] bytes;
  private final String hash;

  private Document(byte[] bytes, String hash) {
    this.bytes = bytes;
    this.hash = hash;
  }

  public static Document of(JsonObject object) {
    byte[] bytes = JsonWriter.bytes(object);
    return new Document(bytes, hash(bytes));
  }

  /// A document that is not JSON.
  public static Document ofBytes(byte[] bytes) {
    return new Document(bytes, hash(bytes));
  }

  /// The document itself, shared: read only.
  public byte[] bytes() {
    return bytes;
  }

  /// 128 hexadecimal digits in capitals, which also stand in the address of an OpenAPI document.
  public String hash() {
    return hash;
  }

  /// The value of the `ETag` header, with its quotes.
  public String etag() {
    return '"' + hash + '"';
  }

  /// A document whose hash was made of what it is made of.
  public static Document of(JsonObject object, String hash) {
    return new Document(JsonWriter.bytes(object), hash);
  }

  /// 128 hexadecimal digits for any bytes.
  public static String hash(byte[] bytes) {
    try {
      return HexFormat.of()
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-512 (expected: in every JDK)", e);
    }
  }
}
