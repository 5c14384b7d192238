package dev.pintle.kube.negotiation;

import java.util.ArrayList;
import java.util.List;

/// The clauses of an Accept header as upstream's simplest reader sees them, the best first. It stands before documents,
/// which come in few forms and know no parameters.
public final class AcceptClauses {
  private static final int CLAUSES_MAX = 32;
  private static final String ANY = "*";

  private AcceptClauses() {}

  /// One media type that the client takes.
  public record Clause(String type, String subtype, double quality) {
    public boolean takes(String mediaType) {
      int slash = mediaType.indexOf('/');
      return (type.equals(ANY) || type.equals(mediaType.substring(0, slash)))
          && (subtype.equals(ANY) || subtype.equals(mediaType.substring(slash + 1)));
    }

    private boolean isBetterThan(Clause other) {
      return quality > other.quality
          || (!type.equals(ANY) && other.type.equals(ANY))
          || (!subtype.equals(ANY) && other.subtype.equals(ANY));
    }
  }

  /// None of what cannot be read; a header without any text takes everything.
  public static List<Clause> of(String header) {
    List<Clause> clauses = new ArrayList<>();
    for (String part : (header.isEmpty() ? "*/*" : header).split(",", CLAUSES_MAX)) {
      insert(clauses, part);
    }
    return List.copyOf(clauses);
  }

  /// Better is no order: a clause may be better than one that is better than it. So it counts which are compared.
  private static void insert(List<Clause> clauses, String part) {
    int semicolon = part.indexOf(';');
    String range = semicolon < 0 ? part : part.substring(0, semicolon);
    int slash = range.indexOf('/');
    String type = (slash < 0 ? range : range.substring(0, slash)).strip();
    String subtype = slash < 0 ? "" : range.substring(slash + 1);
    if (subtype.isEmpty() && type.equals(ANY)) {
      subtype = ANY;
    }
    if (subtype.isEmpty() || subtype.indexOf('/') >= 0) {
      return;
    }
    double quality = semicolon < 0 ? 1 : quality(part.substring(semicolon + 1));
    Clause clause = new Clause(type, subtype.strip(), quality);
    int at = clauses.size();
    while (at > 0 && clause.isBetterThan(clauses.get(at - 1))) {
      at--;
    }
    clauses.add(at, clause);
  }

  private static double quality(String parameters) {
    double quality = 1;
    for (String parameter : parameters.split(";", -1)) {
      int equals = parameter.indexOf('=');
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      boolean named = equals >= 0 && parameter.substring(0, equals).strip().equals("q");
      if (named && !value.isEmpty() && value.indexOf('=') < 0) {
        quality = number(value);
      }
    }
    return quality;
  }

  /// What is no number is nothing.
  private static double number(String text) {
    boolean plain = text.chars().allMatch(c -> "0123456789.eE+-".indexOf(c) >= 0);
    try {
      return plain ? Double.parseDouble(text) : 0;
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
