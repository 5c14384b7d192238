package dev.pintle.kube.connection;

import dev.pintle.kube.decode.GoTime;
import dev.pintle.kube.decode.Undecodable;
import dev.pintle.kube.request.ListOptions;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.StatusErrors;
import java.util.ArrayList;
import java.util.List;

/// The rules of what a request for the log of a pod may ask for.
final class PodLogOptions {
  private static final String POSITIVE = "must be greater than 0";

  private PodLogOptions() {}

  /// @throws dev.pintle.kube.status.StatusError with code 400 or 422 for a query that asks for what cannot be
  static void check(Query query, String pod) {
    List<Cause> wrong = new ArrayList<>();
    long since = number(query, "sinceSeconds");
    time(query.text("sinceTime"));
    long lines = number(query, "tailLines");
    long bytes = number(query, "limitBytes");
    if (lines < 0) {
      wrong.add(invalid("tailLines", lines, "must be greater than or equal to 0"));
    }
    if (query.has("limitBytes") && bytes < 1) {
      wrong.add(invalid("limitBytes", bytes, POSITIVE));
    }
    if (query.has("sinceSeconds") && query.has("sinceTime")) {
      wrong.add(forbidden("[]", "at most one of `sinceTime` or `sinceSeconds` may be specified"));
    } else if (query.has("sinceSeconds") && since < 1) {
      wrong.add(invalid("sinceSeconds", since, POSITIVE));
    }
    if (query.has("stream")) {
      wrong.add(forbidden("stream", "may not be specified"));
    }
    if (!wrong.isEmpty()) {
      throw StatusErrors.invalidKind("", "PodLogOptions", pod, wrong);
    }
  }

  private static long number(Query query, String name) {
    return query.has(name) ? ListOptions.number(query.text(name)) : 0;
  }

  /// Old clients write `null` for none.
  private static void time(String text) {
    if (text.isEmpty() || text.equals("null")) {
      return;
    }
    try {
      GoTime.seconds(text);
    } catch (Undecodable wrong) {
      throw StatusErrors.badRequest(String.valueOf(wrong.getMessage()));
    }
  }

  private static Cause invalid(String field, long value, String detail) {
    return new Cause("FieldValueInvalid", "Invalid value: %d: %s".formatted(value, detail), field);
  }

  private static Cause forbidden(String field, String detail) {
    return new Cause("FieldValueForbidden", "Forbidden: " + detail, field);
  }
}
