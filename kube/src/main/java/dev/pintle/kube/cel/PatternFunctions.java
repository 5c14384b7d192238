package dev.pintle.kube.cel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.pintle.kube.cel.Functions.Implementation;
import dev.pintle.kube.pattern.GoPattern;
import dev.pintle.kube.pattern.UserPatterns;
import dev.pintle.kube.pattern.UserPatterns.Compiled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Functions that look for patterns. The time of a search is linear in the text.
final class PatternFunctions {
  private PatternFunctions() {}

  static void addTo(Map<String, Implementation> functions) {
    for (String function : new String[] {"matches", "find", "findAll"}) {
      functions.put(
          function,
          (frame, given) -> {
            if (function.equals("matches") && !(given[0] instanceof Value.Text)) {
              frame.charge(CallCosts.ofMisfit(function));
              throw new CelException(CelException.NO_OVERLOAD + ": " + function);
            }
            String pattern = TextFunctions.text(given, 1);
            TextFunctions.text(given, 0);
            frame.allocate(8L * pattern.length());
            return of(function, compile(pattern)).call(frame, given);
          });
    }
  }

  /// A function with a pattern that is known. It looks at the name of a type too.
  static Implementation of(String function, Compiled compiled) {
    return (frame, given) -> {
      String text = searched(given[0]);
      frame.search((long) text.length() * compiled.instructions());
      try {
        return switch (function) {
          case "matches" -> Value.of(compiled.isIn(text));
          case "find" -> find(compiled.pattern(), text);
          default -> findAll(frame, compiled.pattern(), text, given);
        };
      } catch (StackOverflowError _) {
        // The matcher goes as deep as parts that may be empty follow one another.
        throw CelException.costLimit();
      }
    };
  }

  /// Upstream has compiled the pattern before, and tells of no function when it tries it on what is no text.
  private static String searched(Value value) {
    if (value instanceof Value.Text(String text)) {
      return text;
    }
    if (value instanceof Value.Type(String name)) {
      return name;
    }
    throw CelException.plainNoOverload();
  }

  static Compiled compile(String pattern) {
    Compiled compiled = UserPatterns.of(pattern);
    if (compiled == null) {
      throw new CelException("error parsing regexp: " + GoPattern.problem(pattern));
    }
    return compiled;
  }

  private static Value find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return Value.of(matcher.find() ? matcher.group() : "");
  }

  private static Value findAll(Activation frame, Pattern pattern, String text, Value[] given) {
    long most = given.length > 2 ? TextFunctions.number(given, 2) : -1;
    List<Value> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    // A match of nothing does not stand right behind another one.
    int end = -1;
    while ((most < 0 || found.size() < most) && matcher.find()) {
      String part = matcher.group();
      if (part.isEmpty() && matcher.start() == end) {
        continue;
      }
      end = matcher.end();
      frame.allocate(TextFunctions.bytes(part.length()));
      found.add(Value.of(part));
    }
    return new Value.ListValue(found);
  }
}
