package dev.pintle.kube.encode;

import dev.pintle.kube.negotiation.Protobuf;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersionKind;
import java.nio.charset.StandardCharsets;

/// The binary form where nobody may read it.
public enum UnreadProtobuf implements Protobuf {
  /// Nobody may write it either.
  UNWRITTEN {
    @Override
    public byte[] write(JsonObject object) {
      throw new UnsupportedOperationException("nothing is written here");
    }
  },

  /// All that is written of an object is its kind.
  KIND {
    @Override
    public byte[] write(JsonObject object) {
      return object.textOrEmpty("kind").getBytes(StandardCharsets.UTF_8);
    }
  };

  @Override
  public JsonObject read(byte[] envelope, GroupVersionKind expected) {
    throw new UnsupportedOperationException("nothing is read here");
  }
}
