package dev.pintle.kube.selector;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.selector.LabelLexer.Kind;
import dev.pintle.kube.selector.LabelLexer.Token;
import dev.pintle.kube.selector.LabelSelector.Operator;
import dev.pintle.kube.selector.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The reader of the text of a label selector: `a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1`.
final class LabelParser {
  private final List<Token> tokens;
  private int at;

  private LabelParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  static List<Requirement> parse(String text) throws SelectorSyntaxException {
    return new LabelParser(LabelLexer.tokens(text)).requirements();
  }

  private List<Requirement> requirements() throws SelectorSyntaxException {
    List<Requirement> requirements = new ArrayList<>();
    while (true) {
      Token token = peek();
      if (token.is(Kind.END)) {
        return requirements;
      }
      if (!isWord(token) && !token.is(Kind.NOT)) {
        throw found(token, ", expected: !, identifier, or 'end of string'");
      }
      requirements.add(requirementOrExplain());
      Token after = take();
      if (after.is(Kind.END)) {
        return requirements;
      }
      if (!after.is(Kind.COMMA)) {
        throw found(after, ", expected: ',' or 'end of string'");
      }
      if (!isWord(peek()) && !peek().is(Kind.NOT)) {
        throw found(peek(), ", expected: identifier after ','");
      }
    }
  }

  private Requirement requirementOrExplain() throws SelectorSyntaxException {
    try {
      return requirement();
    } catch (SelectorSyntaxException e) {
      throw new SelectorSyntaxException("unable to parse requirement: " + e.getMessage());
    }
  }

  private Requirement requirement() throws SelectorSyntaxException {
    Token token = take();
    boolean negated = token.is(Kind.NOT);
    if (negated) {
      token = take();
    }
    if (!isWord(token)) {
      throw found(token, ", expected: identifier");
    }
    String key = token.text();
    requireValid("<nil>", key, Formats.qualifiedName(key));
    if (negated) {
      return new Requirement(key, Operator.ABSENT, Set.of());
    }
    if (peek().is(Kind.END) || peek().is(Kind.COMMA)) {
      return new Requirement(key, Operator.PRESENT, Set.of());
    }
    return checked(withOperator(key));
  }

  private Requirement withOperator(String key) throws SelectorSyntaxException {
    Token sign = take();
    return switch (sign.kind()) {
      case IN -> new Requirement(key, Operator.IN, valueList());
      case NOT_IN -> new Requirement(key, Operator.NOT_IN, valueList());
      case EQUALS, DOUBLE_EQUALS -> new Requirement(key, Operator.IN, Set.of(value()));
      case NOT_EQUALS -> new Requirement(key, Operator.NOT_IN, Set.of(value()));
      case GREATER -> new Requirement(key, Operator.GREATER, Set.of(value()));
      case LESS -> new Requirement(key, Operator.LESS, Set.of(value()));
      case END, CLOSE, COMMA, NOT, WORD, OPEN, ERROR ->
          throw found(sign, ", expected: in, notin, =, ==, !=, gt, lt");
    };
  }

  private static Requirement checked(Requirement requirement) throws SelectorSyntaxException {
    boolean numeric =
        requirement.operator() == Operator.GREATER || requirement.operator() == Operator.LESS;
    int position = 0;
    for (String value : requirement.values()) {
      if (numeric && LabelSelector.number(value).isEmpty()) {
        throw new SelectorSyntaxException(
            "values[%d]: Invalid value: \"%s\": for 'Gt', 'Lt' operators, the value must be an integer"
                .formatted(position, value));
      }
      List<String> complaints = Formats.labelValue(value);
      if (!complaints.isEmpty()) {
        requireValid("values[%d][%s]".formatted(position, requirement.key()), value, complaints);
      }
      position++;
    }
    return requirement;
  }

  private static void requireValid(String place, String text, List<String> complaints)
      throws SelectorSyntaxException {
    if (!complaints.isEmpty()) {
      throw new SelectorSyntaxException(
          "%s: Invalid value: \"%s\": %s".formatted(place, text, String.join("; ", complaints)));
    }
  }

  private String value() throws SelectorSyntaxException {
    if (peek().is(Kind.END) || peek().is(Kind.COMMA)) {
      return "";
    }
    Token token = take();
    if (!isWord(token)) {
      throw found(token, ", expected: identifier");
    }
    return token.text();
  }

  private Set<String> valueList() throws SelectorSyntaxException {
    Token open = take();
    if (!open.is(Kind.OPEN)) {
      throw found(open, " expected: '('");
    }
    Set<String> values = new TreeSet<>();
    if (peek().is(Kind.CLOSE)) {
      values.add("");
    } else if (isWord(peek()) || peek().is(Kind.COMMA)) {
      valuesInto(values);
    } else {
      throw found(peek(), ", expected: ',', ')' or identifier");
    }
    take();
    return values;
  }

  /// An empty place between commas stands for the empty value.
  private void valuesInto(Set<String> values) throws SelectorSyntaxException {
    while (true) {
      Token token = take();
      if (isWord(token)) {
        values.add(token.text());
        if (peek().is(Kind.CLOSE)) {
          return;
        }
        if (!peek().is(Kind.COMMA)) {
          throw found(peek(), ", expected: ',' or ')'");
        }
      } else if (token.is(Kind.COMMA)) {
        if (values.isEmpty() || peek().is(Kind.CLOSE) || peek().is(Kind.COMMA)) {
          values.add("");
        }
        if (peek().is(Kind.CLOSE)) {
          return;
        }
      } else {
        throw found(token, ", expected: ',', or identifier");
      }
    }
  }

  /// `in` and `notin` are ordinary words wherever an operator cannot stand.
  private static boolean isWord(Token token) {
    return token.is(Kind.WORD) || token.is(Kind.IN) || token.is(Kind.NOT_IN);
  }

  private Token peek() {
    return tokens.get(Math.min(at, tokens.size() - 1));
  }

  private Token take() {
    Token token = peek();
    at++;
    return token;
  }

  private static SelectorSyntaxException found(Token token, String rest) {
    return new SelectorSyntaxException("found '%s'%s".formatted(token.text(), rest));
  }
}
