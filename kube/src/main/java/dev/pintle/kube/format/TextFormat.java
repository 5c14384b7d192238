package dev.pintle.kube.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A form that a text must have: how long it may be and what it may consist of.
///
/// @param bytesMax in UTF-8; 0 for any length
/// @param expression the form as messages tell it
/// @param form whether a text has it, in one pass
/// @param wording what a valid text is, without the examples and the expression
record TextFormat(
    int bytesMax,
    String expression,
    Predicate<String> form,
    String wording,
    List<String> examples) {

  static TextFormat of(
      int bytesMax, String expression, Predicate<String> form, String wording, String... examples) {
    return new TextFormat(bytesMax, expression, form, wording, List.of(examples));
  }

  /// What is wrong with `text`; empty when nothing is.
  List<String> complaints(String text) {
    if (fits(text)) {
      return List.of();
    }
    List<String> complaints = new ArrayList<>(0);
    if (bytesMax > 0 && Formats.isLonger(text, bytesMax)) {
      complaints.add(tooLong(bytesMax));
    }
    if (!matches(text)) {
      complaints.add(mismatch());
    }
    return complaints;
  }

  /// Whether there is nothing to complain of.
  boolean fits(String text) {
    return matches(text) && !(bytesMax > 0 && Formats.isLonger(text, bytesMax));
  }

  boolean matches(String text) {
    return form.test(text);
  }

  /// Old messages say characters where they count bytes.
  static String tooLong(int bytesMax) {
    return "must be no more than %d characters".formatted(bytesMax);
  }

  /// `wording (e.g. 'a',  or 'b', regex used for validation is '…')`, the commas as clients know them.
  String mismatch() {
    StringBuilder text = new StringBuilder(wording).append(" (");
    for (int i = 0; i < examples.size(); i++) {
      text.append(i == 0 ? "e.g. '" : " or '").append(examples.get(i)).append("', ");
    }
    return text.append("regex used for validation is '").append(expression).append("')").toString();
  }
}
