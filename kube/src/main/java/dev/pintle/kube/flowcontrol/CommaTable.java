package dev.pintle.kube.flowcontrol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A table in which commas part the cells and spaces keep the columns in line, each as wide as its widest cell.
final class CommaTable {
  private static final int CELL_MIN = 8;

  private final List<List<String>> rows = new ArrayList<>();

  CommaTable(String... columns) {
    rows.add(List.of(columns));
  }

  void row(List<Object> cells) {
    rows.add(cells.stream().map(String::valueOf).toList());
  }

  String text() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], Math.max(CELL_MIN, row.get(i).length() + 2));
      }
    }
    StringBuilder text = new StringBuilder(rows.size() * (Arrays.stream(widths).sum() + 1));
    for (List<String> row : rows) {
      for (int i = 0; i < row.size() - 1; i++) {
        String cell = row.get(i) + ",";
        text.append(cell).repeat(' ', widths[i] - cell.length());
      }
      text.append(row.getLast()).append('\n');
    }
    return text.toString();
  }
}
