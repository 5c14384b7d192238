package dev.pintle.kube.openapi;

import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.rule.RuleTable;
import dev.pintle.kube.rule.TableFile;
import dev.pintle.kube.schema.ResourceType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The facts of `facts.txt`, read when the first document is written.
final class OpenApiFacts {
  private static final String NO_DISCRIMINATOR = "-";

  private final Map<String, List<String>> unions = new HashMap<>();
  private final Set<String> granular;
  private final Set<String> answeredByObject;

  private static final class Loaded {
    static final OpenApiFacts FACTS = new OpenApiFacts();

    private Loaded() {}
  }

  private OpenApiFacts() {
    RuleTable<List<String>> table =
        RuleTable.read(
            TableFile.beside(OpenApiFacts.class, "facts.txt"),
            List::of,
            line -> List.of(line.split(" ", -1)));
    table.of("unions").forEach(words -> unions.put(words.getFirst(), words));
    granular = words(table.of("granular"));
    answeredByObject = words(table.of("deletion"));
  }

  private static Set<String> words(List<List<String>> lines) {
    Set<String> words = new HashSet<>();
    lines.forEach(words::addAll);
    return Set.copyOf(words);
  }

  static OpenApiFacts load() {
    return Loaded.FACTS;
  }

  /// `x-kubernetes-unions` of a definition; null when it is none.
  @Nullable JsonArray unions(String definition) {
    List<String> words = unions.get(definition);
    if (words == null) {
      return null;
    }
    JsonObject union = new JsonObject();
    if (!words.get(1).equals(NO_DISCRIMINATOR)) {
      union.set("discriminator", words.get(1));
    }
    JsonObject fields = new JsonObject();
    for (String field : words.subList(2, words.size())) {
      int equals = field.indexOf('=');
      fields.set(field.substring(0, equals), field.substring(equals + 1));
    }
    return JsonArray.of(union.set("fields-to-discriminateBy", fields));
  }

  boolean isGranular(String definition, String field) {
    return granular.contains(definition + "." + field);
  }

  boolean deletionAnswersObject(ResourceType type) {
    return answeredByObject.contains(
        type.group().isEmpty() ? type.plural() : type.plural() + "." + type.group());
  }
}
