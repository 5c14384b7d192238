package dev.pintle.kube.instance;

import dev.pintle.kube.pattern.UserPatterns;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueRules.Bounds;

/// The rules of lengths, patterns and formats of texts. Of length and pattern only the first mistake is told.
final class TextCheck {
  private TextCheck() {}

  static void check(
      SchemaNode node,
      InstanceValue subject,
      String text,
      ValidationResult verdict,
      CheckEffort effort) {
    lengthAndPattern(node, subject, text, verdict, effort);
    String format = ValueFormats.checked(node);
    if (ValueFormats.isOfText(format)) {
      if (!ValueFormats.accepts(format, text)) {
        subject.wrongType(verdict, format, text);
      }
      verdict.match();
    }
  }

  private static void lengthAndPattern(
      SchemaNode node,
      InstanceValue subject,
      String text,
      ValidationResult verdict,
      CheckEffort effort) {
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
    if (pattern != null && !pattern.isEmpty() && !matches(pattern, text, effort)) {
      subject.invalid(verdict, subject.value(), "should match '%s'".formatted(pattern));
    }
  }

  private static boolean matches(String expression, String text, CheckEffort effort) {
    UserPatterns.Compiled pattern = UserPatterns.of(expression);
    try {
      return pattern != null && effort.spend(pattern.steps(text)) && pattern.isIn(text);
    } catch (StackOverflowError _) {
      // The matcher goes as deep as parts that may be empty follow one another.
      return false;
    }
  }
}
