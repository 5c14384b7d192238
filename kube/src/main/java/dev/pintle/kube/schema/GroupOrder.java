package dev.pintle.kube.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The order in which discovery lists groups and versions: built-in groups by their rank, then others by priority and
/// name; versions by maturity (v2 before v1 before v1beta2 before v1alpha1), what does not look like a version last, by
/// name.
public final class GroupOrder {
  /// Of the groups of custom resources; built-in ones have more, and their own order.
  public static final int CUSTOM_PRIORITY = 1_000;

  /// The best version first.
  public static final Comparator<String> BY_MATURITY = GroupOrder::compare;

  private GroupOrder() {}

  static List<ApiGroup> arrange(
      List<ApiGroup> builtIn,
      Collection<ResourceType> added,
      List<AggregatedGroupVersion> announced) {
    SortedMap<String, SortedSet<String>> custom = new TreeMap<>();
    Map<String, Integer> priorities = new HashMap<>();
    for (ResourceType type : added) {
      add(custom, type.groupVersion());
      priorities.put(type.group(), CUSTOM_PRIORITY);
    }
    for (AggregatedGroupVersion each : announced) {
      add(custom, each.groupVersion());
      priorities.merge(each.groupVersion().group(), each.priority(), Math::max);
    }
    List<ApiGroup> arranged = new ArrayList<>();
    for (ApiGroup group : builtIn) {
      SortedSet<String> more = custom.remove(group.name());
      arranged.add(more == null ? group : joined(group, more));
    }
    custom.keySet().stream()
        .sorted(
            Comparator.comparingInt(
                    (String name) -> -priorities.getOrDefault(name, CUSTOM_PRIORITY))
                .thenComparing(Comparator.naturalOrder()))
        .forEach(name -> arranged.add(new ApiGroup(name, List.copyOf(versions(custom, name)))));
    return arranged;
  }

  private static SortedSet<String> versions(Map<String, SortedSet<String>> groups, String name) {
    return groups.computeIfAbsent(name, _ -> new TreeSet<>(BY_MATURITY));
  }

  private static void add(Map<String, SortedSet<String>> groups, GroupVersion version) {
    versions(groups, version.group()).add(version.version());
  }

  private static ApiGroup joined(ApiGroup group, Collection<String> more) {
    TreeSet<String> versions = new TreeSet<>(BY_MATURITY);
    versions.addAll(group.versions());
    versions.addAll(more);
    return new ApiGroup(group.name(), List.copyOf(versions));
  }

  private static int compare(String left, String right) {
    Maturity one = Maturity.of(left);
    Maturity other = Maturity.of(right);
    if (one == null || other == null) {
      return one != null ? -1 : other != null ? 1 : left.compareTo(right);
    }
    int byStability = Integer.compare(other.stability(), one.stability());
    if (byStability != 0) {
      return byStability;
    }
    int byMajor = Integer.compare(other.major(), one.major());
    return byMajor != 0 ? byMajor : Integer.compare(other.minor(), one.minor());
  }

  /// The parts of a version's name that tell how good it is.
  ///
  /// @param stability 0 for alpha, 1 for beta, 2 for what is neither
  private record Maturity(int major, int stability, int minor) {
    private static final int DIGITS_MAX = 9;

    /// Null for a name that does not look like a version.
    static @Nullable Maturity of(String name) {
      int end = digits(name, 1);
      if (!name.startsWith("v") || end < 0) {
        return null;
      }
      int major = Integer.parseInt(name.substring(1, end));
      if (end == name.length()) {
        return new Maturity(major, 2, 0);
      }
      String word = name.startsWith("alpha", end) ? "alpha" : "beta";
      int from = end + word.length();
      if (!name.startsWith(word, end) || digits(name, from) != name.length()) {
        return null;
      }
      return new Maturity(
          major, word.equals("beta") ? 1 : 0, Integer.parseInt(name.substring(from)));
    }

    /// Where a number ends that begins at a place; -1 when there is none.
    private static int digits(String name, int from) {
      int end = from;
      while (end < name.length() && name.charAt(end) >= '0' && name.charAt(end) <= '9') {
        end++;
      }
      boolean fits = end > from && end - from <= DIGITS_MAX && name.charAt(from) != '0';
      return fits ? end : -1;
    }
  }
}
