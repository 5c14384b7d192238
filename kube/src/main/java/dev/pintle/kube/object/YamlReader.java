package dev.pintle.kube.object;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// The reader of one YAML document into a tree, with the scalars of YAML 1.1 as Kubernetes reads them.
public final class YamlReader {
  /// References to anchored collections in one document: more is an attack, or no manifest.
  public static final int ALIASES_MAX = 100;

  /// Values that the tree may hold once aliases are followed.
  public static final int VALUES_MAX = 1_000_000;

  public static final int CHARACTERS_MAX = 3 * 1024 * 1024;

  /// Collections within one another: fewer than in JSON, because the nodes of a document are composed in four calls a level,
  /// and all of them must fit on the stack of any thread.
  static final int DEPTH_MAX = 400;

  /// Repeated keys that are told of one document.
  private static final int DUPLICATES_TOLD_MAX = 1_000;

  private static final int BUFFER_CHARACTERS_MIN = 1_024;

  private static final String MERGE = "<<";

  private final Consumer<? super String> duplicates;
  private final ReadNames names = ReadNames.ofDocument();
  private int values;
  private int told;

  private YamlReader(Consumer<? super String> duplicates) {
    this.duplicates = duplicates;
  }

  public static Json read(String text) {
    return read(text, _ -> {});
  }

  /// @param duplicates is told of each key that is repeated, in the words of Go's parser (`line 3: key "a" already set in
  ///     map`)
  public static Json read(String text, Consumer<? super String> duplicates) {
    LoadSettings settings =
        LoadSettings.builder()
            .setAllowDuplicateKeys(true)
            .setMaxAliasesForCollections(ALIASES_MAX)
            .setCodePointLimit(CHARACTERS_MAX)
            // The whole text at once: a token that is longer than the buffer is copied again for
            // each piece of it.
            .setBufferSize(Math.max(BUFFER_CHARACTERS_MIN, text.length() + 1))
            .setSchema(new Yaml11Schema())
            .build();
    try {
      Parser parser = new ParserImpl(settings, new StreamReader(settings, text));
      // Documents after the first are not looked at.
      Composer documents = new Composer(settings, new ShallowParser(parser, DEPTH_MAX));
      return documents.hasNext()
          ? new YamlReader(duplicates).value(documents.next(), 0)
          : Json.NULL;
    } catch (MarkedYamlEngineException broken) {
      throw new JsonSyntaxException("yaml: " + goWords(broken));
    } catch (YamlEngineException broken) {
      throw new JsonSyntaxException("yaml: " + firstLine(broken.getMessage()));
    }
  }

  private Json value(Node node, int depth) {
    if (depth > JsonReader.DEPTH_MAX || ++values > VALUES_MAX) {
      throw new JsonSyntaxException("yaml: document contains excessive aliasing");
    }
    return switch (node) {
      case ScalarNode scalar -> Yaml11.value(scalar);
      case SequenceNode sequence -> array(sequence, depth);
      case MappingNode mapping -> object(mapping, depth);
      default -> throw new JsonSyntaxException("yaml: unknown node");
    };
  }

  private JsonArray array(SequenceNode sequence, int depth) {
    JsonArray array = new JsonArray();
    for (Node item : sequence.getValue()) {
      array.add(value(item, depth + 1));
    }
    return array;
  }

  private JsonObject object(MappingNode mapping, int depth) {
    JsonObject object = new JsonObject();
    List<NodeTuple> tuples = mapping.getValue();
    for (NodeTuple tuple : tuples) {
      if (isMerge(tuple.getKeyNode())) {
        merge(object, value(tuple.getValueNode(), depth + 1));
        continue;
      }
      String key = Yaml11.key(tuple.getKeyNode());
      int before = object.size();
      object.set(names.kept(key), value(tuple.getValueNode(), depth + 1));
      if (object.size() == before && told++ < DUPLICATES_TOLD_MAX) {
        duplicates.accept(
            "line %d: key %s already set in map".formatted(line(tuple.getKeyNode()), quoted(key)));
      }
    }
    return object;
  }

  private static boolean isMerge(Node key) {
    return key instanceof ScalarNode scalar && scalar.isPlain() && scalar.getValue().equals(MERGE);
  }

  private static void merge(JsonObject into, Json source) {
    switch (source) {
      case JsonObject object -> {
        for (JsonObject.Field field : object) {
          if (!into.has(field.name())) {
            into.set(field.name(), field.value());
          }
        }
      }
      case JsonArray array -> array.forEach(item -> merge(into, item));
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ ->
          throw new JsonSyntaxException(
              "yaml: map merge requires map or sequence of maps as the value");
    }
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private static String quoted(String key) {
    return JsonWriter.text(new Json.Text(key));
  }

  private static String goWords(MarkedYamlEngineException broken) {
    int line = broken.getProblemMark().map(Mark::getLine).orElse(0);
    String problem =
        broken
            .getProblem()
            .replace(
                "mapping values are not allowed here",
                "mapping values are not allowed in this context");
    return line == 0 ? problem : "line %d: %s".formatted(line + 1, problem);
  }

  private static String firstLine(@Nullable String message) {
    return message == null
        ? "unreadable document"
        : message.lines().findFirst().orElse("unreadable document");
  }
}
