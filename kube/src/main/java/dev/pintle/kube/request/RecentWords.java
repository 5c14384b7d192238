package dev.pintle.kube.request;

import org.jspecify.annotations.Nullable;

/// The short words that requests were made of lately, such as the name of a resource, a namespace, or the path of a list: each is one text for all requests
/// that say it, and none is made again while it is here. Any thread may ask, and nobody waits.
final class RecentWords {
  /// A power of two.
  private static final int WORDS = 1_024;

  private static final int CHARS_MAX = 96;
  private static final int PRIME = 31;

  /// By their hash, the last one that came to a place. Threads that write at once do no harm: what is found is compared.
  private static final @Nullable String[] RECENT = new String[WORDS];

  private RecentWords() {}

  /// The part of a text; a text of its own where it is long.
  static String part(String text, int from, int to) {
    int chars = to - from;
    if (chars == 0) {
      return "";
    }
    if (chars > CHARS_MAX) {
      return text.substring(from, to);
    }
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = PRIME * hash + text.charAt(i);
    }
    int place = (hash ^ hash >>> 16) & (WORDS - 1);
    String known = RECENT[place];
    if (known == null || known.length() != chars || !text.startsWith(known, from)) {
      known = text.substring(from, to);
      RECENT[place] = known;
    }
    return known;
  }
}
