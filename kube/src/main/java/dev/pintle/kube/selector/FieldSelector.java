package dev.pintle.kube.selector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A set of requirements on single fields of an object, `a=b,c!=d`, which must all be met. In values a backslash takes
/// the meaning from a comma, an equals sign and itself. A match asks for each field once, however many requirements
/// there are on it.
public final class FieldSelector {
  public static final FieldSelector EVERYTHING = new FieldSelector(List.of());
  private static final List<String> OPERATORS = List.of("!=", "==", "=");

  public record Term(String field, boolean equal, String value) {}

  private final List<Term> terms;
  private final Map<String, Set<String>> equal = new HashMap<>();
  private final Map<String, Set<String>> unequal = new HashMap<>();

  private FieldSelector(List<Term> terms) {
    this.terms = List.copyOf(terms);
    for (Term term : terms) {
      (term.equal() ? equal : unequal)
          .computeIfAbsent(term.field(), _ -> new HashSet<>())
          .add(term.value());
    }
  }

  public List<Term> terms() {
    return terms;
  }

  /// @throws SelectorSyntaxException with the text that clients know
  public static FieldSelector parse(String text) throws SelectorSyntaxException {
    List<Term> terms = new ArrayList<>();
    for (String part : split(text).stream().sorted().toList()) {
      if (!part.isEmpty()) {
        terms.add(term(text, part));
      }
    }
    return terms.isEmpty() ? EVERYTHING : new FieldSelector(terms);
  }

  public boolean isEverything() {
    return terms.isEmpty();
  }

  /// @param fields answers the value of a field
  public boolean matches(UnaryOperator<String> fields) {
    for (Map.Entry<String, Set<String>> wanted : equal.entrySet()) {
      boolean met =
          wanted.getValue().size() == 1
              && wanted.getValue().contains(fields.apply(wanted.getKey()));
      if (!met) {
        return false;
      }
    }
    for (Map.Entry<String, Set<String>> unwanted : unequal.entrySet()) {
      if (unwanted.getValue().contains(fields.apply(unwanted.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /// The one value that `field` must have, when the selector says so.
  public Optional<String> exactly(String field) {
    return terms.stream()
        .filter(term -> term.equal() && term.field().equals(field))
        .map(Term::value)
        .findFirst();
  }

  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == ',') {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static Term term(String text, String part) throws SelectorSyntaxException {
    for (int i = 0; i < part.length(); i++) {
      for (String operator : OPERATORS) {
        if (part.startsWith(operator, i)) {
          String value = unescape(part.substring(i + operator.length()));
          return new Term(part.substring(0, i), !operator.equals("!="), value);
        }
      }
    }
    throw new SelectorSyntaxException(
        "invalid selector: '%s'; can't understand '%s'".formatted(text, part));
  }

  private static String unescape(String value) throws SelectorSyntaxException {
    StringBuilder plain = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ',' || c == '=') {
        throw new SelectorSyntaxException(
            "invalid field selector: unescaped character in value: %d".formatted((int) c));
      }
      if (c == '\\') {
        i++;
        plain.append(escaped(value, i));
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static char escaped(String value, int at) throws SelectorSyntaxException {
    if (at < value.length() && "\\,=".indexOf(value.charAt(at)) >= 0) {
      return value.charAt(at);
    }
    throw new SelectorSyntaxException(
        "invalid field selector: invalid escape sequence: \\"
            + (at < value.length() ? value.substring(at, at + 1) : ""));
  }
}
