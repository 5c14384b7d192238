package dev.pintle.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.encode.Forms;
import dev.pintle.kube.encode.UnreadProtobuf;
import dev.pintle.kube.negotiation.MediaType;
import dev.pintle.kube.negotiation.Representation;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.StoredForm;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.watch.EventBytes.Wanted;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EventBytesTest {
  private static final StoredForm FORM = StoredForm.of(GroupVersionKind.of("v1", "ConfigMap"));
  private static final ResourceType MAPS =
      Objects.requireNonNull(
          BuiltInTypes.load().snapshot().resource(GroupVersion.parse("v1"), "configmaps"));

  private static final Forms.Rows ROWS =
      new Forms.Rows() {
        @Override
        public JsonArray columns(ResourceType type) {
          return JsonArray.of(new JsonObject().set("name", "Name"));
        }

        @Override
        public JsonObject row(ResourceType type, JsonObject object) {
          return new JsonObject().set("cells", JsonArray.of(Json.of("a")));
        }
      };

  private final EventBytes bytes =
      new EventBytes(
          new Forms(UnreadProtobuf.KIND, ROWS),
          (kind, object) ->
              (kind + " " + new String(object, StandardCharsets.UTF_8))
                  .getBytes(StandardCharsets.UTF_8));

  private static WatchEvent event(long revision) {
    Bytes value =
        FORM.write(
            (JsonObject)
                JsonReader.read(
                    "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\",\"namespace\":\"n\",\"uid\":\"u\"}}"));
    return new WatchEvent(
        WatchEvent.Kind.PUT,
        new KeyValue(Bytes.utf8("/registry/configmaps/n/a"), 1, revision, 1, 0, value),
        null);
  }

  private static StoredObject object(WatchEvent event) {
    return StoredObject.of(FORM, event.current());
  }

  private static Wanted wanted(EventKind kind, Representation form, boolean columns) {
    return new Wanted(kind, MAPS, form, "None", columns);
  }

  private static Representation table() {
    return new Representation(MediaType.JSON, Representation.Form.TABLE, "v1", false);
  }

  private static String text(byte[] frame) {
    return new String(frame, StandardCharsets.UTF_8);
  }

  @Test
  void whoWatchesInTheSameFormGetsTheSameBytes() {
    WatchEvent event = event(7);
    Wanted wanted = wanted(EventKind.ADDED, Representation.JSON, false);
    byte[] first = bytes.shared(event, wanted, object(event));

    assertThat(bytes.shared(event, wanted, object(event))).isSameAs(first);
    assertThat(text(first))
        .startsWith("{\"type\":\"ADDED\",\"object\":{\"kind\":\"ConfigMap\"")
        .contains("\"resourceVersion\":\"7\"")
        .endsWith("}}\n");
  }

  /// One who selects sees an object come where another sees it change.
  @Test
  void whoSeesItComeIsNotToldThatItChanged() {
    WatchEvent event = event(7);
    bytes.shared(event, wanted(EventKind.MODIFIED, Representation.JSON, false), object(event));
    byte[] added =
        bytes.shared(event, wanted(EventKind.ADDED, Representation.JSON, false), object(event));

    assertThat(text(added)).startsWith("{\"type\":\"ADDED\"");
  }

  @Test
  void anEventOfTheSameRevisionInAnotherStoreIsAnotherEvent() {
    Wanted wanted = wanted(EventKind.ADDED, Representation.JSON, false);
    WatchEvent one = event(7);
    WatchEvent other = event(7);

    assertThat(bytes.shared(other, wanted, object(other)))
        .isNotSameAs(bytes.shared(one, wanted, object(one)));
  }

  @Test
  void aTableNamesItsColumnsToThoseAloneWhoHaveNotHeardThem() {
    WatchEvent event = event(7);

    assertThat(text(bytes.shared(event, wanted(EventKind.ADDED, table(), true), object(event))))
        .contains("\"columnDefinitions\":[{\"name\":\"Name\"}]");
    assertThat(text(bytes.shared(event, wanted(EventKind.ADDED, table(), false), object(event))))
        .contains("\"columnDefinitions\":null");
  }

  @Test
  void aFrameOfTheBinaryFormBeginsWithItsLength() {
    Representation binary =
        new Representation(MediaType.PROTOBUF, Representation.Form.OBJECT, "v1", false);
    WatchEvent event = event(7);
    ByteBuffer frame =
        ByteBuffer.wrap(bytes.frame(wanted(EventKind.DELETED, binary, false), object(event)));

    assertThat(frame.getInt()).isEqualTo(frame.remaining());
    assertThat(StandardCharsets.UTF_8.decode(frame).toString()).isEqualTo("DELETED ConfigMap");
  }
}
