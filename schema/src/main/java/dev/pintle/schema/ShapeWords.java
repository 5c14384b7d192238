package dev.pintle.schema;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// The reader of the shape of a field as tables write it: `text`, `int32`, `Time`, `PodSpec`, `list(X)`, `map(X)`, and
/// `wrapped(MESSAGE,X)` for a list with a message of its own.
record ShapeWords(Packages packages, GroupFacts table, Map<String, TypeDef> types) {
  Shape read(String text, FactLine line) {
    if (text.endsWith(")") && text.startsWith("list(")) {
      return new Shape.Many(read(text.substring("list(".length(), text.length() - 1), line), "");
    }
    if (text.endsWith(")") && text.startsWith("map(")) {
      return new Shape.Named(read(text.substring("map(".length(), text.length() - 1), line));
    }
    if (text.endsWith(")") && text.startsWith("wrapped(")) {
      int comma = text.indexOf(',');
      String wrapper =
          packages.definition(table.protoPackage, text.substring("wrapped(".length(), comma));
      return new Shape.Many(read(text.substring(comma + 1, text.length() - 1), line), wrapper);
    }
    Optional<ValueWord> word =
        Arrays.stream(ValueWord.values()).filter(w -> w.text().equals(text)).findFirst();
    return word.<Shape>map(Shape.Value::new).orElseGet(() -> named(text, line));
  }

  private Shape named(String text, FactLine line) {
    String own = packages.definition(table.protoPackage, text);
    if (types.containsKey(own)) {
      return new Shape.Ref(own);
    }
    return types.keySet().stream()
        .filter(name -> name.equals(text) || (text.contains(".") && name.endsWith("." + text)))
        .findFirst()
        .map(Shape.Ref::new)
        .orElseThrow(() -> line.wrong("a kind of value or a type, not " + text));
  }
}
