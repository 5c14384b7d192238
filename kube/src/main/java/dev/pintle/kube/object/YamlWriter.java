package dev.pintle.kube.object;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// The writer of a tree as the block YAML of Kubernetes: names in order, lists not indented, texts quoted where they
/// would be read as something else.
public final class YamlWriter {
  private YamlWriter() {}

  public static String text(Json value) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSchema(new Yaml11Schema())
            .setSplitLines(false)
            .setUseUnicodeEncoding(true)
            .build();
    TextSink sink = new TextSink();
    new Dump(settings).dumpNode(node(value), sink);
    return sink.text.toString();
  }

  private static Node node(Json value) {
    return switch (value) {
      case JsonObject object -> mapping(object);
      case JsonArray array -> sequence(array);
      case Json.Text(var text) -> scalar(text, style(text));
      case Json.Null _ -> scalar("null", ScalarStyle.PLAIN);
      case Json.Whole _, Json.Decimal _, Json.Bool _ ->
          scalar(JsonWriter.text(value), ScalarStyle.PLAIN);
    };
  }

  private static ScalarStyle style(String text) {
    if (text.indexOf('\n') >= 0) {
      return ScalarStyle.LITERAL;
    }
    return Yaml11.isAmbiguous(text) ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN;
  }

  private static Node scalar(String text, ScalarStyle style) {
    return new ScalarNode(Tag.STR, text, style);
  }

  private static Node mapping(JsonObject object) {
    List<NodeTuple> tuples = new ArrayList<>(object.size());
    TreeSet<String> names = new TreeSet<>();
    object.forEach(field -> names.add(field.name()));
    for (String name : names) {
      Json value = object.get(name);
      tuples.add(new NodeTuple(scalar(name, style(name)), node(value == null ? Json.NULL : value)));
    }
    return new MappingNode(Tag.MAP, tuples, object.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
  }

  private static Node sequence(JsonArray array) {
    List<Node> items = new ArrayList<>(array.size());
    array.forEach(item -> items.add(node(item)));
    return new SequenceNode(Tag.SEQ, items, array.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
  }

  private static final class TextSink implements org.snakeyaml.engine.v2.api.StreamDataWriter {
    final StringBuilder text = new StringBuilder();

    @Override
    public void write(String piece) {
      text.append(piece);
    }

    @Override
    public void write(String piece, int from, int length) {
      text.append(piece, from, from + length);
    }
  }
}
