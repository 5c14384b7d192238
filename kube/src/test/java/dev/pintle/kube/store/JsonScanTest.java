package dev.pintle.kube.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonScanTest {
  private static final String[] NAMES = {"a", "b", "labels", "c\"d", "é"};

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aFieldIsFoundBehindNestedValues() {
    byte[] json = utf8("{\"a\":{\"x\":[1,{\"b\":\"]}\\\"\"}]},\"b\":\"found\"}");

    assertThat(JsonScan.string(json, JsonScan.field(json, 0, utf8("b")))).isEqualTo("found");
    assertThat(JsonScan.field(json, 0, utf8("x"))).isEqualTo(-1);
  }

  @Test
  void textsAreUnescaped() {
    byte[] json = utf8("{\"l\":{\"k\":\"a\\\"b\\u003c\",\"n\":1,\"e\":\"\"}}");

    assertThat(JsonScan.texts(json, JsonScan.at(json, utf8("l"))))
        .isEqualTo(Map.of("k", "a\"b<", "e", ""));
  }

  /// A twin that walks the tree must find what the scan finds in the bytes.
  @Test
  void theScanAgreesWithTheTree() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 2_000; round++) {
      JsonObject tree = object(random, 3);
      byte[] json = JsonWriter.bytes(tree);
      for (String name : NAMES) {
        byte[] written = JsonWriter.bytes(Json.of(name));
        byte[] bare = java.util.Arrays.copyOfRange(written, 1, written.length - 1);
        int at = JsonScan.field(json, 0, bare);
        Json value = tree.get(name);
        String found =
            at < 0
                ? null
                : new String(json, at, JsonScan.valueEnd(json, at) - at, StandardCharsets.UTF_8);
        assertThat(found)
            .as("seed %d round %d", seed, round)
            .isEqualTo(value == null ? null : JsonWriter.text(value));
      }
    }
  }

  private static JsonObject object(SplittableRandom random, int depth) {
    JsonObject object = new JsonObject();
    for (int i = random.nextInt(4); i > 0; i--) {
      object.set(NAMES[random.nextInt(NAMES.length)], value(random, depth));
    }
    return object;
  }

  private static Json value(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> Json.of(random.nextLong());
      case 1 -> Json.of(random.nextBoolean());
      case 2 -> Json.of("x\"\\{}[]," + random.nextInt());
      case 3 -> Json.NULL;
      case 4 -> object(random, depth - 1);
      default -> JsonArray.of(value(random, depth - 1), value(random, depth - 1));
    };
  }
}
