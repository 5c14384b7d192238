package dev.pintle.kube.decode;

import dev.pintle.kube.rule.RuleTable;
import dev.pintle.kube.rule.TableFile;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The kinds that upstream can read in versions of groups, be they served or not. Read from `known-kinds.txt` when an object says
/// that it is something else than expected.
public final class KnownKinds {
  private static final String TABLE = "known-kinds.txt";
  private static final String LIST = "List";

  private KnownKinds() {}

  /// Kinds of one line.
  private record Line(Set<String> kinds, boolean haveLists) {
    private static final String ALONE = "alone ";

    static Line parse(String line) {
      boolean alone = line.startsWith(ALONE);
      String kinds = alone ? line.substring(ALONE.length()) : line;
      return new Line(Set.of(kinds.split(" ", -1)), !alone);
    }

    boolean has(String kind) {
      boolean ofList =
          haveLists
              && kind.endsWith(LIST)
              && kinds.contains(kind.substring(0, kind.length() - LIST.length()));
      return ofList || kinds.contains(kind);
    }
  }

  private static final class Loaded {
    static final RuleTable<Line> KINDS =
        RuleTable.read(TableFile.beside(KnownKinds.class, TABLE), List::of, Line::parse);

    static final Set<GroupVersion> VERSIONS =
        KINDS.headings().stream().map(GroupVersion::parse).collect(Collectors.toUnmodifiableSet());

    private Loaded() {}
  }

  /// The versions of groups that have kinds.
  public static Set<GroupVersion> versions() {
    return Loaded.VERSIONS;
  }

  static boolean have(GroupVersionKind kind) {
    return has(kind.groupVersion(), kind.kind());
  }

  /// Whether any version of the group has the kind.
  static boolean haveInAnyVersion(String group, String kind) {
    return versions().stream()
        .anyMatch(version -> version.group().equals(group) && has(version, kind));
  }

  private static boolean has(GroupVersion version, String kind) {
    return Loaded.KINDS.of(version.text()).stream().anyMatch(line -> line.has(kind));
  }
}
