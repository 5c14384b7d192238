package dev.pintle.kube.cel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The faults in the text of an expression, told with the line they are about and a mark below the place.
final class ExpressionErrors {
  /// The offset of a problem that tells all the others.
  static final int ALL_TOLD = -2;

  /// The offset of a problem with a part that could not be read.
  static final int UNPLACED = -3;

  private static final int TOLD_MAX = 100;
  private static final int LINE_BYTES_MAX = 16_384;

  private final List<CelException> found = new ArrayList<>();
  private int count;

  void add(int offset, String message) {
    count++;
    if (count <= TOLD_MAX) {
      found.add(new CelException(message, offset));
    }
  }

  /// @throws CelException when there are any
  void require(String text) {
    if (count > 0) {
      throw new CelException(shown(text), ALL_TOLD);
    }
  }

  String shown(String text) {
    Stream<String> told =
        found.stream()
            .sorted(Comparator.comparingInt(CelException::offset))
            .map(one -> shown(one, text));
    Stream<String> rest =
        count > TOLD_MAX
            ? Stream.of("%d more errors were truncated".formatted(count - TOLD_MAX))
            : Stream.empty();
    return Stream.concat(told, rest).collect(Collectors.joining("\n"));
  }

  private static String shown(CelException wrong, String text) {
    if (wrong.offset() == UNPLACED) {
      String first = text.lines().findFirst().orElse("");
      return "ERROR: <input>:1:0: %s\n | %s\n | ^"
          .formatted(wrong.getMessage(), first.replace('\t', ' '));
    }
    if (wrong.offset() < 0) {
      return "ERROR: <input>:-1:0: " + wrong.getMessage();
    }
    if (text.isEmpty()) {
      return "ERROR: <input>:1:0: " + wrong.getMessage();
    }
    int offset = Math.clamp(wrong.offset(), 0, text.length());
    int from = text.lastIndexOf('\n', offset - 1) + 1;
    int end = text.indexOf('\n', offset);
    String line = text.substring(from, end < 0 ? text.length() : end);
    long number = text.chars().limit(from).filter(c -> c == '\n').count() + 1;
    int column = text.codePointCount(from, offset);
    String head = "ERROR: <input>:%d:%d: %s".formatted(number, column + 1, wrong.getMessage());
    if (line.getBytes(StandardCharsets.UTF_8).length > LINE_BYTES_MAX) {
      return head;
    }
    return head + "\n | " + line.replace('\t', ' ') + "\n | " + mark(line, offset - from);
  }

  /// Wide dots stand below wide characters.
  private static String mark(String line, int offset) {
    StringBuilder mark = new StringBuilder();
    line.codePoints()
        .limit(line.codePointCount(0, offset))
        .forEach(point -> mark.append(point < 0x80 ? '.' : '\uFF0E'));
    boolean wide = offset < line.length() && line.charAt(offset) >= 0x80;
    return mark.append(wide ? '\uFF3E' : '^').toString();
  }
}
