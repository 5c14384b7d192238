package dev.pintle.kube.ownership;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A collector of paths in whatever order.
final class FieldSetCollector {
  private final Level root = new Level();

  /// Elements that follow one path. They mostly come in order, several times in a row each: then the newest is all that is looked at,
  /// and the others are nodes already.
  private static final class Level {
    private @Nullable NodesOfLevel done;
    private boolean shuffled;
    private @Nullable PathElement newest;
    private Level belowNewest = this;
    private boolean member;

    Level below(PathElement element) {
      int order = newest == null ? 1 : element.compareTo(newest);
      if (order == 0) {
        return belowNewest;
      }
      shuffled |= order < 0;
      finishNewest();
      newest = element;
      belowNewest = new Level();
      return belowNewest;
    }

    private NodesOfLevel finishNewest() {
      if (done == null) {
        done = new NodesOfLevel();
      }
      if (newest != null) {
        done.add(new FieldSet.Node(newest, belowNewest.member, belowNewest.set()));
      }
      return done;
    }

    /// The last that is asked of it.
    FieldSet set() {
      if (newest == null) {
        return FieldSet.EMPTY;
      }
      NodesOfLevel all = finishNewest();
      return new FieldSet(shuffled ? all.ordered() : all.list());
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
