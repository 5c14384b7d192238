package dev.pintle.kube.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Objects beside the map that they stand for.
class JsonObjectTest {
  private static final long SEED = Long.getLong("pintle.seed", System.nanoTime());
  private static final int ROUNDS = 2_000;
  private static final int STEPS = 60;

  /// Some of them have one hash.
  private static final List<String> NAMES = names();

  private static List<String> names() {
    List<String> names = new ArrayList<>(List.of("", "Aa", "BB", "AaAa", "BBBB", "AaBB"));
    for (int i = 0; i < 30; i++) {
      names.add("name" + i);
    }
    return names;
  }

  @Test
  void fieldsAreThoseOfAMapWhateverIsSetAndRemoved() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      JsonObject object = new JsonObject();
      Map<String, Json> twin = new LinkedHashMap<>();
      int known = 1 + random.nextInt(NAMES.size());
      for (int step = 0; step < STEPS; step++) {
        // Another text of the same letters, as a parser makes it.
        String name = new String(NAMES.get(random.nextInt(known)).toCharArray());
        step(object, twin, name, random);
      }
      compare(object, twin);
      compare(object.copy(), twin);
    }
  }

  @Test
  void fieldsOfLargeObjectsAreThoseOfAMapToo() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 100; round++) {
      // Many have no value that is no text for long.
      int othersIn = 1 << random.nextInt(16);
      JsonObject object = new JsonObject();
      Map<String, Json> twin = new LinkedHashMap<>();
      int names = 1 + random.nextInt(3 * CompactTexts.WORTH_IT);
      for (int i = 0; i < names; i++) {
        object.set("name" + i, Json.of("value"));
        twin.put("name" + i, Json.of("value"));
      }
      JsonObject copy = object.copy();
      for (int step = 0; step < 6; step++) {
        Map<String, Json> before = new LinkedHashMap<>(twin);
        largeStep(object, twin, names, othersIn, random);
        compare(object, twin);
        compare(copy, before);
        copy = object.copy();
      }
    }
  }

  private static void largeStep(
      JsonObject object, Map<String, Json> twin, int names, int othersIn, SplittableRandom random) {
    String name = "name" + random.nextInt(names + 10);
    Json value =
        random.nextInt(othersIn) == 0
            ? new JsonObject().set("within", name)
            : Json.of("value" + random.nextInt(3));
    switch (random.nextInt(8)) {
      case 0 -> assertThat(object.remove(name)).as(told(name)).isEqualTo(twin.remove(name));
      case 1 -> {
        object.removeIf((other, _) -> other.endsWith("7"));
        twin.keySet().removeIf(other -> other.endsWith("7"));
      }
      default -> {
        object.set(name, value);
        twin.put(name, value);
      }
    }
  }

  @Test
  void anObjectInALargeOneIsTheOneThatWasMadeThere() {
    JsonObject large = new JsonObject();
    for (int i = 0; i < 2 * CompactTexts.WORTH_IT; i++) {
      large.set("name" + i, "");
    }
    large.objectAt("within").set("a", "b");

    assertThat(large.objectAt("within").text("a")).isEqualTo("b");
    assertThat(large.copy()).isEqualTo(large).hasSameHashCodeAs(large);
  }

  @Test
  void manyNamesAndTextsAreNotHeldAsObjects() {
    JsonObject large = new JsonObject();
    for (int i = 0; i < 2 * CompactTexts.WORTH_IT; i++) {
      large.set("name" + i, "value");
    }
    byte[] json = JsonWriter.bytes(large);
    JsonObject read = (JsonObject) JsonReader.read(json);

    assertThat(read.nameAt(0)).isNotSameAs(read.nameAt(0)).isEqualTo("name0");
    assertThat(read.textOrEmpty("name0")).isNotSameAs(read.textOrEmpty("name0"));
    assertThat(JsonWriter.bytes(read)).isEqualTo(json);
  }

  @Test
  void whatIsUnreadIsAnObjectLikeEveryOther() {
    byte[] json = "{\"a\":{},\"b\":\"c\"}".getBytes(StandardCharsets.UTF_8);
    JsonObject read = (JsonObject) JsonReader.read(json);

    assertThat(JsonWriter.bytes(JsonObject.unread(json))).isEqualTo(json);
    assertThat(JsonObject.unread(json)).isEqualTo(JsonObject.unread(json)).isEqualTo(read);
    assertThat(read).isEqualTo(JsonObject.unread(json));
    assertThat(JsonObject.unread(json)).hasSameHashCodeAs(read).hasToString(read.toString());
    assertThat(JsonObject.unread(json).size()).isEqualTo(2);
    assertThat(JsonObject.unread(json).nameAt(1)).isEqualTo("b");
    assertThat(JsonObject.unread(json).text("b")).isEqualTo("c");
    JsonObject changed = JsonObject.unread(json);
    JsonObject copy = changed.copy();
    changed.set("b", "d");
    assertThat(JsonWriter.text(changed)).isEqualTo("{\"a\":{},\"b\":\"d\"}");
    assertThat(JsonWriter.bytes(copy)).isEqualTo(json);
  }

  private static void step(
      JsonObject object, Map<String, Json> twin, String name, SplittableRandom random) {
    Json value = Json.of(random.nextInt(100));
    switch (random.nextInt(4)) {
      case 0 -> assertThat(object.remove(name)).as(told(name)).isEqualTo(twin.remove(name));
      case 1 -> assertThat(object.removeLater(name)).as(told(name)).isEqualTo(twin.remove(name));
      default -> {
        object.set(name, value);
        twin.put(name, value);
      }
    }
  }

  private static void compare(JsonObject object, Map<String, Json> twin) {
    List<String> inOrder = new ArrayList<>();
    object.forEach(field -> inOrder.add(field.name()));
    assertThat(inOrder).as("-Dpintle.seed=%d", SEED).containsExactlyElementsOf(twin.keySet());
    for (String name : NAMES) {
      assertThat(object.get(name)).as(told(name)).isEqualTo(twin.get(name));
      assertThat(object.has(name)).as(told(name)).isEqualTo(twin.containsKey(name));
    }
  }

  private static String told(String name) {
    return "\"%s\", -Dpintle.seed=%d".formatted(name, SEED);
  }
}
