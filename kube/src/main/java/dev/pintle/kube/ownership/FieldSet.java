package dev.pintle.kube.ownership;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A set of paths. A path that is a member says nothing of the paths above and below it.
///
/// Immutable; [FieldSetCollector] makes one. Sets share what they have in common.
final class FieldSet {
  static final FieldSet EMPTY = new FieldSet(List.of());

  /// Steps of a walk that one search is worth.
  private static final int LOOK_UP_COST = 16;

  /// By element, each once; one that is no member has children.
  private final List<Node> nodes;

  /// An element, whether the path that ends here is a member, and the members below it.
  record Node(PathElement element, boolean member, FieldSet children) {}

  FieldSet(List<Node> nodes) {
    this.nodes = nodes;
  }

  static FieldSet of(List<List<PathElement>> paths) {
    FieldSetCollector collector = new FieldSetCollector();
    paths.forEach(collector::add);
    return collector.set();
  }

  List<Node> nodes() {
    return nodes;
  }

  boolean isEmpty() {
    return nodes.isEmpty();
  }

  boolean has(List<PathElement> path) {
    FieldSet at = this;
    for (int i = 0; i < path.size(); i++) {
      Node node = at.node(path.get(i));
      if (node == null) {
        return false;
      }
      if (i == path.size() - 1) {
        return node.member();
      }
      at = node.children();
    }
    return false;
  }

  boolean hasMember(PathElement element) {
    Node node = node(element);
    return node != null && node.member();
  }

  /// The members below `element`, seen from there.
  FieldSet below(PathElement element) {
    Node node = node(element);
    return node == null ? EMPTY : node.children();
  }

  @Nullable Node node(PathElement element) {
    int place = place(nodes, element);
    return place < 0 ? null : nodes.get(place);
  }

  /// Where an element stands, or `-1 - place` where it would stand.
  private static int place(List<Node> nodes, PathElement element) {
    int low = 0;
    int high = nodes.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = nodes.get(middle).element().compareTo(element);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  /// What is in either.
  FieldSet union(FieldSet other) {
    if (other.isEmpty()) {
      return this;
    }
    return isEmpty() ? other : new FieldSet(zip(other, FieldSet::both, true, true));
  }

  /// What is in any, whole neighbours at a time, so that many small sets cost no more than one large one.
  static FieldSet unionOf(List<FieldSet> sets) {
    List<FieldSet> left = sets;
    while (left.size() > 1) {
      List<FieldSet> halved = new ArrayList<>((left.size() + 1) / 2);
      for (int i = 0; i < left.size(); i += 2) {
        FieldSet one = left.get(i);
        halved.add(i + 1 < left.size() ? one.union(left.get(i + 1)) : one);
      }
      left = halved;
    }
    return left.isEmpty() ? EMPTY : left.getFirst();
  }

  private static @Nullable Node both(Node one, Node other) {
    return new Node(
        one.element(), one.member() || other.member(), one.children().union(other.children()));
  }

  /// What is in both.
  FieldSet intersection(FieldSet other) {
    if (isFarSmaller(other, this)) {
      return other.intersection(this);
    }
    return new FieldSet(
        zip(
            other,
            (one, two) ->
                node(
                    one.element(),
                    one.member() && two.member(),
                    one.children().intersection(two.children())),
            false,
            false));
  }

  /// What is here and not there.
  FieldSet difference(FieldSet other) {
    if (isEmpty() || other.isEmpty()) {
      return this;
    }
    return new FieldSet(
        zip(
            other,
            (one, two) ->
                node(
                    one.element(),
                    one.member() && !two.member(),
                    one.children().difference(two.children())),
            true,
            false));
  }

  /// What is neither there nor below what is there.
  FieldSet outside(FieldSet other) {
    if (isEmpty() || other.isEmpty()) {
      return this;
    }
    return new FieldSet(
        zip(
            other,
            (one, two) ->
                two.member()
                    ? null
                    : node(one.element(), one.member(), one.children().outside(two.children())),
            true,
            false));
  }

  private static @Nullable Node node(PathElement element, boolean member, FieldSet children) {
    return member || !children.isEmpty() ? new Node(element, member, children) : null;
  }

  @FunctionalInterface
  private interface Pair {
    @Nullable Node merge(Node one, Node other);
  }

  private List<Node> zip(FieldSet other, Pair pair, boolean keepMine, boolean keepTheirs) {
    if (!keepTheirs && isFarSmaller(this, other)) {
      return lookUp(other, pair, keepMine);
    }
    NodesOfLevel merged = new NodesOfLevel();
    int mine = 0;
    int theirs = 0;
    Node one = at(0);
    Node two = other.at(0);
    while (one != null || two != null) {
      int order = one == null ? 1 : two == null ? -1 : one.element().compareTo(two.element());
      if (order < 0) {
        keep(merged, keepMine ? one : null);
      } else if (order > 0) {
        keep(merged, keepTheirs ? two : null);
      } else if (one != null && two != null) {
        keep(merged, pair.merge(one, two));
      }
      one = order <= 0 ? at(++mine) : one;
      two = order >= 0 ? other.at(++theirs) : two;
    }
    return merged.list();
  }

  /// Null after the last.
  private @Nullable Node at(int place) {
    return place < nodes.size() ? nodes.get(place) : null;
  }

  /// Whether to look up each element of `one` costs less than to walk `other` beside it.
  private static boolean isFarSmaller(FieldSet one, FieldSet other) {
    return (long) one.nodes.size() * LOOK_UP_COST < other.nodes.size();
  }

  /// What [#zip] makes when nothing is kept that is only in `other`: many small sets may meet the same large one.
  private List<Node> lookUp(FieldSet other, Pair pair, boolean keepMine) {
    NodesOfLevel merged = new NodesOfLevel();
    for (Node mine : nodes) {
      Node theirs = other.node(mine.element());
      if (theirs != null) {
        keep(merged, pair.merge(mine, theirs));
      } else if (keepMine) {
        merged.add(mine);
      }
    }
    return merged.list();
  }

  private static void keep(NodesOfLevel merged, @Nullable Node node) {
    if (node != null) {
      merged.add(node);
    }
  }

  /// Tells the members: those of one level before those below it.
  void forEach(Consumer<List<PathElement>> told) {
    forEach(new ArrayList<>(), told);
  }

  private void forEach(List<PathElement> above, Consumer<List<PathElement>> told) {
    for (Node node : nodes) {
      if (node.member()) {
        above.add(node.element());
        told.accept(List.copyOf(above));
        above.removeLast();
      }
    }
    for (Node node : nodes) {
      above.add(node.element());
      node.children().forEach(above, told);
      above.removeLast();
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FieldSet that && nodes.equals(that.nodes);
  }

  @Override
  public int hashCode() {
    return nodes.hashCode();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    forEach(path -> text.append(PathElement.text(path)).append('\n'));
    return text.toString();
  }
}
