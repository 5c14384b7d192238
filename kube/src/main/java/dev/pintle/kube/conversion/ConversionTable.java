package dev.pintle.kube.conversion;

import dev.pintle.kube.rule.TableFile;
import dev.pintle.kube.schema.GroupVersionKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The table of conversions, `conversions.txt`; its form is told at its head.
///
/// @param metrics by the type of the metric, `Resource`
/// @param statuses likewise
record ConversionTable(
    List<Pair> pairs, Map<String, Metric> metrics, Map<String, Metric> statuses) {
  private static final String TABLE = "conversions.txt";

  /// Two forms of a structure.
  ///
  /// @param names of fields of the old form, with those of the stored one
  record Pair(GroupVersionKind old, GroupVersionKind stored, Map<String, String> names) {}

  /// One kind of metric.
  ///
  /// @param field that holds it, in both forms
  /// @param targetTypes the fields of a target of which the first one there names its type; none for a status
  record Metric(String field, List<Part> parts, List<String> targetTypes) {}

  /// A part that one form has elsewhere.
  ///
  /// @param path in the stored form
  /// @param always whether the old form has it, whatever is said
  record Part(String name, List<String> path, boolean always) {}

  static ConversionTable read() {
    ConversionTable read =
        new ConversionTable(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    Lines lines = read.new Lines();
    TableFile.beside(ConversionTable.class, TABLE).forEach(lines::begin, lines::line);
    return read;
  }

  private final class Lines {
    private Map<String, String> names = new LinkedHashMap<>();
    private List<Part> parts = new ArrayList<>();
    private List<String> targetTypes = new ArrayList<>();
    private boolean inPair = true;

    void line(String line) {
      String[] words = line.split("\\s+", -1);
      if (inPair) {
        names.put(words[0], words[2]);
      } else if (words[0].equals("type")) {
        targetTypes.addAll(List.of(words).subList(2, words.length));
      } else {
        String name = words[0].replace("!", "");
        parts.add(new Part(name, List.of(words[2].split("\\.")), words[0].endsWith("!")));
      }
    }

    void begin(String line) {
      String[] words = line.split("\\s+", -1);
      inPair = words[2].equals("stored");
      if (inPair) {
        names = new LinkedHashMap<>();
        pairs.add(
            new Pair(
                GroupVersionKind.of(words[0], words[1]),
                GroupVersionKind.of(words[4], words[1]),
                names));
        return;
      }
      parts = new ArrayList<>();
      targetTypes = new ArrayList<>();
      Metric metric = new Metric(words[2], parts, targetTypes);
      (words[0].equals("metric") ? metrics : statuses).put(words[1], metric);
    }
  }
}
