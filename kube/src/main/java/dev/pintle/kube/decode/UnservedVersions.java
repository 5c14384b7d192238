package dev.pintle.kube.decode;

import dev.pintle.kube.rule.RuleTable;
import dev.pintle.kube.rule.TableFile;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The kinds that upstream can read in versions that it does not serve. Read from `unserved-versions.txt` when an object says that it
/// is something else than expected.
public final class UnservedVersions {
  private static final String TABLE = "unserved-versions.txt";

  private UnservedVersions() {}

  private static final class Loaded {
    static final RuleTable<Set<String>> KINDS =
        RuleTable.read(
            TableFile.beside(UnservedVersions.class, TABLE),
            List::of,
            line -> Set.of(line.split(" ", -1)));

    private Loaded() {}
  }

  /// The versions of groups that have such kinds.
  public static Set<GroupVersion> all() {
    return Loaded.KINDS.headings().stream()
        .map(GroupVersion::parse)
        .collect(Collectors.toUnmodifiableSet());
  }

  static boolean have(GroupVersionKind kind) {
    return Loaded.KINDS.of(kind.groupVersion().text()).stream()
        .anyMatch(kinds -> kinds.contains(kind.kind()));
  }
}
