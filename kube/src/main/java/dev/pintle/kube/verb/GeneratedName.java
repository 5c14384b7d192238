package dev.pintle.kube.verb;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import java.util.random.RandomGenerator;

/// The maker of names from `generateName`.
final class GeneratedName {
  /// Upstream gives what has no name at all one of its own, for this kind alone.
  private static final String NAMED_BY_CHANCE = "limitranges";

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

  /// Whether an object of a type is to be named, be it only by chance.
  static boolean isWanted(ResourceType type, JsonObject object) {
    return isWanted(object) || isUnnamed(type, object);
  }

  private static boolean isUnnamed(ResourceType type, JsonObject object) {
    return type.groupResource().equals(NAMED_BY_CHANCE)
        && Metadata.name(object).isEmpty()
        && Metadata.text(object, "generateName").isEmpty();
  }

  /// What an object is called until it has a name.
  static String shown(JsonObject object) {
    String name = Metadata.name(object);
    String prefix = Metadata.text(object, "generateName");
    return !name.isEmpty() ? name : prefix.isEmpty() ? "Unknown" : prefix;
  }

  static void fillIn(ResourceType type, JsonObject object, RandomGenerator random) {
    if (isUnnamed(type, object)) {
      Metadata.of(object).set("name", Metadata.uuid(random));
    } else if (isWanted(object) && type.groupResource().equals(UNMADE)) {
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
