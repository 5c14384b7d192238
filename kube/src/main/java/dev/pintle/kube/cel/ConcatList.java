package dev.pintle.kube.cel;

import java.util.AbstractList;
import java.util.List;

/// Two lists as one. Joining copies nothing, as its cost says.
final class ConcatList extends AbstractList<Value> {
  private final List<Value> first;
  private final List<Value> second;
  private final int size;

  private ConcatList(List<Value> first, List<Value> second) {
    this.first = first;
    this.second = second;
    this.size = Math.addExact(first.size(), second.size());
  }

  static List<Value> of(List<Value> first, List<Value> second) {
    return first.isEmpty() ? second : second.isEmpty() ? first : new ConcatList(first, second);
  }

  @Override
  public Value get(int index) {
    return index < first.size() ? first.get(index) : second.get(index - first.size());
  }

  @Override
  public int size() {
    return size;
  }
}
