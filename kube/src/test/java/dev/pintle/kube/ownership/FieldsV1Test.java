package dev.pintle.kube.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FieldsV1Test {
  private static final String PORTS =
      "{\"f:spec\":{\"f:ports\":{\".\":{},\"k:{\\\"port\\\":80,\\\"protocol\\\":\\\"TCP\\\"}\":{\".\":{},\"f:port\":{}}}}}";

  @Test
  void pathsAreShownAsConflictsShowThem() {
    assertThat(read(PORTS))
        .hasToString(
            """
            .spec.ports
            .spec.ports[port=80,protocol="TCP"]
            .spec.ports[port=80,protocol="TCP"].port
            """);
  }

  @Test
  void whatWasReadIsWrittenTheSame() {
    assertThat(JsonWriter.text(FieldsV1.write(read(PORTS)))).isEqualTo(PORTS);
  }

  @Test
  void aLargeSetIsWrittenTheSame() {
    StringBuilder fields = new StringBuilder("{\"f:data\":{\".\":{}");
    for (int i = 1000; i < 1600; i++) {
      fields.append(",\"f:k").append(i).append("\":{}");
    }
    String text = fields.append("}}").toString();
    FieldSet set = read(text);

    assertThat(JsonWriter.text(FieldsV1.write(set))).isEqualTo(text);
    assertThat(FieldsV1.read(FieldsV1.write(set))).isEqualTo(set);
  }

  @Test
  void manyNamesInAnyOrderAndMoreThanOnceAreOneSet() {
    List<List<PathElement>> paths = new ArrayList<>();
    List<List<PathElement>> shuffled = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      paths.add(PathElement.names("data", "k%04d".formatted(i)));
      shuffled.add(PathElement.names("data", "k%04d".formatted(i * 7 % 600)));
      shuffled.add(PathElement.names("data", "k%04d".formatted(i * 11 % 600)));
    }

    assertThat(FieldSet.of(shuffled)).isEqualTo(FieldSet.of(paths));
  }

  @Test
  void elementsAreWrittenInOrder() {
    FieldSet set = read("{\"v:\\\"b\\\"\":{},\"f:b\":{},\"i:1\":{},\"v:2\":{},\"f:a\":{}}");

    assertThat(JsonWriter.text(FieldsV1.write(set)))
        .isEqualTo("{\"f:a\":{},\"f:b\":{},\"v:2\":{},\"v:\\\"b\\\"\":{},\"i:1\":{}}");
  }

  @Test
  void aLeafIsAMemberWhetherItSaysSoOrNot() {
    assertThat(read("{\"f:a\":{\".\":{}}}")).isEqualTo(read("{\"f:a\":{}}"));
  }

  @Test
  void anUnknownKindOfElementIsLeftOut() {
    assertThat(read("{\"f:a\":{},\"x:b\":{\"f:c\":{}}}")).isEqualTo(read("{\"f:a\":{}}"));
  }

  @Test
  void namesMayHoldAnything() {
    assertThat(read("{\"f:a/b.c:\":{}}")).hasToString(".a/b.c:\n");
  }

  @Test
  void whatIsNoSetIsRefused() {
    refused("{\"a\":{}}", "f:, k:, v: or i: in front");
    refused("{\"\":{}}", "f:, k:, v: or i: in front");
    refused("{\"f:a\":1}", "an object below it");
    refused("{\"k:1\":{}}", "an object after k:");
    refused("{\"k:{\":{}}", "JSON after the colon");
    refused("{\"v:\":{}}", "JSON after the colon");
    refused("{\"i:x\":{}}", "a whole number after i:");
    refused("[]", "an object");
  }

  @Test
  void noiseIsRefusedOrReadButNeverBreaksTheReader() {
    long seed = System.nanoTime();
    System.out.println("noiseIsRefusedOrReadButNeverBreaksTheReader seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder noise = new StringBuilder(PORTS);
      for (int change = 0; change < 3; change++) {
        noise.setCharAt(
            random.nextInt(noise.length()), "{}[]\"\\:fkvi,.0a".charAt(random.nextInt(15)));
      }
      try {
        FieldSet set = read(noise.toString());
        assertThat(FieldsV1.read(FieldsV1.write(set)))
            .as("seed %d: %s", seed, noise)
            .isEqualTo(set);
      } catch (IllegalArgumentException | JsonSyntaxException refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
  }

  private static void refused(String json, String expected) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: " + expected);
  }

  private static FieldSet read(String json) {
    Json read = JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
    return FieldsV1.read(read);
  }
}
