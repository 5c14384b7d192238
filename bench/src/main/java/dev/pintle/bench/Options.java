package dev.pintle.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The choices of one run of the bench.
///
/// @param only words of which a case's name must hold one; empty runs all (`start`, `definitions` and `million` name
///     the cases that have no row of their own)
/// @param scale share of the full number of requests
/// @param alone whether attacks and storms are tried on Pintle only
/// @param quick whether a storm is a small one
/// @param memoryBytes of the container that an overload is judged by; 0 for none
record Options(
    Path root,
    Path launcher,
    Path peers,
    Path tools,
    Path output,
    double scale,
    boolean alone,
    boolean quick,
    long memoryBytes,
    List<String> only) {
  private static final String ALONE = "--alone";
  private static final String QUICK = "--quick";
  private static final String MEMORY = "--memory=";

  /// The launcher script passes the paths; the rest is the user's.
  static Options parse(String[] arguments) {
    Path root = Path.of(System.getProperty("pintle.root", ".")).toAbsolutePath();
    Path tools =
        Path.of(System.getProperty("pintle.peers", root.resolve("compat/peers/bin").toString()));
    Path output =
        Path.of(
            System.getProperty(
                "pintle.bench.output", root.resolve("bench/target/RESULTS.md").toString()));
    double scale = 1;
    boolean alone = false;
    boolean quick = false;
    long memoryBytes = 0;
    List<String> only = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith("--scale=")) {
        scale = Double.parseDouble(argument.substring("--scale=".length()));
      } else if (argument.startsWith("--output=")) {
        output = Path.of(argument.substring("--output=".length()));
      } else if (argument.startsWith(MEMORY)) {
        memoryBytes = Long.parseLong(argument.substring(MEMORY.length())) << 20;
      } else if (argument.equals(ALONE)) {
        alone = true;
      } else if (argument.equals(QUICK)) {
        quick = true;
      } else if (argument.startsWith("-")) {
        throw new IllegalArgumentException(
            argument
                + ": unknown (expected: --scale=N, --output=FILE, --alone, --quick, --memory=MIB or words of cases' names)");
      } else {
        only.add(argument.toLowerCase(Locale.ROOT));
      }
    }
    return new Options(
        root,
        root.resolve("pintle"),
        root.resolve("compat/peers"),
        tools,
        output,
        scale,
        alone,
        quick,
        memoryBytes,
        only);
  }

  boolean wants(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return only.isEmpty() || only.stream().anyMatch(lower::contains);
  }
}
