package dev.pintle.kube.linear;

import java.util.ArrayList;
import java.util.List;

/// Texts that are all different and all have the same hash in the language's tables.
final class Collisions {
  private static final String[] PAIR = {"Aa", "BB"};
  private static final int BITS = 18;

  private Collisions() {}

  static List<String> texts(int count) {
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder(2 * BITS);
      for (int bit = 0; bit < BITS; bit++) {
        text.append(PAIR[(i >> bit) & 1]);
      }
      texts.add(text.toString());
    }
    return texts;
  }

  /// How many of them fill so many bytes, with what stands around each.
  static List<String> filling(int bytes, int around) {
    return texts(Math.max(1, bytes / (2 * BITS + around)));
  }
}
