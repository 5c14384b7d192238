package dev.pintle.kube.ownership;

import dev.pintle.kube.object.CompactTexts;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.PlaceOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A collector of the nodes of one level of a [FieldSet]; many that are [LeafNodes] are kept as such.
final class NodesOfLevel {
  private List<FieldSet.Node> nodes = new ArrayList<>();
  // Instead of the nodes.
  private @Nullable CompactTexts leaves;
  private boolean values;

  void add(FieldSet.Node node) {
    if (leaves != null) {
      if (leafText(node, values) instanceof String text) {
        leaves.append(text);
        return;
      }
      nodes = new ArrayList<>(new LeafNodes(leaves, values));
      leaves = null;
    }
    nodes.add(node);
    if (nodes.size() == CompactTexts.WORTH_IT) {
      compact();
    }
  }

  private void compact() {
    boolean ofValues = nodes.getFirst().element() instanceof PathElement.Value;
    CompactTexts texts = new CompactTexts();
    for (FieldSet.Node node : nodes) {
      if (!(leafText(node, ofValues) instanceof String text)) {
        return;
      }
      texts.append(text);
    }
    leaves = texts;
    values = ofValues;
    nodes = List.of();
  }

  /// Null for what is more than a name, or than a text of a set.
  private static @Nullable String leafText(FieldSet.Node node, boolean ofValues) {
    if (!node.member() || !node.children().isEmpty()) {
      return null;
    }
    return switch (node.element()) {
      case PathElement.Name(var name) -> ofValues ? null : name;
      case PathElement.Value(var value) ->
          ofValues && value instanceof Json.Text(var text) ? text : null;
      case PathElement.Key _, PathElement.Index _ -> null;
    };
  }

  /// What was collected, in the order in which it came.
  List<FieldSet.Node> list() {
    return leaves == null ? nodes : new LeafNodes(leaves, values);
  }

  /// What was collected, in order, with what came several times made one.
  List<FieldSet.Node> ordered() {
    NodesOfLevel ordered = new NodesOfLevel();
    if (leaves != null) {
      CompactTexts texts = leaves;
      int[] places = PlaceOrder.of(texts.size(), texts::compare);
      for (int i = 0; i < places.length; i++) {
        if (i == 0 || texts.compare(places[i - 1], places[i]) != 0) {
          ordered.add(list().get(places[i]));
        }
      }
      return ordered.list();
    }
    List<FieldSet.Node> sorted = new ArrayList<>(nodes);
    sorted.sort((one, other) -> one.element().compareTo(other.element()));
    int from = 0;
    for (int to = 1; to <= sorted.size(); to++) {
      if (to == sorted.size()
          || sorted.get(to).element().compareTo(sorted.get(from).element()) != 0) {
        ordered.add(united(sorted.subList(from, to)));
        from = to;
      }
    }
    return ordered.list();
  }

  private static FieldSet.Node united(List<FieldSet.Node> same) {
    if (same.size() == 1) {
      return same.getFirst();
    }
    boolean member = false;
    List<FieldSet> children = new ArrayList<>(same.size());
    for (FieldSet.Node node : same) {
      member |= node.member();
      children.add(node.children());
    }
    return new FieldSet.Node(same.getFirst().element(), member, FieldSet.unionOf(children));
  }
}
