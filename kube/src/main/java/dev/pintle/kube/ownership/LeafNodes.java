package dev.pintle.kube.ownership;

import dev.pintle.kube.object.CompactTexts;
import dev.pintle.kube.object.Json;
import java.util.AbstractList;
import java.util.RandomAccess;

/// The nodes of many names, or of many texts of a set, that are members with nothing below them: no more than their texts, of which a node
/// is made when somebody asks for it.
final class LeafNodes extends AbstractList<FieldSet.Node> implements RandomAccess {
  private final CompactTexts texts;
  private final boolean values;

  /// @param values whether the texts are those of a set
  LeafNodes(CompactTexts texts, boolean values) {
    this.texts = texts;
    this.values = values;
  }

  @Override
  public int size() {
    return texts.size();
  }

  @Override
  public FieldSet.Node get(int place) {
    String text = texts.get(place);
    return new FieldSet.Node(
        values ? new PathElement.Value(Json.of(text)) : new PathElement.Name(text),
        true,
        FieldSet.EMPTY);
  }
}
