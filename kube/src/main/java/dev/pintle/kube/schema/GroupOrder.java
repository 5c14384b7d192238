package dev.pintle.kube.schema;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
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

/// The order in which discovery lists groups and versions: built-in groups by their rank, then others by priority and
/// name; versions by maturity (v2 before v1 before v1beta2 before v1alpha1), what does not look like a version last, by
/// name.
public final class GroupOrder {
  private static final Pattern KUBE_VERSION =
      Pattern.compile("v([1-9][0-9]{0,8})(?:(alpha|beta)([1-9][0-9]{0,8}))?");

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
    Matcher a = KUBE_VERSION.matcher(left);
    Matcher b = KUBE_VERSION.matcher(right);
    boolean leftIs = a.matches();
    boolean rightIs = b.matches();
    if (!leftIs || !rightIs) {
      return leftIs ? -1 : rightIs ? 1 : left.compareTo(right);
    }
    int byStability = Integer.compare(stability(b), stability(a));
    if (byStability != 0) {
      return byStability;
    }
    int byMajor = Integer.compare(number(b, 1), number(a, 1));
    return byMajor != 0 ? byMajor : Integer.compare(number(b, 3), number(a, 3));
  }

  private static int stability(Matcher version) {
    String word = version.group(2);
    return word == null ? 2 : word.equals("beta") ? 1 : 0;
  }

  private static int number(Matcher version, int group) {
    String digits = version.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
