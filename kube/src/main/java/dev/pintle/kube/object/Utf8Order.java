package dev.pintle.kube.object;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/// The order of texts by their bytes, as Go sorts the keys of a map.
public final class Utf8Order {
  public static final Comparator<String> ASCENDING = Utf8Order::compare;

  private Utf8Order() {}

  public static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean plain = !Character.isSurrogate(a) && !Character.isSurrogate(b);
        return plain ? Character.compare(a, b) : compareBytes(left, right);
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  private static int compareBytes(String left, String right) {
    return Arrays.compareUnsigned(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }
}
