package dev.pintle.kube.instance;

import dev.pintle.kube.format.TextForms;
import dev.pintle.kube.format.TimeForms;
import dev.pintle.kube.schema.SchemaNode;
import java.util.Map;
import java.util.function.Predicate;

/// The formats of OpenAPI that upstream checks in custom resources; what is not among them is not checked.
final class ValueFormats {
  private static final Map<String, Predicate<String>> OF_TEXTS =
      Map.ofEntries(
          Map.entry("bsonobjectid", TextForms::isObjectId),
          Map.entry("byte", TextForms::isBase64),
          Map.entry("cidr", NetworkForms::isCidr),
          Map.entry("creditcard", CheckedNumbers::isCreditCard),
          Map.entry("date", TimeForms::isDate),
          Map.entry("datetime", TimeForms::isDateTime),
          Map.entry("duration", TimeForms::isDuration),
          Map.entry("email", TextForms::isEmail),
          Map.entry("hexcolor", TextForms::isHexColor),
          Map.entry("hostname", NetworkForms::isHostName),
          Map.entry("ipv4", NetworkForms::isV4),
          Map.entry("ipv6", NetworkForms::isV6),
          Map.entry("isbn", text -> CheckedNumbers.isIsbn10(text) || CheckedNumbers.isIsbn13(text)),
          Map.entry("isbn10", CheckedNumbers::isIsbn10),
          Map.entry("isbn13", CheckedNumbers::isIsbn13),
          Map.entry("k8slongname", TextForms::isLongName),
          Map.entry("k8sshortname", TextForms::isShortName),
          Map.entry("mac", NetworkForms::isMac),
          Map.entry("password", _ -> true),
          Map.entry("rgbcolor", TextForms::isRgbColor),
          Map.entry("ssn", TextForms::isSsn),
          Map.entry("uri", NetworkForms::isUri),
          Map.entry("uuid", TextForms::isUuid),
          Map.entry("uuid3", TextForms::isUuid3),
          Map.entry("uuid4", TextForms::isUuid4),
          Map.entry("uuid5", TextForms::isUuid5));

  private ValueFormats() {}

  /// The format of a schema that is checked in values of its type; empty for none.
  static String checked(SchemaNode node) {
    String format = node.rules().format();
    if (format.isEmpty()) {
      return format;
    }
    boolean known =
        switch (node.kind()) {
          case TEXT, BYTES, TIME, MICRO_TIME, ANY, INT_OR_STRING, QUANTITY -> isOfText(format);
          case INT32, INT64 -> format.equals("int32") || format.equals("int64");
          case DOUBLE -> format.equals("float") || format.equals("double");
          case OBJECT, MAP, LIST, BOOLEAN -> false;
        };
    return known ? format : "";
  }

  /// Whether a word names a format of texts; dashes do not count.
  static boolean isOfText(String format) {
    return !format.isEmpty() && OF_TEXTS.containsKey(format.replace("-", ""));
  }

  static boolean accepts(String format, String text) {
    Predicate<String> check = OF_TEXTS.get(format.replace("-", ""));
    return check == null || check.test(text);
  }
}
