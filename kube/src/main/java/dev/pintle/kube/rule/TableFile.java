package dev.pintle.kube.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// A table that lies as text beside a class. Lines that are blank or begin with `#` say nothing. A line that cannot be read is told with its
/// number.
public final class TableFile {
  private final String name;
  private final List<String> lines;

  private TableFile(String name, List<String> lines) {
    this.name = name;
    this.lines = List.copyOf(lines);
  }

  public static TableFile beside(Class<?> owner, String name) {
    try (InputStream table = owner.getResourceAsStream(name)) {
      if (table == null) {
        throw new IllegalStateException(name + ": missing (expected: beside " + owner + ")");
      }
      return of(name, new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  public static TableFile of(String name, List<String> lines) {
    return new TableFile(name, lines);
  }

  public List<String> lines() {
    return lines;
  }

  /// Hands over each line, without the spaces around it.
  public void forEach(Consumer<String> line) {
    forEach(line, line);
  }

  /// Hands over each line without the spaces around it: one that is not indented to `heading`, the others to `below`.
  public void forEach(Consumer<String> heading, Consumer<String> below) {
    forEachLater(heading, line -> line.read(said(below)));
  }

  /// As [#forEach(Consumer, Consumer)], where lines below a heading may be read later.
  void forEachLater(Consumer<String> heading, Consumer<TableLine> below) {
    int number = 0;
    for (String text : lines) {
      number++;
      if (!text.isBlank() && !text.startsWith("#")) {
        TableLine line = new TableLine(name, number, text.strip());
        if (text.startsWith(" ")) {
          below.accept(line);
        } else {
          line.read(said(heading));
        }
      }
    }
  }

  private static Function<String, String> said(Consumer<String> line) {
    return text -> {
      line.accept(text);
      return text;
    };
  }
}
