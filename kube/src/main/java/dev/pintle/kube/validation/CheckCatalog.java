package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.format.Ports;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The words of the table.
final class CheckCatalog {
  private CheckCatalog() {}

  static Check parse(String words) {
    int space = words.indexOf(' ');
    String first = space < 0 ? words : words.substring(0, space);
    String rest = space < 0 ? "" : words.substring(space + 1);
    return switch (first) {
      case "required" -> required(unquoted(rest));
      case "if" -> condition(rest);
      case "one" -> oneOf(List.of(after("of ", rest).split("\\|")));
      case "not" -> minimum(after("negative", rest), 0, "must be greater than or equal to 0");
      case "positive" -> minimum(rest, 1, "must be greater than zero");
      case "above" -> minimum("", 1, "must be greater than " + rest);
      case "in" -> within(rest);
      case "format" -> format(rest);
      case "labels" -> CheckCatalog::labels;
      case "selector" -> CheckCatalog::selector;
      case "as" -> as(rest);
      case "items" -> items(rest);
      case "each" -> each(parse(rest));
      case "unique" -> unique(rest);
      case "immutable" -> immutable(rest);
      case "forbidden" -> forbidden(unquoted(rest));
      case "at" -> atMost(rest);
      case "named" -> new MetadataOnCreate(FormatNames.find(rest));
      case "kept" -> CheckCatalog::kept;
      case "finalizers" -> CheckCatalog::finalizers;
      case "declared" -> DeclaredChecks.parse(rest);
      default ->
          throw new IllegalArgumentException("%s (expected: a word of the table)".formatted(words));
    };
  }

  private static String after(String prefix, String text) {
    if (!text.startsWith(prefix)) {
      throw new IllegalArgumentException("%s (expected: %s…)".formatted(text, prefix));
    }
    return text.substring(prefix.length());
  }

  private static String unquoted(String text) {
    return text.isEmpty() ? "" : text.substring(1, text.length() - 1);
  }

  private static Check required(String detail) {
    return spot -> {
      if (spot.isEmpty()) {
        spot.report(FieldError.required(spot.path(), detail));
        return false;
      }
      return true;
    };
  }

  /// `if set`: the rest of the line is for a value that is there; `if given`: for one that is not empty either.
  private static Check condition(String word) {
    return switch (word) {
      case "set" -> ValidatedField::isSet;
      case "given" -> spot -> !spot.isEmpty();
      default ->
          throw new IllegalArgumentException("if %s (expected: set or given)".formatted(word));
    };
  }

  private static Check oneOf(List<String> values) {
    return spot -> {
      if (!values.contains(spot.text())) {
        spot.report(FieldError.notSupportedWord(spot.path(), spot.text(), values));
      }
      return true;
    };
  }

  private static Check minimum(String nothing, long least, String detail) {
    if (!nothing.isEmpty()) {
      throw new IllegalArgumentException("%s (expected: the end of the word)".formatted(nothing));
    }
    return spot -> {
      if (spot.number() < least && (spot.isSet() || least > 0)) {
        spot.report(FieldError.invalid(spot.path(), Json.of(spot.number()), detail));
      }
      return true;
    };
  }

  private static Check within(String bounds) {
    int dots = bounds.indexOf("..");
    long least = Long.parseLong(bounds.substring(0, dots));
    long most = Long.parseLong(bounds.substring(dots + 2));
    return spot -> {
      for (String complaint : Ports.within(spot.number(), least, most)) {
        spot.report(FieldError.invalid(spot.path(), Json.of(spot.number()), complaint));
      }
      return true;
    };
  }

  private static Check format(String name) {
    FormatNames.Format format = FormatNames.find(name);
    boolean typed = FormatNames.isOfWords(name);
    return spot -> {
      for (String complaint : format.complaints(spot.text())) {
        FieldError wrong = FieldError.invalid(spot.path(), Json.of(spot.text()), complaint);
        spot.report(typed ? wrong.asWord() : wrong);
      }
      return true;
    };
  }

  private static boolean labels(ValidatedField spot) {
    if (spot.value() instanceof JsonObject labels) {
      Labels.check(labels, spot.path(), spot.structure());
    }
    return true;
  }

  private static boolean selector(ValidatedField spot) {
    if (spot.value() instanceof JsonObject selector) {
      Labels.checkSelector(
          new ValidatedObject(spot.structure().context(), spot.path(), selector, null));
    }
    return true;
  }

  /// Goes on into a structure; one that is absent is checked as an empty one.
  private static Check as(String type) {
    return spot -> {
      ValidatedObject structure = spot.structure();
      structure.context().rules().check(type, structure.childOrEmpty(spot.field()));
      return true;
    };
  }

  /// Goes on into each structure of a list.
  private static Check items(String type) {
    return spot -> {
      ValidatedObject structure = spot.structure();
      structure.items(spot.field()).forEach(item -> structure.context().rules().check(type, item));
      return true;
    };
  }

  private static Check each(Check check) {
    return spot -> {
      if (spot.value() instanceof JsonArray list) {
        for (int i = 0; i < list.size(); i++) {
          check.passes(spot.item(i, list.at(i)));
        }
      }
      return true;
    };
  }

  private static Check unique(String key) {
    return spot -> {
      Set<Json> seen = new HashSet<>();
      for (ValidatedObject item : spot.structure().items(spot.field())) {
        if (item.has(key) && !seen.add(item.shown(key))) {
          item.duplicate(key);
        }
      }
      return true;
    };
  }

  /// `immutable`; `immutable text` of one that messages show as empty when it is absent; `immutable value` and `immutable STRUCTURE`
  /// of what is not absent when it is empty.
  private static Check immutable(String kind) {
    return spot -> {
      switch (kind) {
        case "" -> Immutable.check(spot.structure(), spot.field());
        case "text" -> Immutable.checkText(spot.structure(), spot.field());
        case "value" -> Immutable.checkValue(spot.structure(), spot.field());
        default -> Immutable.checkStructure(spot.structure(), spot.field(), kind);
      }
      return true;
    };
  }

  private static Check forbidden(String detail) {
    return spot -> {
      if (spot.isSet()) {
        spot.report(FieldError.forbidden(spot.path(), detail));
      }
      return true;
    };
  }

  /// `at most N bytes`, `at most N items`.
  private static Check atMost(String words) {
    String[] parts = after("most ", words).split(" ", -1);
    int most = Integer.parseInt(parts[0]);
    boolean bytes = parts[1].equals("bytes");
    return spot -> {
      if (bytes && Formats.bytes(spot.text()) > most) {
        spot.report(FieldError.tooLong(spot.path(), most));
      } else if (!bytes && spot.value() instanceof JsonArray list && list.size() > most) {
        spot.report(FieldError.tooMany(spot.path(), list.size(), most));
      }
      return true;
    };
  }

  private static boolean kept(ValidatedField spot) {
    MetadataOnUpdate.check(spot.structure());
    return true;
  }

  /// Finalizers of the names that the core kinds know, or with a prefix.
  private static boolean finalizers(ValidatedField spot) {
    ValidatedObject metadata = spot.structure().childOrEmpty(spot.field());
    List<String> finalizers = metadata.texts("finalizers");
    for (int i = 0; i < finalizers.size(); i++) {
      Finalizers.requireKnown(finalizers.get(i), metadata.path("finalizers").index(i), metadata);
    }
    return true;
  }
}
