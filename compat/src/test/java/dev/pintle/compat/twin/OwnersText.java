package dev.pintle.compat.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The owners of fields in a YAML text, which stand there in the order of the seconds in which they wrote.
final class OwnersText {
  private static final String HEAD = "  managedFields:";
  private static final String ITEM = "  - ";
  private static final String PART = "    ";

  private OwnersText() {}

  /// The text with its owners in the order of what they own.
  static String settled(String text) {
    if (!text.contains("\n" + HEAD + "\n")) {
      return text;
    }
    List<String> out = new ArrayList<>();
    TreeSet<String> owners = new TreeSet<>();
    StringBuilder owner = new StringBuilder();
    boolean inside = false;
    for (String line : text.split("\n", -1)) {
      if (inside && (line.startsWith(ITEM) || line.startsWith(PART))) {
        if (line.startsWith(ITEM) && !owner.isEmpty()) {
          owners.add(owner.toString());
          owner.setLength(0);
        }
        owner.append(owner.isEmpty() ? "" : "\n").append(line);
        continue;
      }
      if (inside) {
        owners.add(owner.toString());
        out.addAll(owners);
      }
      inside = line.equals(HEAD);
      out.add(line);
    }
    return String.join("\n", out);
  }
}
