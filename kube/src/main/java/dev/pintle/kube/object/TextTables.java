package dev.pintle.kube.object;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Copies, never changed, of sets and maps whose texts a client chose. Those of `Set.copyOf` and `Map.copyOf` are searched from end
/// to end when all texts have one hash; these make trees of them.
public final class TextTables {
  /// So few are searched from end to end at no cost, and what is immutable already is not copied.
  private static final int FEW = 16;

  private TextTables() {}

  public static Set<String> setOf(Collection<String> texts) {
    return texts.size() <= FEW
        ? Set.copyOf(texts)
        : Collections.unmodifiableSet(new LinkedHashSet<>(texts));
  }

  /// A list, never changed; a compact one stays compact.
  public static List<String> listOf(List<String> texts) {
    return texts instanceof CompactTexts compact ? compact.share() : List.copyOf(texts);
  }

  public static <V> Map<String, V> copyOf(Map<String, V> map) {
    return map.size() <= FEW
        ? Map.copyOf(map)
        : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
