package dev.pintle.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The description that upstream's documents make of a comment.
///
/// Lines are joined by blanks, those that are indented stand alone, directives and notes to do are left out. An empty
/// line begins a paragraph; where it was is known from the same text in another source, which has a blank for every
/// break, so that a paragraph shows as one blank too many.
final class CommentText {
  private static final String NONE = "none";

  private CommentText() {}

  /// The lines that are published.
  static List<String> published(List<String> comment) {
    List<String> lines = new ArrayList<>();
    for (String line : comment) {
      if (line.equals("---")) {
        break;
      }
      String text = line.stripTrailing();
      String word = text.stripLeading();
      if (!word.startsWith("TODO") && !word.startsWith("+") && !word.isEmpty()) {
        lines.add(text);
      }
    }
    return List.copyOf(lines);
  }

  /// The description, with the paragraphs that the flattened text shows; that text as it is where there is no comment.
  static String of(List<String> published, String flattened) {
    if (published.isEmpty()) {
      return flattened;
    }
    Map<Integer, Integer> empty = new HashMap<>();
    int end = walk(published, flattened, empty);
    return end < 0
        ? assembled(published, Map.of())
        : assembled(published, empty) + flattened.substring(end).stripTrailing();
  }

  /// The description with a paragraph before each line whose number is given; the number after the last is for an empty
  /// line at the end. `none` stands for no number.
  static String of(List<String> published, List<String> paragraphs) {
    Map<Integer, Integer> empty = new HashMap<>();
    paragraphs.stream()
        .filter(line -> !line.equals(NONE))
        .forEach(line -> empty.merge(Integer.valueOf(line), 1, Integer::sum));
    return assembled(published, empty);
  }

  /// Follows the lines in the flattened text and notes where there are empty ones; answers where they end, or -1 when
  /// the texts differ.
  private static int walk(List<String> lines, String flattened, Map<Integer, Integer> empty) {
    String text = flattened.replace('\n', ' ').replace('\t', ' ');
    int at = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replace('\t', ' ');
      if (i == 0) {
        line = line.stripLeading();
      } else {
        int blanks = 0;
        while (at + blanks < text.length() && text.charAt(at + blanks) == ' ') {
          blanks++;
        }
        int more = blanks - 1 - (line.length() - line.stripLeading().length());
        if (more < 0) {
          return -1;
        }
        if (more > 0) {
          empty.put(i, more);
        }
        at += 1 + more;
      }
      if (!text.startsWith(line, at)) {
        return -1;
      }
      at += line.length();
    }
    return at;
  }

  private static String assembled(List<String> lines, Map<Integer, Integer> empty) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      paragraphs(text, empty.getOrDefault(i, 0));
      String line = lines.get(i);
      if (line.startsWith(" ") || line.startsWith("\t")) {
        withoutLast(text);
        text.append('\n').append(line).append('\n');
      } else {
        text.append(line).append(' ');
      }
    }
    String joined = text.toString().strip();
    return joined + "\n".repeat(empty.getOrDefault(lines.size(), 0));
  }

  private static void paragraphs(StringBuilder text, int count) {
    for (int i = 0; i < count; i++) {
      withoutLast(text);
      text.append("\n\n");
    }
  }

  private static void withoutLast(StringBuilder text) {
    if (!text.isEmpty()) {
      text.setLength(text.length() - 1);
    }
  }
}
