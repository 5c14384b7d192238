package dev.pintle.compat.mutation;

import dev.pintle.compat.twin.Difference;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The kind of fault that a difference belongs to: what is told differently, without names, numbers and values.
///
/// @param text the same for what is mended in one place
record Fault(String text) {
  private static final Pattern QUOTED = Pattern.compile("\\\\?\"(?:[^\"\\\\]|\\\\.)*?\\\\?\"");
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern INDEX = Pattern.compile("\\[[^\\]]*]");
  private static final Pattern SHOWN = Pattern.compile("Invalid value: [^:]*:");
  private static final int LENGTH_MAX = 160;

  static Fault of(Mutated mutated, List<Difference> differences) {
    String what =
        fact(differences, "status")
            .map(status ->
                "status %s, ours %s: %s"
                    .formatted(status.real(), status.pintle(), message(differences)))
            .orElseGet(() -> first(differences));
    String at = mutated.part().isEmpty() ? "" : "/" + mutated.part();
    return new Fault(
        "%s%s of %s: %s".formatted(mutated.form().title(), at, mutated.sample().kind(), what));
  }

  private static Optional<Difference> fact(List<Difference> differences, String name) {
    return differences.stream().filter(one -> one.fact().equals(name)).findFirst();
  }

  private static String message(List<Difference> differences) {
    return fact(differences, ".message")
        .map(told -> {
          boolean theirs = !told.real().equals(Difference.ABSENT);
          return (theirs ? "real: " + plain(told.real()) : "pintle: " + plain(told.pintle()));
        })
        .orElse("");
  }

  private static String first(List<Difference> differences) {
    Optional<Difference> cause =
        differences.stream().filter(one -> one.fact().startsWith(".details.causes")).findFirst();
    Difference told = cause.orElse(differences.getFirst());
    String name = INDEX.matcher(told.fact()).replaceAll("[]");
    return cause.isPresent() || told.fact().equals(".message")
        ? "%s: real %s, ours %s".formatted(name, plain(told.real()), plain(told.pintle()))
        : plain(name)
            + (told.real().equals(Difference.ABSENT) ? " only ours" : "")
            + (told.pintle().equals(Difference.ABSENT) ? " only real" : "");
  }

  private static String plain(String text) {
    String out = QUOTED.matcher(text).replaceAll("Q");
    out = SHOWN.matcher(out).replaceAll("Invalid value: V:");
    out = NUMBER.matcher(INDEX.matcher(out).replaceAll("[]")).replaceAll("N");
    return out.length() > LENGTH_MAX ? out.substring(0, LENGTH_MAX) : out;
  }
}
