package dev.pintle.kube.request;

import dev.pintle.kube.object.GoNumbers;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.selector.FieldSelector;
import dev.pintle.kube.selector.LabelSelector;
import dev.pintle.kube.selector.SelectorSyntaxException;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.StatusErrors;
import java.util.ArrayList;
import java.util.List;

/// The options of list, watch and deletecollection.
///
/// @param limit most objects in one answer; 0 for no limit
/// @param timeoutSeconds of a watch; 0 when none was named
public record ListOptions(
    LabelSelector labels,
    FieldSelector fields,
    String resourceVersion,
    String resourceVersionMatch,
    long limit,
    String continueToken,
    boolean sendInitialEvents,
    boolean bookmarks,
    long timeoutSeconds) {

  public static ListOptions parse(Query query, boolean watch) {
    ListOptions options =
        new ListOptions(
            labels(query.text("labelSelector")),
            fields(query.text("fieldSelector")),
            query.text("resourceVersion"),
            query.text("resourceVersionMatch"),
            number(query, "limit"),
            query.text("continue"),
            query.flag("sendInitialEvents"),
            query.flag("allowWatchBookmarks"),
            number(query, "timeoutSeconds"));
    List<Cause> wrong = new ArrayList<>();
    if (watch) {
      options.checkWatch(query.has("sendInitialEvents"), wrong);
    } else {
      options.checkList(query.has("sendInitialEvents"), wrong);
    }
    if (!wrong.isEmpty()) {
      throw WriteOptions.refusal("ListOptions", wrong);
    }
    return options;
  }

  /// Refuses options that cannot be read at all.
  static void requireReadable(Query query) {
    labels(query.text("labelSelector"));
    number(query, "limit");
    number(query, "timeoutSeconds");
  }

  private void checkList(boolean initialEventsNamed, List<Cause> wrong) {
    if (!resourceVersionMatch.isEmpty()) {
      if (resourceVersion.isEmpty()) {
        forbid(
            wrong,
            "resourceVersionMatch",
            "resourceVersionMatch is forbidden unless resourceVersion is provided");
      }
      checkNoContinue(wrong);
      if (!resourceVersionMatch.equals("Exact") && !resourceVersionMatch.equals("NotOlderThan")) {
        unsupported(wrong, "\"Exact\", \"NotOlderThan\", \"\"");
      }
      if (resourceVersionMatch.equals("Exact") && resourceVersion.equals("0")) {
        forbid(
            wrong,
            "resourceVersionMatch",
            "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
      }
    }
    if (initialEventsNamed) {
      forbid(wrong, "sendInitialEvents", "sendInitialEvents is forbidden for list");
    }
  }

  private void checkWatch(boolean initialEventsNamed, List<Cause> wrong) {
    boolean notOlder = resourceVersionMatch.equals("NotOlderThan");
    if (initialEventsNamed && !notOlder) {
      forbid(
          wrong,
          "resourceVersionMatch",
          "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
    }
    if (resourceVersionMatch.isEmpty()) {
      // Upstream takes such a watch for one that names both, before it looks at what is named.
      boolean legacy = resourceVersion.isEmpty() || resourceVersion.equals("0");
      if (!initialEventsNamed && legacy) {
        checkNoContinue(wrong);
      }
      return;
    }
    if (!initialEventsNamed) {
      forbid(
          wrong,
          "resourceVersionMatch",
          "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
    }
    if (!notOlder) {
      unsupported(wrong, "\"NotOlderThan\"");
    }
    checkNoContinue(wrong);
  }

  private void checkNoContinue(List<Cause> wrong) {
    if (!continueToken.isEmpty()) {
      forbid(
          wrong,
          "resourceVersionMatch",
          "resourceVersionMatch is forbidden when continue is provided");
    }
  }

  private static void forbid(List<Cause> wrong, String field, String why) {
    wrong.add(new Cause("FieldValueForbidden", "Forbidden: " + why, field));
  }

  private void unsupported(List<Cause> wrong, String supported) {
    String message =
        "Unsupported value: \"%s\": supported values: %s"
            .formatted(resourceVersionMatch, supported);
    wrong.add(new Cause("FieldValueNotSupported", message, "resourceVersionMatch"));
  }

  private static LabelSelector labels(String text) {
    try {
      return LabelSelector.parse(text);
    } catch (SelectorSyntaxException wrong) {
      throw StatusErrors.badRequest(wrong.getMessage());
    }
  }

  private static FieldSelector fields(String text) {
    try {
      return FieldSelector.parse(text);
    } catch (SelectorSyntaxException wrong) {
      throw StatusErrors.badRequest(wrong.getMessage());
    }
  }

  private static long number(Query query, String name) {
    return query.has(name) ? number(query.text(name)) : 0;
  }

  /// A whole number as Go reads it.
  ///
  /// @throws dev.pintle.kube.status.StatusError with code 400 and Go's words for what is none
  public static long number(String text) {
    try {
      return GoNumbers.parseInt(text);
    } catch (NumberFormatException _) {
      throw StatusErrors.badRequest(
          "strconv.ParseInt: parsing %s: %s"
              .formatted(GoText.quote(text), GoText.notANumber(text)));
    }
  }
}
