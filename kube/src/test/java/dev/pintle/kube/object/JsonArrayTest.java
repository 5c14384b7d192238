package dev.pintle.kube.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Arrays beside the list that they stand for.
class JsonArrayTest {
  private static final long SEED = Long.getLong("pintle.seed", System.nanoTime());
  private static final int ROUNDS = 200;

  private final SplittableRandom random = new SplittableRandom(SEED);

  private Json item(int othersIn) {
    return random.nextInt(othersIn) == 0
        ? Json.of(random.nextInt(100))
        : Json.of("text" + random.nextInt(100));
  }

  @Test
  void itemsAreThoseOfAListWhateverIsDoneToThem() {
    for (int round = 0; round < ROUNDS; round++) {
      // Many have no item that is no text for long.
      int othersIn = 1 << random.nextInt(16);
      JsonArray array = new JsonArray();
      List<Json> twin = new ArrayList<>();
      int most = random.nextInt(3 * CompactTexts.WORTH_IT);
      while (twin.size() < most) {
        Json item = item(othersIn);
        array.add(item);
        twin.add(item);
      }
      compare(array, twin);
      JsonArray copy = array.copy();
      for (int step = 0; step < 6; step++) {
        List<Json> before = List.copyOf(twin);
        step(array, twin, othersIn);
        compare(array, twin);
        compare(copy, before);
        copy = array.copy();
      }
    }
  }

  private void step(JsonArray array, List<Json> twin, int othersIn) {
    Json item = item(othersIn);
    int place = twin.isEmpty() ? 0 : random.nextInt(twin.size());
    switch (random.nextInt(5)) {
      case 0 -> {
        array.insert(place, item);
        twin.add(place, item);
      }
      case 1 -> {
        if (!twin.isEmpty()) {
          array.set(place, item);
          twin.set(place, item);
        }
      }
      case 2 -> {
        if (!twin.isEmpty()) {
          array.remove(place);
          twin.remove(place);
        }
      }
      case 3 -> {
        array.removeIf(item::equals);
        twin.removeIf(item::equals);
      }
      default -> {
        array.add(item);
        twin.add(item);
      }
    }
  }

  private static void compare(JsonArray array, List<Json> twin) {
    List<Json> items = new ArrayList<>();
    array.forEach(items::add);
    assertThat(items).as("-Dpintle.seed=%d", SEED).isEqualTo(twin);
    assertThat(array.size()).isEqualTo(twin.size());
    List<String> texts = new ArrayList<>();
    List<String> onlyTexts = new ArrayList<>();
    for (Json item : twin) {
      texts.add(item instanceof Json.Text(var text) ? text : "");
      if (item instanceof Json.Text(var text)) {
        onlyTexts.add(text);
      }
    }
    assertThat(array.texts()).isEqualTo(texts);
    assertThat(array.onlyTexts()).isEqualTo(onlyTexts);
    JsonArray same = new JsonArray();
    twin.forEach(same::add);
    assertThat(array).isEqualTo(same).hasSameHashCodeAs(same);
  }

  @Test
  void whatIteratesMayRemove() {
    JsonArray array = new JsonArray();
    for (int i = 0; i < 2 * CompactTexts.WORTH_IT; i++) {
      array.add(Json.of("text" + i % 2));
    }
    for (Iterator<Json> items = array.iterator(); items.hasNext(); ) {
      if (items.next().equals(Json.of("text1"))) {
        items.remove();
      }
    }

    assertThat(array).hasSize(CompactTexts.WORTH_IT).allMatch(Json.of("text0")::equals);
  }

  @Test
  void manyTextsAreNotHeldAsObjects() {
    byte[] json =
        ("[" + "\"one of many\",".repeat(CompactTexts.WORTH_IT) + "\"last\"]")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);

    JsonArray array = (JsonArray) JsonReader.read(json);

    assertThat(textAt(array, 0)).isNotSameAs(textAt(array, 0)).isEqualTo("one of many");
    assertThat(textAt(array.copy(), 0)).isNotSameAs(textAt(array.copy(), 0));
    assertThat(JsonWriter.bytes(array)).isEqualTo(json);
  }

  private static String textAt(JsonArray array, int place) {
    return array.at(place) instanceof Json.Text(var text) ? text : "";
  }
}
