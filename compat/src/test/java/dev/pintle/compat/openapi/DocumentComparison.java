package dev.pintle.compat.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The comparison of one document of both servers. Descriptions of definitions and of their fields may differ for a reason;
/// everything else that does is told.
final class DocumentComparison {
  private static final String DESCRIPTION = "description";
  private static final String PROPERTIES = "properties";
  private static final String REF = "$ref";
  private static final String ALL_OF = "allOf";
  private static final String VALUES = "Possible enum values:";
  private static final String VALUE = "\n - `";

  private final String name;
  private final Places explained;
  private final List<String> unexplained = new ArrayList<>();

  /// @param explained gets the places where there is a reason
  DocumentComparison(String name, Places explained) {
    this.name = name;
    this.explained = explained;
  }

  /// What differs without a reason.
  List<String> of(JsonNode real, JsonNode ours) {
    ObjectNode realRest = (ObjectNode) real.deepCopy();
    ObjectNode oursRest = (ObjectNode) ours.deepCopy();
    definitions(definitions(realRest), definitions(oursRest));
    compare("", realRest, oursRest);
    return unexplained;
  }

  private static JsonNode definitions(JsonNode document) {
    return document.has("definitions")
        ? document.path("definitions")
        : document.path("components").path("schemas");
  }

  private void definitions(JsonNode real, JsonNode ours) {
    for (String definition : real.propertyNames()) {
      if (ours.get(definition) instanceof ObjectNode mine
          && real.get(definition) instanceof ObjectNode theirs) {
        describe(definition, theirs, mine);
        fields(definition, theirs, mine);
      }
    }
  }

  private void fields(String definition, JsonNode real, JsonNode ours) {
    JsonNode fields = real.path(PROPERTIES);
    for (String field : fields.propertyNames()) {
      if (ours.path(PROPERTIES).get(field) instanceof ObjectNode mine
          && fields.get(field) instanceof ObjectNode theirs) {
        describe(definition + "." + field, theirs, mine);
      }
    }
  }

  /// Takes descriptions that differ for a reason out of both.
  private void describe(String place, ObjectNode real, ObjectNode ours) {
    String theirs = real.path(DESCRIPTION).asString("");
    String mine = ours.path(DESCRIPTION).asString("");
    if (theirs.equals(mine)) {
      return;
    }
    explained.add(
        withoutMeanings(theirs).equals(mine)
            ? Reason.MEANING_OF_VALUES
            : Reason.TEXT_OF_ANOTHER_RELEASE,
        place);
    real.remove(DESCRIPTION);
    ours.remove(DESCRIPTION);
    plainReference(real);
    plainReference(ours);
  }

  /// With a description a reference stands in an alternative of one, without it may stand alone.
  private static void plainReference(ObjectNode field) {
    JsonNode all = field.path(ALL_OF);
    if (field.size() == 1 && all.size() == 1 && all.get(0).has(REF)) {
      field.remove(ALL_OF);
      field.set(REF, all.get(0).get(REF));
    }
  }

  /// The values alone.
  static String withoutMeanings(String description) {
    int begin = description.indexOf(VALUES);
    if (begin < 0) {
      return description;
    }
    StringBuilder text = new StringBuilder(description.substring(0, begin)).append(VALUES);
    int at = description.indexOf(VALUE, begin);
    while (at >= 0) {
      int end = description.indexOf('`', at + VALUE.length());
      text.append(description, at, end + 1);
      at = description.indexOf(VALUE, end);
    }
    return text.toString();
  }

  private void compare(String at, JsonNode real, JsonNode ours) {
    if (real.equals(ours)) {
      return;
    }
    if (real.isObject() && ours.isObject()) {
      Set<String> names = new TreeSet<>(real.propertyNames());
      names.addAll(ours.propertyNames());
      names.forEach(each -> compare(at + " " + each, real.path(each), ours.path(each)));
    } else if (real.isArray() && ours.isArray() && real.size() == ours.size()) {
      for (int i = 0; i < real.size(); i++) {
        compare(at + " " + i, real.get(i), ours.get(i));
      }
    } else {
      unexplained.add("%s%s real: %s ours: %s".formatted(name, at, text(real), text(ours)));
    }
  }

  private static String text(JsonNode node) {
    String text = node.isMissingNode() ? "absent" : node.toString();
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
