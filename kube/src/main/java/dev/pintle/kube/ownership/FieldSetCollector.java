package dev.pintle.kube.ownership;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A collector of paths in whatever order.
final class FieldSetCollector {
  private final Level root = new Level();

  /// Elements that follow one path. They mostly come in order, several times in a row each: then the newest is all that is looked at.
  private static final class Level {
    private final List<PathElement> elements = new ArrayList<>();
    private final List<Level> levels = new ArrayList<>();
    // From the first element on that comes out of order, instead of both lists.
    private @Nullable TreeMap<PathElement, Level> shuffled;
    private @Nullable PathElement newest;
    private Level belowNewest = this;
    private boolean member;

    Level below(PathElement element) {
      int order = newest == null ? 1 : element.compareTo(newest);
      if (order == 0) {
        return belowNewest;
      }
      if (order < 0 && shuffled == null) {
        shuffle();
      }
      belowNewest =
          shuffled == null ? append(element) : shuffled.computeIfAbsent(element, _ -> new Level());
      newest = element;
      return belowNewest;
    }

    private Level append(PathElement element) {
      Level level = new Level();
      elements.add(element);
      levels.add(level);
      return level;
    }

    private void shuffle() {
      TreeMap<PathElement, Level> all = new TreeMap<>();
      for (int i = 0; i < elements.size(); i++) {
        all.put(elements.get(i), levels.get(i));
      }
      elements.clear();
      levels.clear();
      shuffled = all;
    }

    FieldSet set() {
      List<FieldSet.Node> nodes =
          new ArrayList<>(shuffled == null ? elements.size() : shuffled.size());
      if (shuffled == null) {
        for (int i = 0; i < elements.size(); i++) {
          nodes.add(node(elements.get(i), levels.get(i)));
        }
      } else {
        shuffled.forEach((element, below) -> nodes.add(node(element, below)));
      }
      return nodes.isEmpty() ? FieldSet.EMPTY : new FieldSet(nodes);
    }

    private static FieldSet.Node node(PathElement element, Level below) {
      return new FieldSet.Node(element, below.member, below.set());
    }
  }

  void add(List<PathElement> path) {
    if (path.isEmpty()) {
      return;
    }
    Level at = root;
    for (PathElement element : path) {
      at = at.below(element);
    }
    at.member = true;
  }

  FieldSet set() {
    return root.set();
  }
}
