package dev.pintle.schema;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One line of a table: its words, how far it is indented, and where it stands. A word in double
/// quotes may contain blanks; `#` at the start of a word begins a comment.
record FactLine(Path file, int number, int indent, List<String> words) {
  static List<FactLine> read(Path file, List<String> lines) {
    List<FactLine> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i);
      List<String> words = split(text);
      if (!words.isEmpty()) {
        int indent = text.length() - text.stripLeading().length();
        found.add(new FactLine(file, i + 1, indent, List.copyOf(words)));
      }
    }
    return found;
  }

  String first() {
    return words.getFirst();
  }

  /// The words after the first.
  List<String> rest() {
    return words.subList(1, words.size());
  }

  String word(int index) {
    if (index >= words.size()) {
      throw wrong("word %d".formatted(index + 1));
    }
    return words.get(index);
  }

  IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException(
        "%s:%d: %s (expected: %s)"
            .formatted(file.getFileName(), number, String.join(" ", words), expected));
  }

  private static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c == ' ') {
        at++;
      } else if (c == '#') {
        break;
      } else {
        at = word(line, at, words);
      }
    }
    return words;
  }

  private static int word(String line, int from, List<String> words) {
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    int at = from;
    for (; at < line.length() && (quoted || line.charAt(at) != ' '); at++) {
      char c = line.charAt(at);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && at + 1 < line.length()) {
        word.append(line.charAt(++at));
      } else {
        word.append(c);
      }
    }
    words.add(word.toString());
    return at;
  }
}
