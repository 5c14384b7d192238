package dev.pintle.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The encoder of log lines as zap writes them: one object of JSON a line, or columns with tabs between.
final class ZapEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = new byte[0];

  private final boolean json;

  ZapEncoder(boolean json) {
    this.json = json;
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    ZapLine line = ZapLine.of(event);
    StringBuilder text = new StringBuilder(200);
    if (json) {
      object(text, line);
    } else {
      columns(text, line);
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void object(StringBuilder text, ZapLine line) {
    field(text.append('{'), "level", ":", line.level());
    field(text.append(','), "ts", ":", line.time());
    field(text.append(','), "caller", ":", line.caller());
    field(text.append(','), "msg", ":", line.message());
    line.fields().forEach((name, value) -> field(text.append(','), name, ":", value));
    text.append('}');
  }

  /// The stack of a fault is written as it is, below.
  private static void columns(StringBuilder text, ZapLine line) {
    text.append(line.time()).append('\t').append(line.level()).append('\t');
    text.append(line.caller()).append('\t').append(line.message());
    String before = "\t{";
    String stack = "";
    for (Map.Entry<String, String> field : line.fields().entrySet()) {
      if (field.getKey().equals("stacktrace")) {
        stack = "\n" + field.getValue().stripTrailing();
      } else {
        field(text.append(before), field.getKey(), ": ", field.getValue());
        before = ", ";
      }
    }
    text.append(before.equals(", ") ? "}" : "").append(stack);
  }

  private static void field(StringBuilder text, String name, String colon, String value) {
    quoted(text, name);
    text.append(colon);
    quoted(text, value);
  }

  private static void quoted(StringBuilder text, String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < 0x20) {
            text.append("\\u%04x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
