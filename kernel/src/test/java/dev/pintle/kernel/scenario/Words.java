package dev.pintle.kernel.scenario;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The words of a command line, taken from the front.
final class Words {
  private final Deque<String> words;

  Words(String line) {
    words = new ArrayDeque<>(List.of(line.trim().split(" +")));
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  String next() {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("scenario: line ends early (expected: another word)");
    }
    return words.pop();
  }

  long nextNumber() {
    return Long.parseLong(next());
  }

  boolean startsWith(String word) {
    return word.equals(words.peek());
  }

  /// Takes the next word if it is `word`.
  boolean takes(String word) {
    boolean taken = word.equals(words.peek());
    if (taken) {
      words.pop();
    }
    return taken;
  }

  /// Takes what follows `name=` if the next word starts so.
  Optional<String> option(String name) {
    String word = words.peek();
    if (word == null || !word.startsWith(name + "=")) {
      return Optional.empty();
    }
    return Optional.of(words.pop().substring(name.length() + 1));
  }

  /// `a` a key, `a..c` a run, `a..` a run without end, `a*` a prefix.
  KeyRange nextRange() {
    return range(next());
  }

  static KeyRange range(String word) {
    if (word.endsWith("*")) {
      return KeyRange.prefix(Bytes.utf8(word.substring(0, word.length() - 1)));
    }
    int dots = word.indexOf("..");
    if (dots < 0) {
      return KeyRange.point(Bytes.utf8(word));
    }
    Bytes from = Bytes.utf8(word.substring(0, dots));
    String to = word.substring(dots + 2);
    return to.isEmpty() ? KeyRange.fromKey(from) : new KeyRange(from, Bytes.utf8(to));
  }
}
