package dev.pintle.kube.object;

import static org.assertj.core.api.Assertions.assertThat;

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
