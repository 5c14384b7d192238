package dev.pintle.kube.object;

import java.util.ArrayDeque;
import java.util.Deque;

/// The rewriting of escapes that Go's parser knows and YAML 1.2 lacks (`\\'`, `\\L`, `\\P`) as the characters that they stand for. A text is
/// gone through once, as far as it takes to know where texts in double quotes begin; what is no YAML is left to its reader to tell.
final class YamlMending {
  private static final String FLOW = ",[]{}";

  private final String text;
  private final StringBuilder written;
  private int at;
  private int lineStart;

  /// Collections in brackets around the place.
  private int flow;

  /// The column of the innermost collection without brackets, less than nought for none.
  private int indent = -1;

  private final Deque<Integer> outerIndents = new ArrayDeque<>();

  /// Whether what comes may be a key, and the column of what may have been one on this line.
  private boolean keyMayCome = true;

  private int keyColumn = -1;

  private YamlMending(String text) {
    this.text = text;
    this.written = new StringBuilder(text.length());
  }

  static String of(String text) {
    YamlMending mending = new YamlMending(text);
    while (mending.isBeforeToken()) {
      mending.token();
    }
    return mending.written.toString();
  }

  private boolean isBeforeToken() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isBreak(c)) {
        take();
        keyMayCome |= flow == 0;
      } else if (c == '#') {
        takeLine();
      } else if (c == ' ' || c == '\t' || c == '\ufeff') {
        take();
      } else {
        return true;
      }
    }
    return false;
  }

  private void token() {
    int column = at - lineStart;
    while (flow == 0 && indent > column) {
      indent = outerIndents.pop();
    }
    if (column == 0 && isMarker(at)) {
      indent = -1;
      outerIndents.clear();
      keyMayCome = false;
      take(3);
      return;
    }
    char c = text.charAt(at);
    boolean alone = isBlank(at + 1);
    switch (c) {
      case '[', '{' -> {
        begins(column);
        flow++;
        keyMayCome = true;
        take();
      }
      case ']', '}' -> {
        flow = Math.max(0, flow - 1);
        keyMayCome = false;
        take();
      }
      case ',' -> {
        keyMayCome = true;
        take();
      }
      case '"' -> doubleQuoted(column);
      case '\'' -> singleQuoted(column);
      case '&', '*', '!' -> property(column);
      default -> {
        if ((c == '|' || c == '>') && flow == 0) {
          block();
        } else if ((c == '-' || c == '?') && alone) {
          indentTo(column);
          keyMayCome = c == '-' || flow == 0;
          take();
        } else if (c == ':' && (alone || flow > 0)) {
          value(column);
        } else if (c == '%' && column == 0) {
          takeLine();
        } else {
          plain(column);
        }
      }
    }
  }

  /// Notes that what comes may be a key.
  private void begins(int column) {
    if (keyMayCome && flow == 0) {
      keyColumn = column;
    }
    keyMayCome = false;
  }

  private void indentTo(int column) {
    if (flow == 0 && indent < column) {
      outerIndents.push(indent);
      indent = column;
    }
  }

  private void value(int column) {
    boolean keyed = keyColumn >= 0;
    indentTo(keyed ? keyColumn : column);
    keyMayCome = flow == 0 && !keyed;
    if (flow == 0) {
      keyColumn = -1;
    }
    take();
  }

  private void doubleQuoted(int column) {
    begins(column);
    take();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length() && !isBreak(text.charAt(at + 1))) {
        written.append(meaning(text.charAt(at + 1)));
        at += 2;
      } else {
        take();
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

  private void singleQuoted(int column) {
    begins(column);
    take();
    while (at < text.length()) {
      char c = text.charAt(at);
      take();
      if (c == '\'' && (at == text.length() || text.charAt(at) != '\'')) {
        return;
      }
      if (c == '\'') {
        take();
      }
    }
  }

  /// An anchor, an alias or a tag.
  private void property(int column) {
    begins(column);
    char end = text.startsWith("!<", at) ? '>' : ' ';
    take();
    while (!isBlank(at) && text.charAt(at) != end && !(end == ' ' && isFlowSign(at))) {
      take();
    }
    if (end == '>' && !isBlank(at)) {
      take();
    }
  }

  private void plain(int column) {
    begins(column);
    take();
    while (true) {
      while (!isBlank(at)
          && !isFlowSign(at)
          && !(text.charAt(at) == ':' && (isBlank(at + 1) || isFlowSign(at + 1)))) {
        take();
      }
      int next = next();
      if (next == at || next < 0) {
        return;
      }
      take(next - at);
    }
  }

  /// Where a text without quotes goes on behind spaces and ends of lines; less than nought where it does not.
  private int next() {
    int next = at;
    int line = lineStart;
    while (next < text.length() && isBlank(next)) {
      next++;
      if (isBreak(text.charAt(next - 1))) {
        line = next;
        if (isMarker(next)) {
          return -1;
        }
      }
    }
    boolean ends =
        next == text.length()
            || (next > at && text.charAt(next) == '#')
            || (flow == 0 && line > lineStart && next - line <= indent);
    return ends ? -1 : next;
  }

  /// A text that is told from what follows by its indentation.
  private void block() {
    int increment = 0;
    for (int i = at + 1; i <= at + 2 && i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '1' && c <= '9') {
        increment = c - '0';
      }
    }
    takeLine();
    int least = Math.max(1, indent + 1);
    int wanted = increment > 0 ? least + increment - 1 : Math.max(least, indentOfText());
    while (at < text.length()) {
      if (isBreak(text.charAt(at))) {
        take();
      } else if (at - lineStart >= wanted) {
        takeLine();
      } else if (text.charAt(at) == ' ') {
        take();
      } else {
        break;
      }
    }
    keyMayCome = true;
  }

  private int indentOfText() {
    int most = 0;
    int line = isBreakAt(at) ? at + 1 : at;
    int i = line;
    while (i < text.length() && (text.charAt(i) == ' ' || isBreak(text.charAt(i)))) {
      i++;
      if (isBreak(text.charAt(i - 1))) {
        line = i;
      }
      most = Math.max(most, i - line);
    }
    return most;
  }

  /// Whether a document begins or ends at the beginning of a line.
  private boolean isMarker(int place) {
    return (text.startsWith("---", place) || text.startsWith("...", place)) && isBlank(place + 3);
  }

  private boolean isBlank(int place) {
    if (place >= text.length()) {
      return true;
    }
    char c = text.charAt(place);
    return c == ' ' || c == '\t' || isBreak(c);
  }

  private boolean isFlowSign(int place) {
    return flow > 0 && FLOW.indexOf(text.charAt(place)) >= 0;
  }

  private boolean isBreakAt(int place) {
    return place < text.length() && isBreak(text.charAt(place));
  }

  private static boolean isBreak(char c) {
    return c == '\n' || c == '\r';
  }

  /// Takes what is before the end of the line.
  private void takeLine() {
    while (at < text.length() && !isBreak(text.charAt(at))) {
      take();
    }
  }

  private void take(int characters) {
    for (int i = 0; i < characters; i++) {
      take();
    }
  }

  /// A key does not go over the end of a line.
  private void take() {
    char c = text.charAt(at);
    written.append(c);
    at++;
    if (isBreak(c)) {
      lineStart = at;
      keyColumn = -1;
    }
  }
}
