package dev.pintle.kube.cel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The functions that expressions may call, as `functions.txt` declares them; its form is told at its head.
final class Environment {
  /// What rules of custom resources may call.
  static final Environment RULES = read("functions.txt");

  /// Names of types, which are values as well.
  static final Map<String, CelType> TYPES =
      Map.ofEntries(
          Map.entry("bool", CelType.BOOL),
          Map.entry("int", CelType.INT),
          Map.entry("uint", CelType.UINT),
          Map.entry("double", CelType.DOUBLE),
          Map.entry("string", CelType.STRING),
          Map.entry("bytes", CelType.BYTES),
          Map.entry("null_type", CelType.NULL),
          Map.entry("google.protobuf.Duration", CelType.DURATION),
          Map.entry("google.protobuf.Timestamp", CelType.TIMESTAMP),
          Map.entry("list", CelType.list(CelType.DYN)),
          Map.entry("map", CelType.map(CelType.DYN, CelType.DYN)),
          Map.entry("type", CelType.type(CelType.DYN)));

  private final Map<String, List<Overload>> functions;

  private Environment(Map<String, List<Overload>> functions) {
    this.functions = functions;
  }

  /// The forms of a function, empty when there is none of that name.
  List<Overload> overloads(String function) {
    return functions.getOrDefault(function, List.of());
  }

  Set<String> functions() {
    return functions.keySet();
  }

  private static Environment read(String table) {
    try (InputStream in = Environment.class.getResourceAsStream(table)) {
      if (in == null) {
        throw new IllegalStateException(table + " is missing");
      }
      Map<String, List<Overload>> functions = new LinkedHashMap<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] words = line.split(" ", 3);
          functions
              .computeIfAbsent(words[0], _ -> new ArrayList<>())
              .add(new SignatureReader(words[2]).overload(words[1]));
        }
      }
      return new Environment(functions);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
