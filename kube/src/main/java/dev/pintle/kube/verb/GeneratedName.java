package dev.pintle.kube.verb;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import java.util.random.RandomGenerator;

/// The maker of names from `generateName`.
final class GeneratedName {
  /// Objects whose names are addresses: nothing can be added to one.
  private static final String UNMADE = "ipaddresses.networking.k8s.io";

  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int LETTERS_ADDED = 5;
  private static final int NAMES = 27 * 27 * 27 * 27 * 27;
  private static final int NAME_CHARACTERS_MAX = 63;

  private GeneratedName() {}

  static boolean isWanted(JsonObject object) {
    return Metadata.name(object).isEmpty() && !Metadata.text(object, "generateName").isEmpty();
  }

  static void fillIn(ResourceType type, JsonObject object, RandomGenerator random) {
    if (isWanted(object) && type.groupResource().equals(UNMADE)) {
      Metadata.of(object).set("name", Metadata.text(object, "generateName"));
    } else {
      fillIn(object, random);
    }
  }

  static void fillIn(JsonObject object, RandomGenerator random) {
    if (!isWanted(object)) {
      return;
    }
    String base = Metadata.text(object, "generateName");
    int kept = Math.min(base.length(), NAME_CHARACTERS_MAX - LETTERS_ADDED);
    StringBuilder name = new StringBuilder(base.substring(0, kept));
    // All letters of one number: each call of a strong source costs more than what it brings.
    int left = random.nextInt(NAMES);
    for (int i = 0; i < LETTERS_ADDED; i++) {
      name.append(LETTERS.charAt(left % LETTERS.length()));
      left /= LETTERS.length();
    }
    Metadata.of(object).set("name", name.toString());
  }
}
