package dev.pintle.schema;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Texts by number, each once. Number 0 is the empty text.
final class TextPool {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<byte[]> texts = new ArrayList<>();

  TextPool() {
    number("");
  }

  int number(String text) {
    return numbers.computeIfAbsent(
        text,
        t -> {
          texts.add(t.getBytes(StandardCharsets.UTF_8));
          return texts.size() - 1;
        });
  }

  /// Count, the end of each text as an offset into what follows, then the texts themselves.
  byte[] section() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(texts.size());
    int end = 0;
    for (byte[] text : texts) {
      end += text.length;
      out.writeInt(end);
    }
    for (byte[] text : texts) {
      out.write(text);
    }
    return bytes.toByteArray();
  }
}
