package dev.pintle.kube.protobuf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The messages of one version of OpenAPI, read from a table.
final class OpenApiMessages {
  private static final String EXTENSIONS = "extensions";
  private static final String MAP = "map";

  /// A field of a message.
  ///
  /// @param kind a word of the table: `text`, ..., or the name of a message
  record Field(int number, String kind) {}

  /// A message of gnostic's.
  ///
  /// @param extensions the number of what begins with `x-`; 0 where there is none
  /// @param entries what all other names become; null where there are none
  record Message(Map<String, Field> fields, int extensions, @Nullable Field entries) {}

  private OpenApiMessages() {}

  /// @param file `openapi-v2.txt` or `openapi-v3.txt`
  static Map<String, Message> read(String file) {
    Map<String, Message> messages = new HashMap<>();
    for (String line : text(file).lines().filter(line -> !line.startsWith("#")).toList()) {
      String[] words = line.split(" ", -1);
      messages.put(words[0], message(words));
    }
    return messages;
  }

  private static Message message(String[] words) {
    Map<String, Field> fields = new HashMap<>();
    for (int i = 1; i < words.length; i += 3) {
      fields.put(words[i + 1], new Field(Integer.parseInt(words[i]), words[i + 2]));
    }
    Field extensions = fields.remove(EXTENSIONS);
    Field entries = fields.remove(MAP);
    return new Message(Map.copyOf(fields), extensions == null ? 0 : extensions.number(), entries);
  }

  private static String text(String name) {
    try (InputStream file =
        Objects.requireNonNull(OpenApiMessages.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
