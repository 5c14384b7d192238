package dev.pintle.kube.validation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The difference of two texts in the unified form, by the rule of Python's difflib: the longest block that both have in
/// common, then the same on either side of it.
final class UnifiedDiff {
  private static final int CONTEXT_LINES = 3;

  private final List<String> before;
  private final List<String> after;
  private final Map<String, List<Integer>> places = new HashMap<>();

  private UnifiedDiff(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
    for (int i = 0; i < after.size(); i++) {
      places.computeIfAbsent(after.get(i), _ -> new ArrayList<>()).add(i);
    }
  }

  /// Lines from `a` to before `aEnd` became those from `b` to before `bEnd`.
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
    List<Block> blocks = new ArrayList<>();
    match(0, before.size(), 0, after.size(), blocks);
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

  private void match(int aStart, int aEnd, int bStart, int bEnd, List<Block> blocks) {
    Block longest = longest(aStart, aEnd, bStart, bEnd);
    if (longest.size() == 0) {
      return;
    }
    match(aStart, longest.a(), bStart, longest.b(), blocks);
    blocks.add(longest);
    match(longest.a() + longest.size(), aEnd, longest.b() + longest.size(), bEnd, blocks);
  }

  private Block longest(int aStart, int aEnd, int bStart, int bEnd) {
    Block best = new Block(aStart, bStart, 0);
    Map<Integer, Integer> lengths = new HashMap<>();
    for (int a = aStart; a < aEnd; a++) {
      Map<Integer, Integer> next = new HashMap<>();
      for (int b : places.getOrDefault(before.get(a), List.of())) {
        if (b >= bStart && b < bEnd) {
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
