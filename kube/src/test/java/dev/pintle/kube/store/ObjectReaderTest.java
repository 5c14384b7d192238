package dev.pintle.kube.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ObjectReaderTest {
  private static final TypeSnapshot TYPES = BuiltInTypes.load().snapshot();
  private static final ResourceType V1 = type("autoscaling/v1");
  private static final ResourceType V2 = type("autoscaling/v2");
  private static final int REMEMBERED = 4_096;

  private final Counting translator = new Counting();
  private final ObjectReader reader = new ObjectReader(translator);

  /// Says of each object that it is of the version that is asked for, and counts.
  private static final class Counting implements ObjectReader.Translator {
    private int converted;
    private int unpacked;
    private int typesAsked;

    @Override
    public JsonObject protobuf(byte[] value, ResourceType type) {
      unpacked++;
      return object("unpacked");
    }

    @Override
    public JsonObject convert(JsonObject object, ResourceType type) {
      converted++;
      return object.copy().set("kind", type.kind()).set("apiVersion", type.groupVersion().text());
    }

    @Override
    public ResourceType storedAs(ResourceType type) {
      typesAsked++;
      return type == V1 ? V2 : type;
    }
  }

  private static ResourceType type(String version) {
    return requireNonNull(TYPES.resource(GroupVersion.parse(version), "horizontalpodautoscalers"));
  }

  private static JsonObject object(String name) {
    return new JsonObject().set("metadata", new JsonObject().set("name", name));
  }

  private static KeyValue stored(ResourceType as, String name, long revision) {
    return kv(name, revision, StoredForm.of(as.groupVersionKind()).write(object(name)));
  }

  private static KeyValue kv(String name, long revision, Bytes value) {
    return new KeyValue(Bytes.utf8("/registry/x/" + name), 1, revision, 1, 0, value);
  }

  /// A list of objects in their own version asks nobody about any of them.
  @Test
  void readingAListLooksUpNoType() {
    for (int i = 0; i < 500; i++) {
      assertThat(reader.read(V2, stored(V2, "o" + i, i + 1)).name()).isEqualTo("o" + i);
    }
    assertThat(translator.typesAsked + translator.converted + translator.unpacked).isZero();
  }

  @Test
  void aListOfAnotherVersionIsConvertedOnceHoweverOftenItIsRead() {
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 100; i++) {
        StoredObject read = reader.read(V1, stored(V2, "o" + i, i + 1));
        assertThat(read.text("apiVersion")).isEqualTo("autoscaling/v1");
        assertThat(read.version()).isEqualTo(i + 1);
      }
    }
    assertThat(translator.converted).isEqualTo(100);
    assertThat(translator.typesAsked).isZero();
  }

  @Test
  void aNewerValueIsConvertedAnew() {
    reader.read(V1, stored(V2, "o", 1));
    assertThat(reader.read(V1, stored(V2, "o", 2)).version()).isEqualTo(2);
    assertThat(translator.converted).isEqualTo(2);
  }

  @Test
  void whatWasNotReadForLongIsForgotten() {
    KeyValue first = stored(V2, "first", 1);
    reader.read(V1, first);
    for (int i = 0; i < REMEMBERED; i++) {
      reader.read(V1, stored(V2, "o" + i, i + 2));
    }
    reader.read(V1, first);
    assertThat(translator.converted).isEqualTo(1 + REMEMBERED + 1);
  }

  @Test
  void whatWasReadMeanwhileIsNotForgotten() {
    KeyValue first = stored(V2, "first", 1);
    reader.read(V1, first);
    for (int i = 0; i < REMEMBERED; i++) {
      reader.read(V1, stored(V2, "o" + i, i + 2));
      if (i % 1_000 == 0) {
        reader.read(V1, first);
      }
    }
    reader.read(V1, first);
    assertThat(translator.converted).isEqualTo(1 + REMEMBERED);
  }

  @Test
  void whatMayNeverBeStoredIsNotRemembered() {
    KeyValue made = stored(V2, "o", 0);
    reader.show(V1, made);
    reader.show(V1, made);
    assertThat(translator.converted).isEqualTo(2);
  }

  @Test
  void aThreadThatMustNotWaitIsGivenNothingThatHasToBeTranslated() {
    assertThat(reader.readAsStored(V1, stored(V2, "o", 1))).isNull();
    assertThat(reader.readAsStored(V2, stored(V2, "o", 1))).isNotNull();
    assertThat(translator.converted).isZero();
  }

  @Test
  void theBinaryFormIsToldByItsFirstBytes() {
    byte[] packed = {'k', '8', 's', 0, 1, 2};
    assertThat(reader.read(V2, kv("o", 1, Bytes.wrap(packed))).name()).isEqualTo("unpacked");
    assertThat(translator.unpacked).isOne();
  }

  /// Somebody wrote past the API: it must be possible to read on.
  @Test
  void whatIsNoObjectIsReadAsAnEmptyOne() {
    for (String value : new String[] {"[1]", "1", "\"k8s\""}) {
      Bytes bytes = Bytes.wrap(value.getBytes(StandardCharsets.UTF_8));
      assertThat(reader.read(V2, kv(value, 1, bytes)).name()).as(value).isEmpty();
    }
  }

  @Test
  void anObjectIsWrittenInTheVersionThatIsStored() {
    byte[] value = reader.write(V1, object("o"), null).array();
    assertThat(((JsonObject) JsonReader.read(value)).text("apiVersion"))
        .isEqualTo("autoscaling/v2");
    assertThat(translator.typesAsked).isOne();
    assertThat(translator.converted).isOne();
  }

  @Test
  void whatAnObjectTakesOnWhenItIsStoredIsSeenBefore() {
    JsonObject same = object("o");
    assertThat(reader.settled(V2, same)).isSameAs(same);
    assertThat(reader.settled(V1, same).text("apiVersion")).isEqualTo("autoscaling/v1");
    assertThat(translator.converted).as("there and back").isEqualTo(2);
    assertThat(same).isEqualTo(object("o"));
  }
}
