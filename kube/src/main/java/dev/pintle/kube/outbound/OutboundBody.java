package dev.pintle.kube.outbound;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonSize;
import dev.pintle.kube.object.JsonWriter;
import java.util.List;

/// The JSON that a call sends, written once there is room for it.
public interface OutboundBody {
  /// Of which group and version it is.
  String apiVersion();

  /// About how many bytes are to be made for it; none of those that lie somewhere already, and have room of their own.
  long bytes();

  /// What is sent, one after the other.
  List<byte[]> pieces();

  /// An object that one call sends.
  static OutboundBody of(JsonObject object) {
    return new WholeBody(object);
  }

  /// A body that is an object.
  record WholeBody(JsonObject object) implements OutboundBody {
    @Override
    public String apiVersion() {
      return object.textOrEmpty("apiVersion");
    }

    @Override
    public long bytes() {
      return JsonSize.bytes(object);
    }

    @Override
    public List<byte[]> pieces() {
      return List.of(JsonWriter.bytes(object));
    }
  }
}
