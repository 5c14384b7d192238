package dev.pintle.kube.validation;

import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.format.DataKeys;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.format.Ports;
import java.util.List;
import java.util.Map;

/// The formats by the names that the table gives them.
final class FormatNames {
  private static final Map<String, Format> FORMATS =
      Map.ofEntries(
          Map.entry("subdomain", Formats::dns1123Subdomain),
          Map.entry("subdomainWithUnderscore", Formats::dns1123SubdomainWithUnderscore),
          Map.entry("caselessSubdomain", Formats::caselessSubdomain),
          Map.entry("label", Formats::dns1123Label),
          Map.entry("shortName", Formats::shortName),
          Map.entry("longName", Formats::longName),
          Map.entry("dns1035Label", Formats::dns1035Label),
          Map.entry("pathSegment", Formats::pathSegment),
          Map.entry("qualifiedName", Formats::qualifiedName),
          Map.entry("labelValue", Formats::labelValue),
          Map.entry("extendedResource", DeviceNames::extendedResource),
          Map.entry("deviceShare", DeviceNames::share),
          Map.entry("anything", _ -> List.of()),
          Map.entry("configKey", DataKeys::configKey),
          Map.entry("environmentName", DataKeys::environmentName),
          Map.entry("httpHeader", DataKeys::httpHeader),
          Map.entry("percent", DataKeys::percent),
          Map.entry("portName", Ports::name),
          Map.entry("ip", Addresses::ip),
          Map.entry("canonicalIp", Addresses::canonicalIp),
          Map.entry("cidr", Addresses::cidr));

  private FormatNames() {}

  /// A test of a text that answers what is wrong with it; empty when nothing is.
  @FunctionalInterface
  interface Format {
    List<String> complaints(String text);
  }

  /// Whether what has the format has a type of its own in Go.
  static boolean isOfWords(String name) {
    return name.equals("percent");
  }

  static Format find(String name) {
    Format format = FORMATS.get(name);
    if (format == null) {
      throw new IllegalArgumentException(
          "format %s (expected: one of %s)".formatted(name, FORMATS.keySet()));
    }
    return format;
  }
}
