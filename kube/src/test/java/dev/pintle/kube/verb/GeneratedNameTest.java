package dev.pintle.kube.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class GeneratedNameTest {
  private static JsonObject object(String name, String base) {
    JsonObject metadata = new JsonObject();
    if (!name.isEmpty()) {
      metadata.set("name", name);
    }
    return new JsonObject().set("metadata", metadata.set("generateName", base));
  }

  private static String filledIn(JsonObject object, long seed) {
    GeneratedName.fillIn(object, new SplittableRandom(seed));
    return Metadata.name(object);
  }

  @Test
  void aNameIsTheBaseAndFiveLettersThatSpellNothing() {
    Set<String> names = new HashSet<>();
    for (long seed = 0; seed < 500; seed++) {
      String name = filledIn(object("", "web-"), seed);
      assertThat(name).matches("web-[bcdfghjklmnpqrstvwxz2456789]{5}");
      names.add(name);
    }
    assertThat(names).hasSizeGreaterThan(495);
  }

  @Test
  void aLongBaseIsCutSoThatTheNameFitsALabel() {
    assertThat(filledIn(object("", "a".repeat(70)), 1)).hasSize(63).startsWith("a".repeat(58));
    assertThat(filledIn(object("", "a".repeat(58)), 1)).hasSize(63);
    assertThat(filledIn(object("", "a".repeat(57)), 1)).hasSize(62);
  }

  @Test
  void whoHasANameKeepsIt() {
    assertThat(filledIn(object("mine", "web-"), 1)).isEqualTo("mine");
  }

  @Test
  void withoutABaseThereIsNoName() {
    assertThat(filledIn(new JsonObject(), 1)).isEmpty();
    assertThat(GeneratedName.isWanted(object("", ""))).isFalse();
    assertThat(GeneratedName.isWanted(object("", "a"))).isTrue();
  }

  @Test
  void theBaseStaysToldBesideTheName() {
    JsonObject object = object("", "web-");
    filledIn(object, 1);
    assertThat(Metadata.text(object, "generateName")).isEqualTo("web-");
  }
}
