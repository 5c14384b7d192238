package dev.pintle.kube.ownership;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The fields that a write through one path of a resource cannot set, whatever it says: nobody comes to own them by it. The
/// table's form is told at its head.
final class ResetFields {
  private static final String TABLE = "reset-fields.txt";

  private static final Filter NOTHING = new Filter.AllBut(FieldSet.EMPTY);

  private final Map<String, Filter> filters;

  private ResetFields(Map<String, Filter> filters) {
    this.filters = Map.copyOf(filters);
  }

  /// What is left of a set.
  sealed interface Filter {
    FieldSet of(FieldSet set);

    /// Whether nothing is left at and below the field of this name of the whole object.
    boolean drops(String name);

    /// All but these paths and what lies below them.
    record AllBut(FieldSet paths) implements Filter {
      @Override
      public FieldSet of(FieldSet set) {
        return set.outside(paths);
      }

      @Override
      public boolean drops(String name) {
        return paths.hasMember(new PathElement.Name(name));
      }
    }

    /// Nothing but what lies on the way to these paths and below them; `*` stands for any element.
    record Only(List<List<String>> paths) implements Filter {
      @Override
      public FieldSet of(FieldSet set) {
        return on(set, paths);
      }

      private static FieldSet on(FieldSet set, List<List<String>> paths) {
        List<FieldSet.Node> nodes = new ArrayList<>();
        for (FieldSet.Node node : set.nodes()) {
          List<List<String>> rest = new ArrayList<>();
          for (List<String> path : paths) {
            if (matches(path.getFirst(), node.element())) {
              rest.add(path.subList(1, path.size()));
            }
          }
          boolean all = rest.stream().anyMatch(List::isEmpty);
          if (!rest.isEmpty()) {
            nodes.add(
                new FieldSet.Node(
                    node.element(),
                    node.member(),
                    all ? node.children() : on(node.children(), rest)));
          }
        }
        nodes.removeIf(node -> !node.member() && node.children().isEmpty());
        return new FieldSet(nodes);
      }

      private static boolean matches(String pattern, PathElement element) {
        return pattern.equals("*") || element.equals(new PathElement.Name(pattern));
      }

      @Override
      public boolean drops(String name) {
        return paths.stream().noneMatch(path -> path.getFirst().equals(name));
      }
    }
  }

  static ResetFields load() {
    try (InputStream table = ResetFields.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IllegalStateException(TABLE + ": missing (expected: beside the class)");
      }
      return parse(new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(TABLE, e);
    }
  }

  static ResetFields parse(List<String> lines) {
    Map<String, Filter> filters = new HashMap<>();
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        List<String> words = List.of(line.strip().split("\\s+"));
        if (words.size() < 3) {
          throw new IllegalArgumentException(line + " (expected: what, but or only, paths)");
        }
        filters.put(words.getFirst(), filter(words.get(1), words.subList(2, words.size())));
      }
    }
    return new ResetFields(filters);
  }

  private static Filter filter(String word, List<String> texts) {
    List<List<String>> paths = texts.stream().map(text -> List.of(text.split("\\."))).toList();
    return switch (word) {
      case "but" ->
          new Filter.AllBut(
              FieldSet.of(
                  paths.stream()
                      .map(path -> PathElement.names(path.toArray(String[]::new)))
                      .toList()));
      case "only" -> new Filter.Only(paths);
      default -> throw new IllegalArgumentException(word + " (expected: but or only)");
    };
  }

  Filter of(Write write) {
    if (write.subresource().isEmpty() && !write.hasStatus()) {
      return NOTHING;
    }
    String kind =
        write.kind().group().isEmpty()
            ? write.kind().kind()
            : write.kind().kind() + "." + write.kind().group();
    String part = write.subresource().isEmpty() ? "" : "/" + write.subresource();
    Filter own = filters.get(kind + part);
    Filter general = filters.get((write.isCustom() ? "custom" : "*") + part);
    return own != null ? own : general != null ? general : NOTHING;
  }
}
