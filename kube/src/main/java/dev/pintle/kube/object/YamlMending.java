package dev.pintle.kube.object;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.ScannerException;

/// The rewriting of escapes that Go's parser knows and YAML 1.2 lacks (`\\'`, `\\L`, `\\P`) as the characters that they stand for. It begins
/// in the text in quotes that could not be scanned, and goes on as far as it is sure where texts in quotes begin.
final class YamlMending {
  private static final String STARTS = "|>\"'";

  private final String text;
  private final StringBuilder written;
  private int at;

  private YamlMending(String text, int from) {
    this.text = text;
    this.written = new StringBuilder(text.length()).append(text, 0, from);
    this.at = from;
  }

  /// The same text where it is not one of these escapes that is at fault.
  static String of(String text, ScannerException broken) {
    Mark mark = broken.getProblemMark().orElse(null);
    if (mark == null || !broken.getProblem().startsWith(YamlEscapes.UNKNOWN)) {
      return text;
    }
    int place = text.offsetByCodePoints(0, mark.getIndex());
    int escape = place > 0 && text.charAt(place - 1) == '\\' ? place - 1 : place;
    return new YamlMending(text, escape).mend();
  }

  private String mend() {
    doubleQuoted();
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean begins = STARTS.indexOf(c) >= 0 && begins();
      if ((c == '|' || c == '>') && begins) {
        // What follows is text, with quotes or without.
        return written.append(text, at, text.length()).toString();
      }
      take(1);
      if (c == '"' && begins) {
        doubleQuoted();
      } else if (c == '\'' && begins) {
        takeThrough('\'');
      } else if (c == '#' && (at == 1 || Character.isWhitespace(text.charAt(at - 2)))) {
        takeThrough('\n');
      }
    }
    return written.toString();
  }

  /// Goes on to behind the next quote that ends a text.
  private void doubleQuoted() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        written.append(meaning(text.charAt(at + 1)));
        at += 2;
      } else {
        take(1);
        if (c == '"') {
          return;
        }
      }
    }
  }

  private static String meaning(char escape) {
    return switch (escape) {
      case '\'' -> "'";
      case 'L' -> "\u2028";
      case 'P' -> "\u2029";
      default -> "\\" + escape;
    };
  }

  /// Whether a value or a key can begin here: after a sign that one follows, or at the beginning of a line.
  private boolean begins() {
    for (int before = at - 1; before >= 0; before--) {
      switch (text.charAt(before)) {
        case ' ', '\t' -> {}
        case '\n', ':', '-', '[', '{' -> {
          return true;
        }
        default -> {
          return false;
        }
      }
    }
    return true;
  }

  private void takeThrough(char end) {
    int found = text.indexOf(end, at);
    take((found < 0 ? text.length() : found + 1) - at);
  }

  private void take(int characters) {
    written.append(text, at, at + characters);
    at += characters;
  }
}
