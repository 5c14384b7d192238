package dev.pintle.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The comments of messages and of their fields, read from the published sources of the protobuf twin: their lines are
/// those of upstream's declarations, but for empty ones.
///
/// The compiler of protobuf writes the comment before what it belongs to, escaped for documentation, and behind it the
/// declaration itself (`optional string name = 1;`).
final class ProtoComments {
  private static final String FOLDER = "io/kubernetes/client/proto/";
  private static final String OPEN = "/**";
  private static final String CLOSE = "*/";
  private static final String FIELDS_OF = "// @@protoc_insertion_point(interface_extends:";
  private static final String MESSAGE = "Protobuf type {@code ";
  private static final String DECLARATION = "<code>";

  private static final Map<String, String> ESCAPED =
      Map.of(
          "&amp;", "&",
          "&lt;", "<",
          "&gt;", ">",
          "&quot;", "\"",
          "&#39;", "'",
          "&#42;", "*",
          "&#47;", "/",
          "&#64;", "@",
          "&#92;", "\\");

  private final Map<String, List<String>> lines = new HashMap<>();
  private final Set<String> read = new HashSet<>();
  private String message = "";

  /// The lines above a message or a field, by its full name; none where nothing is said.
  List<String> of(String fullName) {
    return lines.getOrDefault(fullName, List.of());
  }

  /// Reads one file of messages.
  void add(String file) {
    if (!read.add(file)) {
      return;
    }
    String source = FOLDER + file + ".java";
    try (InputStream bytes = ProtoComments.class.getClassLoader().getResourceAsStream(source)) {
      if (bytes == null) {
        throw new IllegalArgumentException(
            "source: %s (expected: in the sources of client-java-proto)".formatted(source));
      }
      read(new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + source, e);
    }
  }

  private void read(BufferedReader source) throws IOException {
    message = "";
    for (String line = source.readLine(); line != null; line = source.readLine()) {
      String stripped = line.strip();
      if (stripped.equals(OPEN)) {
        block(source);
      } else if (stripped.startsWith(FIELDS_OF)) {
        message = stripped.substring(FIELDS_OF.length(), stripped.length() - 1);
      }
    }
  }

  /// One block of documentation: the comment between `<pre>` and `</pre>`, then what it is about.
  private void block(BufferedReader source) throws IOException {
    List<String> comment = new ArrayList<>();
    boolean inside = false;
    for (String line = source.readLine(); line != null; line = source.readLine()) {
      String stripped = line.strip();
      if (stripped.equals(CLOSE)) {
        return;
      }
      String text = stripped.isEmpty() ? "" : line.substring(line.indexOf('*') + 1);
      String word = text.strip();
      if (word.equals("<pre>") || word.equals("</pre>")) {
        inside = word.equals("<pre>");
      } else if (inside) {
        comment.add(unescaped(text.startsWith(" ") ? text.substring(1) : text));
      } else if (word.startsWith(MESSAGE)) {
        lines.putIfAbsent(word.substring(MESSAGE.length(), word.indexOf('}')), comment);
      } else if (word.startsWith(DECLARATION) && !message.isEmpty()) {
        String name = nameOfField(word);
        lines.putIfAbsent(message + "." + name, comment);
      }
    }
  }

  /// `<code>optional string schedulerName = 19;</code>`
  private static String nameOfField(String declaration) {
    int equals = declaration.indexOf(" = ");
    return declaration.substring(declaration.lastIndexOf(' ', equals - 1) + 1, equals);
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = text.charAt(at) == '&' ? text.indexOf(';', at) : -1;
      String known = end < 0 ? null : ESCAPED.get(text.substring(at, end + 1));
      if (known == null) {
        plain.append(text.charAt(at++));
      } else {
        plain.append(known);
        at = end + 1;
      }
    }
    return plain.toString();
  }
}
