package dev.pintle.kube.warning;

/// A search in a text for another, both written by a client, in time that is linear in both.
final class TextSearch {
  private TextSearch() {}

  static boolean contains(String text, String sought) {
    int[] borders = borders(sought);
    int matched = 0;
    for (int i = 0; i < text.length() && matched < sought.length(); i++) {
      while (matched > 0 && text.charAt(i) != sought.charAt(matched)) {
        matched = borders[matched - 1];
      }
      if (text.charAt(i) == sought.charAt(matched)) {
        matched++;
      }
    }
    return matched == sought.length();
  }

  /// For each beginning of the text, how long the longest of its own beginnings is with which it ends.
  private static int[] borders(String text) {
    int[] borders = new int[text.length()];
    int length = 0;
    for (int i = 1; i < text.length(); i++) {
      while (length > 0 && text.charAt(i) != text.charAt(length)) {
        length = borders[length - 1];
      }
      if (text.charAt(i) == text.charAt(length)) {
        length++;
      }
      borders[i] = length;
    }
    return borders;
  }
}
