package dev.pintle.kube.decode;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.JsonObject;

/// The numbers that kinds keep in annotations: upstream reads them as fields that the versioned form of the kind does not have,
/// and writes them anew.
final class AnnotatedNumbers {
  private static final String DAEMONS = "io.k8s.api.apps.v1.DaemonSet";
  private static final String GENERATION = "deprecated.daemonset.template.generation";

  private AnnotatedNumbers() {}

  /// @throws Undecodable for what is no number
  static void read(String typeName, JsonObject object) {
    if (typeName.equals(DAEMONS)) {
      JsonObject annotations = object.objectOrEmpty("metadata").objectOrEmpty("annotations");
      String text = annotations.text(GENERATION);
      if (text != null) {
        annotations.set(GENERATION, Long.toString(number(text)));
      }
    }
  }

  private static long number(String text) {
    int from = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    boolean digits = text.length() > from;
    for (int i = from; i < text.length(); i++) {
      digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    try {
      if (digits) {
        return Long.parseLong(text);
      }
    } catch (NumberFormatException _) {
      throw unparsed(text, "value out of range");
    }
    throw unparsed(text, "invalid syntax");
  }

  private static Undecodable unparsed(String text, String why) {
    return Undecodable.unconverted(
        "strconv.ParseInt: parsing %s: %s".formatted(GoText.quote(text), why));
  }
}
