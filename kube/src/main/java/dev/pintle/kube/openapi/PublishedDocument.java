package dev.pintle.kube.openapi;

import dev.pintle.kube.discovery.Document;
import dev.pintle.kube.object.JsonObject;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A document in each of its forms, which are made when somebody asks for them and share one tag.
public final class PublishedDocument {
  private final Instant since;
  private final SoftDocument json;
  private final SoftDocument binary;

  /// @param since when it came to be what it is
  /// @param hash where it is known before the document is made, or null
  /// @param binary how the protobuf form is written
  PublishedDocument(
      Instant since,
      @Nullable String hash,
      Supplier<JsonObject> content,
      Function<JsonObject, byte[]> binary) {
    this.since = since;
    this.json =
        new SoftDocument(
            hash,
            () -> hash == null ? Document.of(content.get()) : Document.of(content.get(), hash));
    this.binary = new SoftDocument(null, () -> Document.ofBytes(binary.apply(content.get())));
  }

  /// 128 hexadecimal digits in capitals.
  public String hash() {
    return json.hash();
  }

  /// The value of the `ETag` header of every form, with its quotes.
  public String etag() {
    return '"' + hash() + '"';
  }

  public Instant since() {
    return since;
  }

  /// The document in JSON, shared: read only.
  public byte[] json() {
    return json.document().bytes();
  }

  /// The document in protobuf, shared: read only.
  public byte[] binary() {
    return binary.document().bytes();
  }
}
