package dev.pintle.kube.watch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.encode.CountingRows;
import dev.pintle.kube.encode.Forms;
import dev.pintle.kube.encode.UnreadProtobuf;
import dev.pintle.kube.negotiation.MediaType;
import dev.pintle.kube.negotiation.Representation;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.StoredForm;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.watch.EventBytes.Wanted;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is found out about an event is found out once, however many watch: collaborators count how often they are asked.
final class SharedExtractionTest {
  private static final int WATCHERS = 1_000;
  private static final TypeSnapshot TYPES = BuiltInTypes.load().snapshot();
  private static final ResourceType PODS = type("v1", "pods");
  private static final ResourceType OLD_SCALERS =
      type("autoscaling/v1", "horizontalpodautoscalers");
  private static final ResourceType SCALERS = type("autoscaling/v2", "horizontalpodautoscalers");

  private final CountingTranslator translator = new CountingTranslator();
  private final EventObjects objects = new EventObjects(new ObjectReader(translator));
  private final CountingRows rows = new CountingRows();
  private final EventBytes bytes =
      new EventBytes(new Forms(UnreadProtobuf.UNWRITTEN, rows), (_, object) -> object);

  /// Makes the version that is asked for of any other by saying so.
  private static final class CountingTranslator implements ObjectReader.Translator {
    private int converted;
    private int typesAsked;

    @Override
    public JsonObject protobuf(byte[] value, ResourceType type) {
      throw new UnsupportedOperationException("nobody wrote protobuf");
    }

    @Override
    public JsonObject convert(JsonObject object, ResourceType type) {
      converted++;
      return object.copy().set("kind", type.kind()).set("apiVersion", type.groupVersion().text());
    }

    @Override
    public ResourceType storedAs(ResourceType type) {
      typesAsked++;
      return type;
    }
  }

  private static ResourceType type(String version, String plural) {
    return requireNonNull(TYPES.resource(GroupVersion.parse(version), plural));
  }

  private static JsonObject pod(String phase) {
    JsonObject metadata =
        new JsonObject().set("name", "p").set("labels", new JsonObject().set("app", "web"));
    return new JsonObject()
        .set("metadata", metadata)
        .set("status", new JsonObject().set("phase", phase));
  }

  private static KeyValue stored(ResourceType as, long revision, JsonObject object) {
    Bytes value = StoredForm.of(as.groupVersionKind()).write(object);
    return new KeyValue(Bytes.utf8("/registry/x/d/p"), 1, revision, 2, 0, value);
  }

  private static WatchEvent change(ResourceType as) {
    return new WatchEvent(
        WatchEvent.Kind.PUT, stored(as, 2, pod("Running")), stored(as, 1, pod("Pending")));
  }

  private StoredObject now(WatchEvent event, ResourceType type) {
    return requireNonNull(objects.of(event, type).now());
  }

  @Test
  void anObjectOfAnotherVersionIsTranslatedOnceForAllWhoWatch() {
    WatchEvent event = change(OLD_SCALERS);
    for (int i = 0; i < WATCHERS; i++) {
      objects.of(event, SCALERS);
    }
    assertThat(translator.converted).as("the object as it was and as it is").isEqualTo(2);
  }

  @Test
  void whoWatchesAnotherVersionHasATranslationOfTheirOwn() {
    WatchEvent event = change(OLD_SCALERS);
    for (int i = 0; i < WATCHERS; i++) {
      assertThat(now(event, SCALERS).text("apiVersion")).isEqualTo("autoscaling/v2");
      assertThat(now(event, OLD_SCALERS).text("apiVersion")).isEqualTo("autoscaling/v1");
    }
    assertThat(translator.converted).isEqualTo(2);
  }

  @Test
  void theTypeOfAStoredObjectIsNotLookedUpToReadIt() {
    WatchEvent event = change(PODS);
    for (int i = 0; i < WATCHERS; i++) {
      objects.of(event, PODS);
    }
    assertThat(translator.typesAsked).isZero();
    assertThat(translator.converted).isZero();
  }

  /// A text that is found again in the bytes is an equal text and another one.
  @Test
  void whatFieldSelectorsAskForIsFoundOnceForAllWhoWatch() {
    WatchEvent event = change(PODS);
    String first = now(event, PODS).text("status.phase");
    Set<String> others = new HashSet<>();
    for (int i = 0; i < WATCHERS; i++) {
      assertThat(now(event, PODS).text("status.phase")).isSameAs(first);
      others.add(now(event, PODS).text("metadata.name"));
    }
    assertThat(first).isEqualTo("Running");
    assertThat(others).containsExactly("p");
  }

  @Test
  void labelsOwnersFinalizersAndTimesAreFoundOnceForAllWhoWatch() {
    WatchEvent event = change(PODS);
    Object facts = now(event, PODS).facts();
    for (int i = 0; i < WATCHERS; i++) {
      assertThat(now(event, PODS).facts()).isSameAs(facts);
      assertThat(now(event, PODS).labels()).containsEntry("app", "web");
    }
  }

  @Test
  void aRowIsMadeOnceForAllWhoWatchATable() {
    WatchEvent event = change(PODS);
    for (int i = 0; i < WATCHERS; i++) {
      bytes.shared(event, table(false), now(event, PODS));
    }
    assertThat(rows.rowsMade()).isOne();
  }

  @Test
  void columnsAreMadeForTheFirstFrameOfAWatchAlone() {
    bytes.shared(change(PODS), table(true), now(change(PODS), PODS));
    assertThat(rows.columnsMade()).isOne();
    for (int i = 0; i < WATCHERS; i++) {
      WatchEvent next = change(PODS);
      bytes.shared(next, table(false), now(next, PODS));
    }
    assertThat(rows.columnsMade()).as("after %d more events", WATCHERS).isOne();
    assertThat(rows.rowsMade()).isEqualTo(1 + WATCHERS);
  }

  private static Wanted table(boolean columns) {
    Representation form =
        new Representation(MediaType.JSON, Representation.Form.TABLE, "v1", false);
    return new Wanted(EventKind.MODIFIED, PODS, form, "None", columns);
  }
}
