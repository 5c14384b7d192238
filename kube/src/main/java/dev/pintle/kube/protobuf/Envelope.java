package dev.pintle.kube.protobuf;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.schema.GroupVersionKind;
import java.util.Arrays;

/// The bytes around every object: four that mark the form, then the kind and the object's own
/// message.
///
/// @param raw the message, or JSON when `contentType` says so
record Envelope(String apiVersion, String kind, Bytes raw, String contentType) {
  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final int TYPE = 1;
  private static final int RAW = 2;
  private static final int CONTENT_ENCODING = 3;
  private static final int CONTENT_TYPE = 4;
  private static final int API_VERSION = 1;
  private static final int KIND = 2;

  static boolean marks(byte[] bytes) {
    return bytes.length >= MAGIC.length
        && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  static Envelope read(byte[] bytes) {
    if (!marks(bytes)) {
      throw new ProtobufException(
          "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
    }
    ProtoInput in = new ProtoInput(Arrays.copyOfRange(bytes, MAGIC.length, bytes.length));
    String[] type = {"", ""};
    byte[] raw = {};
    String contentType = "";
    while (in.next()) {
      switch (in.number()) {
        case TYPE -> type = type(in.message());
        case RAW -> raw = in.byteString();
        case CONTENT_TYPE -> contentType = in.text();
        default -> in.skip();
      }
    }
    return new Envelope(type[0], type[1], Bytes.wrap(raw), contentType);
  }

  private static String[] type(ProtoInput in) {
    String[] type = {"", ""};
    while (in.next()) {
      switch (in.number()) {
        case API_VERSION -> type[0] = in.text();
        case KIND -> type[1] = in.text();
        default -> in.skip();
      }
    }
    return type;
  }

  /// Closes an envelope around the message that `out` holds.
  static byte[] around(ProtoOutput message, GroupVersionKind kind) {
    byte[] raw = message.toBytes();
    ProtoOutput out = new ProtoOutput();
    out.text(CONTENT_TYPE, "");
    out.text(CONTENT_ENCODING, "");
    out.byteString(RAW, raw);
    int before = out.size();
    out.text(KIND, kind.kind());
    out.text(API_VERSION, kind.groupVersion().text());
    out.closeMessage(TYPE, before);
    out.raw(MAGIC);
    return out.toBytes();
  }
}
