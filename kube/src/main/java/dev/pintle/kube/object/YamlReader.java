package dev.pintle.kube.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.ScannerException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// The reader of one YAML document into a tree, with the scalars of YAML 1.1 as Kubernetes reads them.
public final class YamlReader {
  /// References to anchored collections in one document: more is an attack, or no manifest.
  public static final int ALIASES_MAX = 100;

  /// Values that the tree may hold once aliases are followed.
  public static final int VALUES_MAX = 1_000_000;

  public static final int CHARACTERS_MAX = 3 * 1024 * 1024;

  /// Collections within one another: fewer than in JSON, because all calls that make a tree must fit on the stack of any thread.
  static final int DEPTH_MAX = 400;

  /// Characters that aliases may repeat in all.
  static final int REPEATED_CHARACTERS_MAX = 16 << 20;

  private static final int BUFFER_CHARACTERS_MIN = 1_024;

  private YamlReader() {}

  public static Json read(String text) {
    return read(text, _ -> {});
  }

  /// @param duplicates is told of each key that is repeated, in the words of Go's parser (`line 3: key "a" already set in
  ///     map`)
  public static Json read(String text, Consumer<? super String> duplicates) {
    LoadSettings settings =
        LoadSettings.builder()
            .setAllowDuplicateKeys(true)
            .setMaxAliasesForCollections(ALIASES_MAX)
            .setCodePointLimit(CHARACTERS_MAX)
            // The whole text at once: a token that is longer than the buffer is copied again for
            // each piece of it.
            .setBufferSize(Math.max(BUFFER_CHARACTERS_MIN, text.length() + 1))
            .setSchema(new Yaml11Schema())
            .build();
    try {
      return read(settings, text, false, duplicates);
    } catch (MarkedYamlEngineException broken) {
      throw new JsonSyntaxException("yaml: " + goWords(broken, text));
    } catch (YamlVersionException _) {
      throw new JsonSyntaxException("yaml: found incompatible YAML document");
    } catch (YamlEngineException broken) {
      throw new JsonSyntaxException("yaml: " + firstLine(broken.getMessage()));
    }
  }

  /// A text is read again, once, where it has escapes that only Go's parser knows.
  private static Json read(
      LoadSettings settings, String text, boolean mended, Consumer<? super String> duplicates) {
    List<String> told = new ArrayList<>(0);
    try {
      Parser parser = new ParserImpl(settings, new StreamReader(settings, text));
      Json value = new YamlTree(parser, told::add).read();
      told.forEach(duplicates);
      return value;
    } catch (ScannerException broken) {
      boolean mendable = !mended && broken.getProblem().startsWith(YamlEscapes.UNKNOWN);
      String next = mendable ? YamlMending.of(text) : text;
      if (next.equals(text)) {
        told.forEach(duplicates);
        throw broken;
      }
      return read(settings, next, true, duplicates);
    }
  }

  /// Go's parser counts the lines of its own faults from nought, and those of single characters from one; the first line it does
  /// not tell.
  private static String goWords(MarkedYamlEngineException broken, String text) {
    String problem = goProblem(broken);
    int line = line(broken.getProblemMark());
    if (broken instanceof ParserException && isUnendedLine(broken.getProblemMark(), text)) {
      line++;
    }
    if (line != 0) {
      boolean scanned = broken instanceof ScannerException;
      return "line %d: %s".formatted(scanned ? line + 1 : line, problem);
    }
    int begun = line(broken.getContextMark());
    return begun == 0 ? problem : "line %d: %s".formatted(begun, problem);
  }

  /// Whether a place is the end of a text without a line break, where Go's reader begins another line.
  private static boolean isUnendedLine(Optional<Mark> mark, String text) {
    return mark.isPresent()
        && mark.get().getColumn() > 0
        && mark.get().getIndex() >= text.codePointCount(0, text.length());
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0);
  }

  private static String goProblem(MarkedYamlEngineException broken) {
    String problem = broken.getProblem();
    if (problem.startsWith(YamlEscapes.UNKNOWN)) {
      return YamlEscapes.UNKNOWN;
    }
    if (problem.startsWith("expected escape sequence of")) {
      return "did not find expected hexdecimal number";
    }
    if (problem.contains("that cannot start any token")) {
      return "found character that cannot start any token";
    }
    if (problem.startsWith("expected <block end>")) {
      boolean list = String.valueOf(broken.getContext()).contains("collection");
      return list ? "did not find expected '-' indicator" : "did not find expected key";
    }
    if (problem.startsWith("expected the node content")) {
      return "did not find expected node content";
    }
    int but = problem.indexOf(", but ");
    if (problem.startsWith("expected ") && but > 0) {
      return "did not find " + problem.substring(0, but);
    }
    return problem.replace(
        "mapping values are not allowed here", "mapping values are not allowed in this context");
  }

  private static String firstLine(@Nullable String message) {
    return message == null
        ? "unreadable document"
        : message.lines().findFirst().orElse("unreadable document");
  }
}
