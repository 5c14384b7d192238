package dev.pintle.kube.linear;

import static java.util.Objects.requireNonNull;

import dev.pintle.kube.crd.SchemaReader;
import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.format.DataKeys;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.format.Ports;
import dev.pintle.kube.instance.CustomResourceCheck;
import dev.pintle.kube.jsonpath.JsonPath;
import dev.pintle.kube.object.DurationSyntax;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.pattern.GoPattern;
import dev.pintle.kube.pattern.UserPatterns;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.quantity.QuantitySyntaxException;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.selector.FieldSelector;
import dev.pintle.kube.selector.LabelSelector;
import dev.pintle.kube.selector.SelectorSyntaxException;
import dev.pintle.kube.validation.FieldPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// Single texts: names, amounts, selectors, patterns and the formats of custom resources.
final class WorstTexts {
  private static final List<String> FORMATS =
      List.of(
          "bsonobjectid",
          "byte",
          "cidr",
          "creditcard",
          "date",
          "datetime",
          "date-time",
          "duration",
          "email",
          "hexcolor",
          "hostname",
          "ipv4",
          "ipv6",
          "isbn",
          "k8s-long-name",
          "k8s-short-name",
          "mac",
          "password",
          "rgbcolor",
          "ssn",
          "uri",
          "uuid");

  /// A text of these repeated is long to look at for one format or another.
  private static final List<String> PARTS =
      List.of("a", "1", " ", "a.", "1h", "@", "<a@b>", "9 ", "ab:", "é");

  private static final List<String> PATTERNS =
      List.of(
          "^(a|a)*$",
          "^(a+)+$",
          "^(a|aa)+b$",
          "(.*)(.*)(.*)(.*)b",
          "^([a-z0-9]+[.-]?)*x$",
          "(a?){20}a{20}b",
          "^(\\w+\\s?)*$",
          "(x+x+)+y");

  private final Map<String, IntFunction<Cost.Work>> cases = new LinkedHashMap<>();
  private int patterns;

  private WorstTexts() {}

  static Map<String, IntFunction<Cost.Work>> all() {
    WorstTexts texts = new WorstTexts();
    texts.quantities();
    texts.names();
    texts.selectors();
    texts.formats();
    texts.patterns();
    texts.paths();
    texts.quoted();
    return texts.cases;
  }

  static String repeated(String part, int bytes) {
    return part.repeat(Math.max(1, bytes / part.length()));
  }

  /// A text that no pattern ended with before, so that none is one that is kept.
  private String another() {
    patterns++;
    return "x" + patterns;
  }

  private void add(String name, IntFunction<String> text, Consumer<String> work) {
    cases.put(
        name,
        bytes -> {
          String input = text.apply(bytes);
          return () -> work.accept(input);
        });
  }

  private void quantities() {
    for (String suffix : List.of("", "Ki", "m", "e-9", "E3")) {
      add("quantity 9…9" + suffix, n -> repeated("9", n) + suffix, WorstTexts::quantity);
      add(
          "quantity 0.0…01" + suffix,
          n -> "0." + repeated("0", n) + "1" + suffix,
          WorstTexts::quantity);
      add("quantity 0.3…3" + suffix, n -> "0." + repeated("3", n) + suffix, WorstTexts::quantity);
    }
    add("quantity 1e9…9", n -> "1e" + repeated("9", n), WorstTexts::quantity);
    add("quantity 0…01", n -> repeated("0", n) + "1", WorstTexts::quantity);
  }

  private static void quantity(String text) {
    try {
      Quantity read = Quantity.parse(text);
      Cost.keep(read.plus(Quantity.parse("1Ki")).compareTo(read.roundedTo(0)));
      Cost.keep(read.value());
    } catch (QuantitySyntaxException _) {
      // Refusing is one way to be quick.
    }
  }

  private void names() {
    for (String part : List.of("a", "a.", "a-", "-", "A_", "_a.", "/")) {
      add("label " + part, n -> repeated(part, n) + "!", Formats::dns1123Label);
      add("subdomain " + part, n -> repeated(part, n) + "!", Formats::dns1123Subdomain);
      add("key " + part, n -> repeated(part, n) + "!", Formats::qualifiedName);
      add("value " + part, n -> repeated(part, n) + "!", Formats::labelValue);
      add(
          "underscored " + part,
          n -> repeated(part, n) + "!",
          Formats::dns1123SubdomainWithUnderscore);
      add("port " + part, n -> repeated(part, n), Ports::name);
    }
    add("percent", n -> repeated("9", n) + "%!", DataKeys::percent);
    add("whole number", n -> repeated("9", n) + "!", DataKeys::wholeNumber);
    add("config key", n -> repeated(".", n) + "!", DataKeys::configKey);
    add("address 4", n -> repeated("1.", n), Addresses::parse);
    add("address 6", n -> repeated("1:", n), Addresses::parse);
  }

  private void selectors() {
    add("label selector a=b,", n -> repeated("a=b,", n) + "c", WorstTexts::labels);
    add("label selector in (", n -> "a in (" + repeated("b,", n) + "c)", WorstTexts::labels);
    add("label selector !", n -> repeated("!", n), WorstTexts::labels);
    add("label selector long key", n -> repeated("a", n), WorstTexts::labels);
    add("label selector dotted key", n -> repeated("a.", n) + "/b", WorstTexts::labels);
    add("field selector a=b,", n -> repeated("a=b,", n), WorstTexts::fields);
    add("field selector \\", n -> "a=" + repeated("\\,", n), WorstTexts::fields);
    add("field selector no sign", n -> repeated("a", n), WorstTexts::fields);
  }

  private static void labels(String text) {
    try {
      LabelSelector.parse(text).matches(Map.of("a", "b"));
    } catch (SelectorSyntaxException _) {
      // Refusing is one way to be quick.
    }
  }

  private static void fields(String text) {
    try {
      FieldSelector.parse(text).matches(_ -> "b");
    } catch (SelectorSyntaxException _) {
      // Refusing is one way to be quick.
    }
  }

  private void formats() {
    for (String format : FORMATS) {
      SchemaNode node =
          SchemaReader.read(new JsonObject().set("type", "string").set("format", format));
      for (String part : PARTS) {
        add(
            "format %s of %s".formatted(format, part),
            n -> repeated(part, n),
            text -> CustomResourceCheck.ofValue(node, Json.of(text), FieldPath.ROOT));
      }
    }
  }

  private void quoted() {
    for (String part : List.of("a", "\u0001", "\"", "é", "\u0378", "\ud83d\ude00", "\ud800")) {
      add("quoted " + GoText.quote(part), n -> repeated(part, n), GoText::quote);
      add("duration of " + GoText.quote(part), n -> repeated(part, n), DurationSyntax::complaint);
    }
  }

  private void paths() {
    for (String part :
        List.of(
            ".a",
            ".",
            "..a",
            "[0]",
            "[0,",
            "[",
            "[?(@.a==1)]",
            "[?(",
            "}{",
            "'a'",
            " 1",
            "['a']",
            ".a\\",
            "9")) {
      add("path of a column " + part, n -> '.' + repeated(part, n), JsonPath::isPath);
    }
  }

  private void patterns() {
    for (String pattern : PATTERNS) {
      add(
          "match " + pattern,
          n -> repeated("a", n),
          text -> requireNonNull(UserPatterns.of(pattern)).isIn(text));
    }
    for (String part :
        List.of(
            "a",
            "(",
            "()",
            "[a]",
            "a|",
            "a?",
            "(?i)[a-z]",
            "\\pL",
            "[",
            "\\Q",
            "a{2}",
            "(?i:a)",
            "\\x{41}",
            "[^a]*",
            "{")) {
      add("read pattern " + part, n -> repeated(part, n), GoPattern::problem);
      add("compile pattern " + part, n -> repeated(part, n) + another(), UserPatterns::of);
    }
    for (String part : List.of("a", "\\x{41}", "\\pL", "[:alpha:]", "a-z", "\\p{Cn}")) {
      add(
          "compile class " + part,
          n -> '[' + repeated(part, n) + another() + ']',
          UserPatterns::of);
    }
    add("compile pattern of ranges", n -> repeated("\\p{Assigned}", n), UserPatterns::of);
    add("read pattern nested", n -> repeated("(", n / 2) + repeated(")", n / 2), UserPatterns::of);
  }
}
