package dev.pintle.kube.jsonpath;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The reader of paths, by the rules of client-go's parser: a path is what stands in the first braces of a template.
final class JsonPathParser {
  private static final String TERMINATORS = " \t\r\n.,[]$@{}";

  /// Filters and unions within one another.
  private static final int DEPTH_MAX = 16;

  private static final Pattern COMPARISON =
      Pattern.compile("([^!<>=]++)([!<>=]+)(.+)", Pattern.DOTALL);
  private static final Pattern DICTIONARY_KEY = Pattern.compile("'([^']*+)'");
  private static final Pattern SLICE = Pattern.compile("(-?[0-9]*+)(:-?[0-9]*+)?+(:-?[0-9]*+)?+");

  private final String text;
  private final int depth;
  private final List<Step> steps = new ArrayList<>();
  private int at;

  /// @param text up to and with the brace that closes it
  private JsonPathParser(String text, int depth) {
    this.text = text;
    this.depth = depth;
  }

  /// The steps of the first action of `{text}`; what comes behind is only read.
  static List<Step> template(String text) throws JsonPathException {
    JsonPathParser parser = new JsonPathParser(text + "}", 0);
    parser.action();
    List<Step> first = List.copyOf(parser.steps);
    for (int open = parser.nextAction(); open >= 0; open = parser.nextAction()) {
      parser.at = open + 1;
      parser.steps.clear();
      parser.action();
    }
    return first;
  }

  private int nextAction() {
    return text.indexOf('{', at);
  }

  private List<Step> inner(String path) throws JsonPathException {
    if (depth >= DEPTH_MAX) {
      throw new JsonPathException("paths within paths (expected: at most " + DEPTH_MAX + ")");
    }
    JsonPathParser parser = new JsonPathParser(path + "}", depth + 1);
    parser.action();
    return List.copyOf(parser.steps);
  }

  /// Reads to the closing brace.
  private void action() throws JsonPathException {
    while (!text.startsWith("}", at)) {
      if (text.startsWith("[?(", at)) {
        filter();
      } else if (text.startsWith("..", at)) {
        recursiveDescent();
      } else {
        one();
      }
    }
    at++;
  }

  private void one() throws JsonPathException {
    if (at >= text.length() || "\r\n".indexOf(text.charAt(at)) >= 0) {
      throw new JsonPathException("unclosed action");
    }
    int point = text.codePointAt(at);
    switch (point) {
      case ' ', '@', '$' -> at++;
      case '[' -> brackets();
      case '"', '\'' -> quoted((char) point);
      case '.' -> {
        at++;
        field();
      }
      default -> {
        if (point == '+' || point == '-' || Character.isDigit(point)) {
          number();
        } else if (isAlphanumeric(point)) {
          word();
        } else {
          String shown =
              GoText.isPrintable(point) ? " '%s'".formatted(Character.toString(point)) : "";
          throw new JsonPathException(
              "unrecognized character in action: U+%04X%s".formatted(point, shown));
        }
      }
    }
  }

  private static boolean isAlphanumeric(int point) {
    return point == '_' || Character.isLetter(point) || Character.isDigit(point);
  }

  private void recursiveDescent() throws JsonPathException {
    if (!steps.isEmpty() && steps.getLast() instanceof Step.RecursiveDescent) {
      throw new JsonPathException("invalid multiple recursive descent");
    }
    at += 2;
    steps.add(new Step.RecursiveDescent());
    if (at < text.length() && isAlphanumeric(text.codePointAt(at))) {
      field();
    }
  }

  private void field() {
    int start = at;
    while (at < text.length() && TERMINATORS.indexOf(text.charAt(at)) < 0) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at, text.length());
    String name = text.substring(start, at);
    steps.add(name.equals("*") ? new Step.Wildcard() : new Step.Field(name.replace("\\", "")));
  }

  private void number() throws JsonPathException {
    int start = at++;
    while (at < text.length()
        && (text.charAt(at) == '.' || Character.isDigit(text.codePointAt(at)))) {
      at++;
    }
    String number = text.substring(start, at);
    try {
      boolean whole = number.indexOf('.') < 0;
      steps.add(
          new Step.Constant(
              whole
                  ? new Json.Whole(Long.parseLong(number))
                  : new Json.Decimal(Double.parseDouble(number))));
    } catch (NumberFormatException _) {
      throw new JsonPathException("cannot parse number " + number);
    }
  }

  private void word() {
    int start = at;
    while (at < text.length() && TERMINATORS.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    steps.add(
        switch (word) {
          case "true" -> new Step.Constant(Json.Bool.TRUE);
          case "false" -> new Step.Constant(Json.Bool.FALSE);
          default -> new Step.Word(word);
        });
  }

  private void brackets() throws JsonPathException {
    int close = text.indexOf(']', at);
    String inside = text.substring(at + 1, Math.max(at + 1, close));
    if (close < 0 || inside.indexOf('\n') >= 0) {
      throw new JsonPathException("unterminated array");
    }
    at = close + 1;
    if (inside.indexOf(',') < 0) {
      steps.addAll(item(inside));
      return;
    }
    List<List<Step>> paths = new ArrayList<>();
    for (String part : inside.split(",", -1)) {
      paths.add(inner("[" + trimmed(part) + "]"));
    }
    steps.add(new Step.Union(paths));
  }

  private static String trimmed(String part) {
    int from = 0;
    int to = part.length();
    while (from < to && part.charAt(from) == ' ') {
      from++;
    }
    while (to > from && part.charAt(to - 1) == ' ') {
      to--;
    }
    return part.substring(from, to);
  }

  private List<Step> item(String inside) throws JsonPathException {
    Matcher key = DICTIONARY_KEY.matcher(inside);
    if (key.matches()) {
      return inner("." + key.group(1));
    }
    Matcher slice = SLICE.matcher(inside.equals("*") ? ":" : inside);
    if (!slice.matches()) {
      throw new JsonPathException("invalid array index " + inside);
    }
    String first = slice.group(1);
    Long from = first.isEmpty() ? null : whole(first);
    boolean single = slice.group(2) == null;
    Long to = single ? Long.valueOf((from == null ? 0 : from) + 1) : bound(slice.group(2));
    return List.of(new Step.Slice(from, to, single, bound(slice.group(3))));
  }

  /// @param written with the colon before it
  private static @Nullable Long bound(@Nullable String written) throws JsonPathException {
    return written == null || written.length() == 1 ? null : whole(written.substring(1));
  }

  private static Long whole(String digits) throws JsonPathException {
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException _) {
      throw new JsonPathException("array index %s is not a number".formatted(digits));
    }
  }

  private void filter() throws JsonPathException {
    at += 3;
    int start = at;
    int end = endOfFilter();
    if (end + 1 >= text.length() || text.charAt(end + 1) != ']') {
      throw new JsonPathException("unclosed array expect ]");
    }
    at = end + 2;
    String condition = text.substring(start, end);
    Matcher comparison = COMPARISON.matcher(condition);
    steps.add(
        comparison.matches()
            ? new Step.Filter(
                inner(comparison.group(1)), comparison.group(2), inner(comparison.group(3)))
            : new Step.Filter(inner(condition), "", List.of()));
  }

  /// Where the `)` is that stands in no quotes; one pair of them is looked for.
  private int endOfFilter() throws JsonPathException {
    char quote = 0;
    boolean closed = false;
    for (int i = at; i < text.length() && text.charAt(i) != '\n'; i++) {
      char c = text.charAt(i);
      if ((c == '"' || c == '\'') && quote == 0) {
        quote = c;
      } else if (c == quote && quote != 0 && text.charAt(i - 1) != '\\') {
        closed = true;
      } else if (c == ')' && (quote == 0 || closed)) {
        return i;
      }
    }
    throw new JsonPathException("unterminated filter");
  }

  private void quoted(char quote) throws JsonPathException {
    int start = ++at;
    while (at < text.length() && (text.charAt(at) != quote || text.charAt(at - 1) == '\\')) {
      if (text.charAt(at) == '\n') {
        throw new JsonPathException("unterminated quoted string");
      }
      at++;
    }
    if (at >= text.length()) {
      throw new JsonPathException("unterminated quoted string");
    }
    String inside = text.substring(start, at++);
    steps.add(new Step.Literal(new Json.Text(QuotedText.unquoted(inside, quote))));
  }
}
