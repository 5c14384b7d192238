package dev.pintle.compat.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a Go program executed, as `go tool covdata textfmt` writes it: `FILE:LINE.COLUMN,LINE.COLUMN STATEMENTS COUNT`.
final class CoverProfile {
  private static final Pattern LINE =
      Pattern.compile("(\\S+):(\\d+)\\.(\\d+),(\\d+)\\.(\\d+) \\d+ (\\d+)");

  private final Map<String, TreeMap<Position, Block>> files = new HashMap<>();

  /// A place in a file, counted from 1.
  record Position(int line, int column) implements Comparable<Position> {
    @Override
    public int compareTo(Position other) {
      int lines = Integer.compare(line, other.line);
      return lines == 0 ? Integer.compare(column, other.column) : lines;
    }
  }

  private record Block(Position end, boolean executed) {}

  static CoverProfile of(List<String> lines) {
    CoverProfile profile = new CoverProfile();
    for (String line : lines) {
      Matcher block = LINE.matcher(line);
      if (block.matches()) {
        profile.add(block);
      }
    }
    return profile;
  }

  private void add(Matcher block) {
    Position start = position(block, 2);
    Block added = new Block(position(block, 4), !block.group(6).equals("0"));
    files
        .computeIfAbsent(block.group(1), _ -> new TreeMap<>())
        .merge(start, added, (a, b) -> new Block(a.end(), a.executed() || b.executed()));
  }

  private static Position position(Matcher block, int group) {
    return new Position(
        Integer.parseInt(block.group(group)), Integer.parseInt(block.group(group + 1)));
  }

  Set<String> files() {
    return files.keySet();
  }

  /// Whether the innermost block around the position was executed; blocks do not overlap but in those that hold them.
  boolean isExecuted(String file, Position at) {
    TreeMap<Position, Block> blocks = files.getOrDefault(file, new TreeMap<>());
    for (Map.Entry<Position, Block> block = blocks.floorEntry(at);
        block != null;
        block = blocks.lowerEntry(block.getKey())) {
      if (block.getValue().end().compareTo(at) >= 0) {
        return block.getValue().executed();
      }
    }
    return false;
  }
}
