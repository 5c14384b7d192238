package dev.pintle.compat.rules;

import dev.pintle.compat.rules.CoverProfile.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The functions of a formatted Go file, and in each what it calls and where it makes an error of a field.
///
/// Read line by line: `gofmt` puts the beginning of a function at the start of a line, and nothing else of it.
final class GoFunctions {
  private static final Pattern FUNCTION = Pattern.compile("^func (?:\\([^)]*\\) )?(\\w+)");
  private static final Pattern VARIABLE = Pattern.compile("^var (\\w+) = ");
  private static final Pattern NAME = Pattern.compile("\\b([A-Za-z]\\w*)\\b");
  private static final Pattern SITE =
      Pattern.compile(
          "\\bfield\\.(?:Invalid|Required|NotSupported|Duplicate|Forbidden|TooLong|TooLongMaxLength|TooMany|NotFound|TypeInvalid)(?:\\[[^]]*])?\\(");

  private GoFunctions() {}

  /// One function.
  ///
  /// @param mentions every name in its body: functions are called and handed over by name
  /// @param sites where it makes an error of a field
  record Function(String name, Set<String> mentions, List<Position> sites) {
    Function(String name) {
      this(name, new TreeSet<>(), new ArrayList<>());
    }
  }

  static List<Function> of(List<String> lines) {
    List<Function> functions = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      for (Pattern beginning : List.of(FUNCTION, VARIABLE)) {
        Matcher begins = beginning.matcher(line);
        if (begins.find()) {
          functions.add(new Function(begins.group(1)));
        }
      }
      if (!functions.isEmpty() && !line.stripLeading().startsWith("//")) {
        read(line, i + 1, functions.getLast());
      }
    }
    return functions;
  }

  private static void read(String line, int number, Function into) {
    Matcher name = NAME.matcher(line);
    while (name.find()) {
      into.mentions().add(name.group(1));
    }
    Matcher site = SITE.matcher(line);
    while (site.find()) {
      into.sites().add(new Position(number, site.start() + 1));
    }
  }
}
