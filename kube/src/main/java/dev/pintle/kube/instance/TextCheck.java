package dev.pintle.kube.instance;

import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueRules.Bounds;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Lengths, patterns and formats of texts. Of length and pattern only the first mistake is told.
final class TextCheck {
  private static final int PATTERNS_KEPT_MAX = 4_096;
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private TextCheck() {}

  static void check(SchemaNode node, Subject subject, String text, Verdict verdict) {
    lengthAndPattern(node, subject, text, verdict);
    String format = ValueFormats.checked(node);
    if (ValueFormats.isOfText(format)) {
      if (!ValueFormats.accepts(format, text)) {
        subject.wrongType(verdict, format, text);
      }
      verdict.match();
    }
  }

  private static void lengthAndPattern(
      SchemaNode node, Subject subject, String text, Verdict verdict) {
    verdict.match();
    Bounds length = node.rules().text().length();
    int characters = text.codePointCount(0, text.length());
    Long most = length.atMost();
    if (most != null && characters > most) {
      subject.tooLong(verdict, most);
      return;
    }
    Long least = length.atLeast();
    if (least != null && characters < least) {
      subject.invalid(
          verdict, subject.value(), "should be at least %d chars long".formatted(least));
      return;
    }
    String pattern = node.rules().text().pattern();
    if (pattern != null && !pattern.isEmpty() && !matches(pattern, text)) {
      subject.invalid(verdict, subject.value(), "should match '%s'".formatted(pattern));
    }
  }

  private static boolean matches(String expression, String text) {
    Pattern pattern = PATTERNS.get(expression);
    if (pattern == null) {
      try {
        pattern = Pattern.compile(expression);
      } catch (PatternSyntaxException _) {
        return false;
      }
      if (PATTERNS.size() < PATTERNS_KEPT_MAX) {
        PATTERNS.put(expression, pattern);
      }
    }
    return pattern.matcher(text).find();
  }
}
