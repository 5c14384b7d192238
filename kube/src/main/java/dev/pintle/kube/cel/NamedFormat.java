package dev.pintle.kube.cel;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.format.TextForms;
import dev.pintle.kube.format.TimeForms;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A form of texts that expressions can name.
///
/// @param complaints what is wrong with a text
/// @param patternLength by which upstream tells what it costs to look at a text
record NamedFormat(String name, Function<String, List<String>> complaints, long patternLength)
    implements LibraryValue {
  static final String TYPE = "kubernetes.NamedFormat";
  private static final int SHORT = 30;
  private static final int LONG = 60;
  private static final int LABEL_VALUE = 40;
  private static final int URI = 1103;
  private static final int UUID = 70;
  private static final int BASE64 = 84;
  private static final int TIME = 71;

  /// All of them, by the names of the functions that give them.
  static final Map<String, NamedFormat> ALL =
      Map.ofEntries(
          Map.entry("dns1123Label", new NamedFormat("DNS1123Label", Formats::dns1123Label, SHORT)),
          Map.entry(
              "dns1123Subdomain",
              new NamedFormat("DNS1123Subdomain", Formats::dns1123Subdomain, LONG)),
          Map.entry("dns1035Label", new NamedFormat("DNS1035Label", Formats::dns1035Label, SHORT)),
          Map.entry(
              "qualifiedName", new NamedFormat("QualifiedName", Formats::qualifiedName, LONG)),
          Map.entry(
              "dns1123LabelPrefix",
              new NamedFormat("DNS1123LabelPrefix", prefix(Formats::dns1123Label), SHORT)),
          Map.entry(
              "dns1123SubdomainPrefix",
              new NamedFormat("DNS1123SubdomainPrefix", prefix(Formats::dns1123Subdomain), LONG)),
          Map.entry(
              "dns1035LabelPrefix",
              new NamedFormat("DNS1035LabelPrefix", prefix(Formats::dns1035Label), SHORT)),
          Map.entry("labelValue", new NamedFormat("LabelValue", Formats::labelValue, LABEL_VALUE)),
          Map.entry("uri", new NamedFormat("URI", WebAddress::complaints, URI)),
          Map.entry("uuid", of("uuid", TextForms::isUuid, "does not match the UUID format", UUID)),
          Map.entry("byte", of("byte", TextForms::isBase64, "invalid base64", BASE64)),
          Map.entry("date", of("date", TimeForms::isDate, "invalid date", TIME)),
          Map.entry("datetime", of("datetime", TimeForms::isDateTime, "invalid datetime", TIME)));

  private static NamedFormat of(
      String name, Predicate<String> check, String complaint, long patternLength) {
    return new NamedFormat(
        name, text -> check.test(text) ? List.of() : List.of(complaint), patternLength);
  }

  /// What more is to follow may end with a dash.
  private static Function<String, List<String>> prefix(Function<String, List<String>> complaints) {
    return text ->
        complaints.apply(
            text.length() > 1 && text.endsWith("-")
                ? text.substring(0, text.length() - 2) + "a"
                : text);
  }

  @Override
  public String typeName() {
    return TYPE;
  }

  @Override
  public String goTypeName() {
    return "cel.Format";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NamedFormat format && format.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
