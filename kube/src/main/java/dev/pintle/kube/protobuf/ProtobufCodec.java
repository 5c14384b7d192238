package dev.pintle.kube.protobuf;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.SchemaNode;

/// The reader and writer of the binary form of built-in kinds, their lists, and the kinds of every group (Status,
/// DeleteOptions, PartialObjectMetadata…). Thread-safe.
public final class ProtobufCodec {
  private static final int EVENT_TYPE = 1;
  private static final int EVENT_OBJECT = 2;
  private static final int RAW = 1;
  private static final String JSON_TYPE = "application/json";

  private final KindNames kinds;

  public ProtobufCodec(BuiltInTypes types) {
    this.kinds = new KindNames(types);
  }

  /// Knows the kinds of a version that has the structures of another one.
  public void add(GroupVersion version, GroupVersion like) {
    kinds.add(version, like);
  }

  /// Whether bytes begin as an envelope does.
  public static boolean isEnvelope(byte[] bytes) {
    return Envelope.marks(bytes);
  }

  /// Whether a kind has a binary form.
  public boolean knows(GroupVersionKind kind) {
    return kinds.find(kind) != null;
  }

  /// Reads an envelope; `expected` is what it holds when it does not say.
  ///
  /// @throws ProtobufException when the bytes are not such an envelope, saying why
  public JsonObject read(byte[] bytes, GroupVersionKind expected) {
    Envelope envelope = Envelope.read(bytes);
    GroupVersionKind kind =
        new GroupVersionKind(
            envelope.apiVersion().isEmpty()
                ? expected.groupVersion()
                : GroupVersion.parse(envelope.apiVersion()),
            envelope.kind().isEmpty() ? expected.kind() : envelope.kind());
    if (envelope.contentType().equals(JSON_TYPE)
        && SpecialForms.parsed(envelope.raw().array()) instanceof JsonObject object) {
      return object;
    }
    JsonObject object =
        new MessageReader().message(type(kind), new ProtoInput(envelope.raw().array()));
    JsonObject named =
        new JsonObject().set("kind", kind.kind()).set("apiVersion", kind.groupVersion().text());
    object.forEach(field -> named.set(field.name(), field.value()));
    return named;
  }

  /// Writes an object that has a kind, and an apiVersion unless it is one of those documents of discovery that go without.
  ///
  /// @throws ProtobufException when its kind has no binary form or its values are not of their
  ///   types
  public byte[] write(JsonObject object) {
    GroupVersionKind kind =
        GroupVersionKind.of(object.textOrEmpty("apiVersion"), object.textOrEmpty("kind"));
    ProtoOutput out = new ProtoOutput();
    new MessageWriter(out).message(type(kind), object);
    return Envelope.around(out, kind);
  }

  /// One event of a watch, as a frame of the stream holds it: without an envelope of its own,
  /// around that of its object.
  public static byte[] watchEvent(String type, byte[] objectEnvelope) {
    ProtoOutput out = new ProtoOutput();
    int before = out.size();
    out.byteString(RAW, objectEnvelope);
    out.closeMessage(EVENT_OBJECT, before);
    out.text(EVENT_TYPE, type);
    return out.toBytes();
  }

  private SchemaNode type(GroupVersionKind kind) {
    SchemaNode node = kinds.find(kind);
    if (node == null) {
      throw new ProtobufException(
          "kind: %s (expected: a built-in kind; others have no binary form)".formatted(kind));
    }
    return node;
  }
}
