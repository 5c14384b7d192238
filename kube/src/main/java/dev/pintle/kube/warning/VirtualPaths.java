package dev.pintle.kube.warning;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The paths at which one volume shows keys and fields of objects, of which one may hide another.
final class VirtualPaths {
  private static final int OVERLAPS_MAX = 256;

  private final JsonObject volume;
  private final BoundedWarnings warnings;
  private final List<Entry> entries = new ArrayList<>();

  VirtualPaths(JsonObject volume, Consumer<String> warnings) {
    this.volume = volume;
    this.warnings = new BoundedWarnings(warnings);
  }

  /// A path in a volume.
  ///
  /// @param source what shows it, empty where the volume has only one
  private record Entry(int number, String path, String source) implements Comparable<Entry> {
    /// So that what lies below a path follows it at once.
    @Override
    public int compareTo(Entry other) {
      int byPath = below().compareTo(other.below());
      return byPath != 0 ? byPath : Integer.compare(number, other.number);
    }

    String below() {
      return path + "/";
    }

    boolean holds(Entry other) {
      return other.below().startsWith(below());
    }

    @Override
    public String toString() {
      String quoted = GoText.quote(path);
      return source.isEmpty() ? quoted : quoted + " (" + source + ")";
    }
  }

  void look() {
    for (int i = 0; i < volume.size(); i++) {
      if (volume.valueAt(i) instanceof JsonObject source) {
        switch (volume.nameAt(i)) {
          case "configMap" -> alone(source, "ConfigMap " + quoted(source, "name"));
          case "secret" -> alone(source, "Secret " + quoted(source, "secretName"));
          case "downwardAPI" -> alone(source, "DownwardAPI");
          case "projected" -> {
            source.objects("sources").forEach(this::projected);
            overlaps("Projected");
          }
          default -> {}
        }
      }
    }
  }

  private static String quoted(JsonObject source, String field) {
    return GoText.quote(source.textOrEmpty(field));
  }

  private void alone(JsonObject source, String title) {
    items(source, "");
    overlaps(title);
  }

  private void items(JsonObject source, String from) {
    for (JsonObject item : source.objects("items")) {
      add(item.textOrEmpty("path"), from);
    }
  }

  private void projected(JsonObject source) {
    boolean any = false;
    for (int i = 0; i < source.size(); i++) {
      if (source.valueAt(i) instanceof JsonObject part) {
        any = true;
        switch (source.nameAt(i)) {
          case "configMap" -> items(part, "ConfigMap " + quoted(part, "name"));
          case "secret" -> items(part, "Secret " + quoted(part, "name"));
          case "downwardAPI" -> items(part, "DownwardAPI");
          case "serviceAccountToken" -> add(part.textOrEmpty("path"), "ServiceAccountToken");
          case "clusterTrustBundle" -> add(part.textOrEmpty("path"), trustBundle(part));
          case "podCertificate" -> certificate(part);
          default -> {}
        }
      }
    }
    if (!any) {
      warnings.accept(
          "volume %s (Projected) has no sources provided".formatted(quoted(volume, "name")));
    }
  }

  private static String trustBundle(JsonObject part) {
    boolean isNamed = part.get("name") instanceof Json.Text;
    return "ClusterTrustBundle " + quoted(part, isNamed ? "name" : "signerName");
  }

  private void certificate(JsonObject part) {
    Map<String, String> sources =
        Map.of(
            "certificateChainPath", "PodCertificate chain",
            "keyPath", "PodCertificate key",
            "credentialBundlePath", "PodCertificate credential bundle");
    for (String field : List.of("certificateChainPath", "keyPath", "credentialBundlePath")) {
      String path = part.textOrEmpty(field);
      if (!path.isEmpty()) {
        add(path, sources.getOrDefault(field, ""));
      }
    }
  }

  private void add(String written, String source) {
    int end = written.length();
    while (end > 0 && written.charAt(end - 1) == '/') {
      end--;
    }
    if (end > 0) {
      entries.add(new Entry(entries.size(), written.substring(0, end), source));
    }
  }

  /// Tells of each path that lies at, above or below an earlier one.
  private void overlaps(String title) {
    if (entries.size() < 2) {
      return;
    }
    List<Overlap> found = new ArrayList<>();
    Deque<Entry> above = new ArrayDeque<>();
    for (Entry entry : entries.stream().sorted().toList()) {
      while (!above.isEmpty() && !above.peek().holds(entry)) {
        above.pop();
      }
      if (found.size() > OVERLAPS_MAX) {
        break;
      }
      above.forEach(other -> found.add(Overlap.of(entry, other)));
      above.push(entry);
    }
    found.stream()
        .sorted(Comparator.comparingInt(Overlap::later).thenComparingInt(Overlap::earlier))
        .forEach(overlap ->
            warnings.accept(
                "volume %s (%s): overlapping paths: %s with %s"
                    .formatted(
                        quoted(volume, "name"),
                        title,
                        entries.get(overlap.later()),
                        entries.get(overlap.earlier()))));
  }

  /// The numbers of two entries that meet.
  private record Overlap(int later, int earlier) {
    static Overlap of(Entry one, Entry other) {
      return new Overlap(
          Math.max(one.number(), other.number()), Math.min(one.number(), other.number()));
    }
  }
}
