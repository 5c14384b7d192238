package dev.pintle.kube.object;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.emitter.Emitter;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;

/// The writer of a tree as the block YAML of Kubernetes: names in order, lists not indented, texts quoted where they
/// would be read as something else.
///
/// It tells the library's emitter what there is: the nodes that the library would make of a tree first, to look for those that
/// stand in it twice, cost more than all the rest.
public final class YamlWriter {
  /// No tag is ever written.
  private static final ImplicitTuple UNTAGGED = new ImplicitTuple(true, true);

  private final Emitter out;

  private YamlWriter(Emitter out) {
    this.out = out;
  }

  public static String text(Json value) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSchema(new Yaml11Schema())
            .setSplitLines(false)
            .setUseUnicodeEncoding(true)
            .build();
    TextSink sink = new TextSink();
    Emitter out = new Emitter(settings, sink);
    out.emit(new StreamStartEvent());
    out.emit(new DocumentStartEvent(false, Optional.empty(), Map.of()));
    new YamlWriter(out).value(value);
    out.emit(new DocumentEndEvent(false));
    out.emit(new StreamEndEvent());
    return sink.text.toString();
  }

  private void value(Json value) {
    switch (value) {
      case JsonObject object -> mapping(object);
      case JsonArray array -> sequence(array);
      case Json.Text(var text) -> scalar(text, style(text));
      case Json.Null _ -> scalar("null", ScalarStyle.PLAIN);
      case Json.Whole _, Json.Decimal _, Json.Bool _ ->
          scalar(JsonWriter.text(value), ScalarStyle.PLAIN);
    }
  }

  private static ScalarStyle style(String text) {
    if (text.indexOf('\n') >= 0) {
      return ScalarStyle.LITERAL;
    }
    return Yaml11.isAmbiguous(text) ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN;
  }

  private void scalar(String text, ScalarStyle style) {
    out.emit(new ScalarEvent(Optional.empty(), Optional.empty(), UNTAGGED, text, style));
  }

  private void mapping(JsonObject object) {
    out.emit(
        new MappingStartEvent(Optional.empty(), Optional.empty(), true, style(object.isEmpty())));
    TreeSet<String> names = new TreeSet<>();
    object.forEach(field -> names.add(field.name()));
    for (String name : names) {
      Json value = object.get(name);
      scalar(name, style(name));
      value(value == null ? Json.NULL : value);
    }
    out.emit(new MappingEndEvent());
  }

  private void sequence(JsonArray array) {
    out.emit(
        new SequenceStartEvent(Optional.empty(), Optional.empty(), true, style(array.isEmpty())));
    array.forEach(this::value);
    out.emit(new SequenceEndEvent());
  }

  private static FlowStyle style(boolean empty) {
    return empty ? FlowStyle.FLOW : FlowStyle.BLOCK;
  }

  private static final class TextSink implements StreamDataWriter {
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
