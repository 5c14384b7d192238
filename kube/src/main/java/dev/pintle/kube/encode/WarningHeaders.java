package dev.pintle.kube.encode;

import dev.pintle.wire.ResponseHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The `Warning` headers of an answer, which tell whoever sent a request what to know beside it (RFC 7234, section 5.5).
/// Each text is told once; one with characters that cannot stand in a header is not, as upstream does not. Of one thread at a time.
public final class WarningHeaders implements Consumer<String> {
  private static final int BYTES_MAX = 4_096;

  private final List<String> texts = new ArrayList<>(0);

  @Override
  public void accept(String text) {
    boolean printable = text.chars().noneMatch(Character::isISOControl);
    if (printable && !texts.contains(text)) {
      texts.add(text);
    }
  }

  void addTo(ResponseHeaders headers) {
    int size = 0;
    for (String text : texts) {
      size += text.length();
      if (size > BYTES_MAX) {
        break;
      }
      headers.add("warning", "299 - \"" + quoted(text) + "\"");
    }
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
