package dev.pintle.kube.decode;

import dev.pintle.kube.rule.TableFile;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The table of what Go's structures have that the schemas do not tell: types with names of their own, and structures within structures. It is
/// read when the first value of a wrong type comes.
final class GoStructures {
  private static final String TABLE = "go-types.txt";
  private static final String UNNAMED = "-";

  /// A field of a structure.
  ///
  /// @param type empty when it follows from the schema
  /// @param within what holds it inside the structure, with dots; empty for the structure itself
  record Member(String type, String within) {}

  private static final class Holder {
    private static final Map<String, Map<String, Member>> ALL = read();
  }

  private GoStructures() {}

  private static Map<String, Map<String, Member>> read() {
    Map<String, Map<String, Member>> all = new HashMap<>();
    String[] structure = {""};
    TableFile.beside(GoStructures.class, TABLE)
        .forEach(
            heading -> structure[0] = heading,
            line -> {
              String[] words = line.split(" ", -1);
              all.computeIfAbsent(structure[0], _ -> new HashMap<>())
                  .put(
                      words[0],
                      new Member(
                          words[1].equals(UNNAMED) ? "" : words[1],
                          words.length > 2 ? words[2] : ""));
            });
    return all;
  }

  /// @param structure its name in OpenAPI
  static @Nullable Member find(String structure, String field) {
    return Holder.ALL.getOrDefault(structure, Map.of()).get(field);
  }
}
