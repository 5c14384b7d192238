package dev.pintle.server.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// A flag of kube-apiserver and what becomes of it here, as the table `apiserver-flags.txt` has it.
///
/// @param otherwise the value that one that is refused may have all the same; empty for that alone
/// @param words how far it works, or why it does not
record ApiServerFlag(String name, Kind kind, Verdict verdict, String otherwise, String words) {
  private static final int COLUMNS = 5;
  private static final int NAME_CHARS = 50;
  private static final String OUR_OWN = "controllers";

  /// A way in which values are given.
  enum Kind {
    SWITCH(""),
    TEXT(" VALUE"),
    LIST(" VALUE[,VALUE]"),
    EACH(" VALUE");

    private final String shown;

    Kind(String shown) {
      this.shown = shown;
    }
  }

  /// The fate of a flag.
  enum Verdict {
    WORKS,
    ACCEPTED,
    REFUSED
  }

  /// All of upstream's, in the order of its help.
  static Map<String, ApiServerFlag> upstream() {
    Map<String, ApiServerFlag> flags = new LinkedHashMap<>();
    lines("apiserver-flags.txt")
        .map(ApiServerFlag::of)
        .forEach(flag -> flags.put(flag.name(), flag));
    return flags;
  }

  /// Those that are taken: upstream's, and ours.
  static Map<String, ApiServerFlag> known() {
    Map<String, ApiServerFlag> flags = upstream();
    flags.put(OUR_OWN, new ApiServerFlag(OUR_OWN, Kind.LIST, Verdict.WORKS, "", ""));
    return flags;
  }

  /// Upstream's feature gates, each with the value that it has unless it is set.
  static Map<String, String> gates() {
    Map<String, String> gates = new LinkedHashMap<>();
    lines("apiserver-gates.txt")
        .map(line -> line.split(" ", 2))
        .forEach(gate -> gates.put(gate[0], gate[1]));
    return gates;
  }

  /// The part of the page of help that says of every flag of upstream what becomes of it.
  static String page() {
    StringBuilder page = new StringBuilder();
    for (Verdict verdict : Verdict.values()) {
      page.append(
          switch (verdict) {
            case WORKS -> "These do what they do upstream:\n\n";
            case ACCEPTED ->
                "\nThese are accepted: what they tune is not there, or is decided otherwise.\n\n";
            case REFUSED ->
                "\nThese are refused, unless they are empty or say what is so anyway: whoever sets them relies on what would be missing.\n\n";
          });
      upstream().values().stream()
          .filter(flag -> flag.verdict() == verdict)
          .forEach(flag -> page.append(flag.line()));
    }
    return page.toString();
  }

  private String line() {
    String shown = "  --%s%s".formatted(name, kind.shown);
    String so = otherwise.isEmpty() ? words : "%s (%s)".formatted(words, otherwise);
    String padded = so.isEmpty() ? shown : "%%-%ds  %%s".formatted(NAME_CHARS).formatted(shown, so);
    return padded + "\n";
  }

  private static ApiServerFlag of(String line) {
    String[] columns = line.split("\\|", -1);
    if (columns.length != COLUMNS) {
      throw new IllegalStateException(
          "apiserver-flags.txt: %s (expected: 5 columns)".formatted(line));
    }
    return new ApiServerFlag(
        columns[0].strip(),
        Kind.valueOf(columns[1].strip().toUpperCase(Locale.ROOT)),
        Verdict.valueOf(columns[2].strip().toUpperCase(Locale.ROOT)),
        columns[3].strip(),
        columns[4].strip());
  }

  private static Stream<String> lines(String file) {
    try (InputStream in = requireNonNull(ApiServerFlag.class.getResourceAsStream(file), file)) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      return lines.stream().filter(line -> !line.isEmpty() && !line.startsWith("#"));
    } catch (IOException broken) {
      throw new UncheckedIOException(file, broken);
    }
  }
}
