package dev.pintle.kube.validation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The difference of two texts in the unified form, by the rule of Python's difflib: the longest block that both have in
/// common, then the same on either side of it. As there, lines that a long text has many times do not begin a block.
///
/// The rule takes time in the square of the lines; beyond [#STEPS_MAX] what is left is told as changed.
final class UnifiedDiff {
  private static final int CONTEXT_LINES = 3;
  private static final int LONG_LINES_MIN = 200;
  private static final long STEPS_MAX = 3_000_000;

  private final List<String> before;
  private final List<String> after;
  private final Map<String, List<Integer>> places = new HashMap<>();
  private long stepsLeft = STEPS_MAX;

  private UnifiedDiff(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
    for (int i = 0; i < after.size(); i++) {
      places.computeIfAbsent(after.get(i), _ -> new ArrayList<>()).add(i);
    }
    if (after.size() >= LONG_LINES_MIN) {
      places.values().removeIf(all -> all.size() > after.size() / 100 + 1);
    }
  }

  /// A change of the lines from `a` to before `aEnd` into those from `b` to before `bEnd`.
  private record Change(int a, int aEnd, int b, int bEnd) {}

  private record Block(int a, int b, int size) {}

  static String of(List<String> before, List<String> after) {
    UnifiedDiff diff = new UnifiedDiff(before, after);
    StringBuilder text = new StringBuilder();
    List<Change> hunk = new ArrayList<>();
    for (Change change : diff.changes()) {
      if (!hunk.isEmpty() && change.a() - hunk.getLast().aEnd() > 2 * CONTEXT_LINES) {
        diff.write(text, hunk);
        hunk.clear();
      }
      hunk.add(change);
    }
    if (!hunk.isEmpty()) {
      diff.write(text, hunk);
    }
    return text.toString();
  }

  private List<Change> changes() {
    List<Block> blocks = blocks();
    blocks.add(new Block(before.size(), after.size(), 0));
    List<Change> changes = new ArrayList<>();
    int a = 0;
    int b = 0;
    for (Block block : blocks) {
      if (a < block.a() || b < block.b()) {
        changes.add(new Change(a, block.a(), b, block.b()));
      }
      a = block.a() + block.size();
      b = block.b() + block.size();
    }
    return changes;
  }

  /// A part of both texts that is still to be compared.
  private record Part(int aStart, int aEnd, int bStart, int bEnd) {}

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    Deque<Part> parts = new ArrayDeque<>();
    parts.push(new Part(0, before.size(), 0, after.size()));
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      Block longest = extended(longest(part), part);
      if (longest.size() > 0) {
        blocks.add(longest);
        parts.push(new Part(part.aStart(), longest.a(), part.bStart(), longest.b()));
        int a = longest.a() + longest.size();
        parts.push(new Part(a, part.aEnd(), longest.b() + longest.size(), part.bEnd()));
      }
    }
    blocks.sort(Comparator.comparingInt(Block::a));
    return blocks;
  }

  private Block longest(Part part) {
    Block best = new Block(part.aStart(), part.bStart(), 0);
    Map<Integer, Integer> lengths = new HashMap<>();
    for (int a = part.aStart(); a < part.aEnd() && part.bStart() < part.bEnd(); a++) {
      Map<Integer, Integer> next = new HashMap<>();
      List<Integer> all = places.getOrDefault(before.get(a), List.of());
      stepsLeft -= 1 + all.size();
      if (stepsLeft < 0) {
        return new Block(part.aStart(), part.bStart(), 0);
      }
      for (int b : all) {
        if (b >= part.bStart() && b < part.bEnd()) {
          int length = lengths.getOrDefault(b - 1, 0) + 1;
          next.put(b, length);
          if (length > best.size()) {
            best = new Block(a - length + 1, b - length + 1, length);
          }
        }
      }
      lengths = next;
    }
    return best;
  }

  /// With the equal lines on either side, which may be ones that do not begin a block.
  private Block extended(Block block, Part part) {
    if (stepsLeft < 0) {
      return block;
    }
    int a = block.a();
    int b = block.b();
    while (a > part.aStart() && b > part.bStart() && before.get(a - 1).equals(after.get(b - 1))) {
      a--;
      b--;
    }
    int aEnd = block.a() + block.size();
    int bEnd = block.b() + block.size();
    while (aEnd < part.aEnd() && bEnd < part.bEnd() && before.get(aEnd).equals(after.get(bEnd))) {
      aEnd++;
      bEnd++;
    }
    return new Block(a, b, aEnd - a);
  }

  private void write(StringBuilder text, List<Change> hunk) {
    Change first = hunk.getFirst();
    Change last = hunk.getLast();
    int lead = Math.min(CONTEXT_LINES, first.a());
    int trail = Math.min(CONTEXT_LINES, before.size() - last.aEnd());
    text.append("@@ -").append(range(first.a() - lead, last.aEnd() + trail));
    text.append(" +").append(range(first.b() - lead, last.bEnd() + trail)).append(" @@\n");
    int at = first.a() - lead;
    for (Change change : hunk) {
      lines(text, ' ', before.subList(at, change.a()));
      lines(text, '-', before.subList(change.a(), change.aEnd()));
      lines(text, '+', after.subList(change.b(), change.bEnd()));
      at = change.aEnd();
    }
    lines(text, ' ', before.subList(at, last.aEnd() + trail));
  }

  private static String range(int start, int end) {
    int length = end - start;
    if (length == 1) {
      return Integer.toString(start + 1);
    }
    return (length == 0 ? start : start + 1) + "," + length;
  }

  private static void lines(StringBuilder text, char mark, List<String> lines) {
    for (String line : lines) {
      text.append(mark).append(line).append('\n');
    }
  }
}
