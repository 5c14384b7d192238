package dev.pintle.server.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A flag of etcd and what becomes of it here, as the table `etcd-flags.txt` has it.
///
/// @param choices the words of a [Kind#CHOICE]
/// @param otherwise what one that is refused may say all the same
/// @param words how far it works, or why it does not
record EtcdFlag(
    String name,
    Kind kind,
    List<String> choices,
    Verdict verdict,
    Set<String> otherwise,
    String words) {
  private static final String TABLE = "etcd-flags.txt";
  private static final int COLUMNS = 5;
  private static final int NAME_CHARS = 44;

  /// Upstream once had them and passes them over.
  private static final List<String> PASSED_OVER =
      List.of(
          "cluster-active-size",
          "cluster-remove-delay",
          "cluster-sync-interval",
          "config",
          "force",
          "max-result-buffer",
          "max-retry-attempts",
          "peer-heartbeat-interval",
          "peer-election-timeout",
          "retry-interval",
          "snapshot",
          "v",
          "vv",
          "test.coverprofile",
          "test.outputdir");

  /// A form of values, as upstream reads them.
  enum Kind {
    SWITCH(""),
    TEXT(" VALUE"),
    URLS(" URL[,URL]"),
    ORIGINS(" URL[,URL]"),
    LIST(" VALUE[,VALUE]"),
    UINT(" N"),
    UINT32(" N"),
    UINT64(" N"),
    INT(" N"),
    INT64(" N"),
    DURATION(" TIME"),
    GATES(" GATE=true|false[,...]"),
    CHOICE(""),
    PASSED_OVER("");

    private final String shown;

    Kind(String shown) {
      this.shown = shown;
    }

    /// Whether it may stand alone, and takes a value only behind an equals sign.
    boolean mayStandAlone() {
      return this == SWITCH || this == PASSED_OVER;
    }
  }

  /// The fate of a flag.
  enum Verdict {
    WORKS,
    ACCEPTED,
    REFUSED
  }

  /// Those of upstream's help, in its order.
  static Map<String, EtcdFlag> upstream() {
    Map<String, EtcdFlag> flags = new LinkedHashMap<>();
    for (String line : table()) {
      EtcdFlag flag = of(line);
      flags.put(flag.name(), flag);
    }
    return flags;
  }

  /// Those that are taken: upstream's, those that it passes over, and ours.
  static Map<String, EtcdFlag> known() {
    Map<String, EtcdFlag> flags = upstream();
    PASSED_OVER.forEach(name -> flags.put(name, plain(name, Kind.PASSED_OVER, Verdict.ACCEPTED)));
    EtcdFlags.OUR_OWN.forEach(name -> flags.put(name, plain(name, Kind.TEXT, Verdict.WORKS)));
    return flags;
  }

  /// The part of the page of help that says of every flag of upstream what becomes of it.
  static String page() {
    StringBuilder page = new StringBuilder();
    for (Verdict verdict : Verdict.values()) {
      page.append(
          switch (verdict) {
            case WORKS -> "These do what they do in etcd:\n\n";
            case ACCEPTED ->
                "\nThese are accepted, with a notice in the log: what they tune is not there.\n\n";
            case REFUSED ->
                "\nThese are refused, unless they are empty or say what is so anyway: whoever sets them relies on what would be\nmissing.\n\n";
          });
      upstream().values().stream()
          .filter(flag -> flag.verdict() == verdict)
          .forEach(flag -> page.append(flag.line()));
    }
    return page.toString();
  }

  /// As upstream names the variable of the environment.
  String variable() {
    return EtcdFlags.VARIABLES + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /// Whether nothing is asked for that would be missing.
  boolean mayBe(String value) {
    return verdict != Verdict.REFUSED || value.isEmpty() || otherwise.contains(value);
  }

  private String line() {
    String values = kind == Kind.CHOICE ? " " + String.join("|", choices) : kind.shown;
    String shown = "  --%s%s".formatted(name, values);
    String so =
        otherwise.isEmpty() ? words : "%s (%s)".formatted(words, String.join(" ", otherwise));
    String padded = so.isEmpty() ? shown : "%%-%ds  %%s".formatted(NAME_CHARS).formatted(shown, so);
    return padded + "\n";
  }

  private static EtcdFlag plain(String name, Kind kind, Verdict verdict) {
    return new EtcdFlag(name, kind, List.of(), verdict, Set.of(), "");
  }

  private static EtcdFlag of(String line) {
    String[] columns = line.split("\\|", -1);
    if (columns.length != COLUMNS) {
      throw new IllegalStateException(
          "%s: %s (expected: %d columns)".formatted(TABLE, line, COLUMNS));
    }
    List<String> kind = words(columns[1]);
    return new EtcdFlag(
        columns[0],
        Kind.valueOf(kind.getFirst().toUpperCase(Locale.ROOT)),
        kind.subList(1, kind.size()),
        Verdict.valueOf(columns[2].toUpperCase(Locale.ROOT)),
        Set.copyOf(words(columns[3])),
        columns[4]);
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  private static List<String> table() {
    try (InputStream in = requireNonNull(EtcdFlag.class.getResourceAsStream(TABLE), TABLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(TABLE, broken);
    }
  }
}
