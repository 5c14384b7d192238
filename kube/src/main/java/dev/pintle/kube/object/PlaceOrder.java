package dev.pintle.kube.object;

import java.util.function.IntBinaryOperator;

/// The order of things that are known by their places: of equal ones the earlier comes first. Nothing is made but two arrays of numbers.
public final class PlaceOrder {
  private PlaceOrder() {}

  /// The places from 0 to `count` in order; what is in order already is only looked at.
  ///
  /// @param compare of two places, as a comparator
  public static int[] of(int count, IntBinaryOperator compare) {
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      places[i] = i;
    }
    int[] merged = new int[count];
    for (int width = 1; width > 0 && width < count; width *= 2) {
      for (int from = 0; from < count; from += 2 * width) {
        int middle = Math.min(from + width, count);
        merge(places, merged, from, middle, (int) Math.min(from + 2L * width, count), compare);
      }
      int[] done = merged;
      merged = places;
      places = done;
    }
    return places;
  }

  private static void merge(
      int[] places, int[] merged, int from, int middle, int to, IntBinaryOperator compare) {
    if (middle == to || compare.applyAsInt(places[middle - 1], places[middle]) <= 0) {
      System.arraycopy(places, from, merged, from, to - from);
      return;
    }
    int left = from;
    int right = middle;
    for (int at = from; at < to; at++) {
      boolean first =
          right == to || (left < middle && compare.applyAsInt(places[left], places[right]) <= 0);
      merged[at] = first ? places[left++] : places[right++];
    }
  }
}
