package dev.pintle.kube.watch;

import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.encode.Forms;
import dev.pintle.kube.negotiation.MediaType;
import dev.pintle.kube.negotiation.Representation;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.StoredObject;

/// The frames of events, each made once for everybody who watches in the same form.
final class EventBytes {
  private final Forms forms;
  private final Frames frames;
  private final EventCache<Wanted, byte[]> made = new EventCache<>();

  /// A packer of the bytes of an object of the API into a frame of the protobuf form.
  @FunctionalInterface
  interface Frames {
    byte[] protobuf(String eventKind, byte[] object);
  }

  /// The matter of a frame.
  ///
  /// @param columns whether a table says what its columns are, as only the first one of a watch does
  record Wanted(
      EventKind kind,
      ResourceType type,
      Representation form,
      String includeObject,
      boolean columns) {}

  EventBytes(Forms forms, Frames frames) {
    this.forms = forms;
    this.frames = frames;
  }

  byte[] shared(WatchEvent event, Wanted wanted, StoredObject object) {
    return made.get(event, wanted, () -> frame(wanted, object));
  }

  /// A frame that nobody else will want.
  byte[] frame(Wanted wanted, StoredObject object) {
    if (wanted.form().isPlainJson()) {
      JsonWriter out = new JsonWriter(object.storedBytes().length + 96);
      out.raw("{\"type\":\"").raw(wanted.kind().name()).raw("\",\"object\":");
      object.writeTo(out);
      return out.raw("}\n").toBytes();
    }
    return frame(
        wanted,
        wanted.columns()
            ? forms.transformed(wanted.form(), wanted.type(), object.tree(), wanted.includeObject())
            : forms.withoutColumns(
                wanted.form(), wanted.type(), object.tree(), wanted.includeObject()));
  }

  byte[] frame(Wanted wanted, JsonObject shown) {
    if (wanted.form().mediaType() == MediaType.PROTOBUF) {
      byte[] event = frames.protobuf(wanted.kind().name(), forms.bytes(wanted.form(), shown));
      byte[] frame = new byte[event.length + Integer.BYTES];
      java.nio.ByteBuffer.wrap(frame).putInt(event.length).put(event);
      return frame;
    }
    JsonWriter out = new JsonWriter(512);
    out.raw("{\"type\":\"").raw(wanted.kind().name()).raw("\",\"object\":").value(shown);
    return out.raw("}\n").toBytes();
  }
}
