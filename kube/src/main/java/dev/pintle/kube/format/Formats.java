package dev.pintle.kube.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The forms of names, labels and the like. Each method answers what is wrong with a text, in the words that clients of the
/// API know; an empty list means that nothing is.
public final class Formats {
  private static final int LABEL_BYTES_MAX = 63;
  private static final int SUBDOMAIN_BYTES_MAX = 253;
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String KEY = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

  private static final TextFormat DNS_1123_LABEL =
      TextFormat.of(
          LABEL_BYTES_MAX,
          LABEL,
          Plain::isLabel,
          "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end"
              + " with an alphanumeric character",
          "my-name",
          "123-abc");
  private static final TextFormat DNS_1123_SUBDOMAIN =
      TextFormat.of(
          SUBDOMAIN_BYTES_MAX,
          LABEL + "(\\." + LABEL + ")*",
          Plain::isSubdomain,
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start"
              + " and end with an alphanumeric character",
          "example.com");
  private static final TextFormat CASELESS_SUBDOMAIN =
      TextFormat.of(
          SUBDOMAIN_BYTES_MAX,
          LABEL + "(\\." + LABEL + ")*",
          text -> Plain.isSubdomain(text.toLowerCase(Locale.ROOT)),
          "an RFC 1123 subdomain must consist of alphanumeric characters, '-' or '.', and must start and end with an"
              + " alphanumeric character",
          "Example.com");
  private static final String UNDERSCORED = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
  private static final TextFormat DNS_1123_SUBDOMAIN_WITH_UNDERSCORE =
      TextFormat.of(
          SUBDOMAIN_BYTES_MAX,
          UNDERSCORED + "(\\." + UNDERSCORED + ")*",
          Plain::isUnderscored,
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must"
              + " start and end with an alphanumeric character",
          "example.com");
  private static final TextFormat WILDCARD_SUBDOMAIN =
      TextFormat.of(
          SUBDOMAIN_BYTES_MAX,
          "\\*\\." + LABEL + "(\\." + LABEL + ")*",
          Plain::isWildcard,
          "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of"
              + " lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
          "*.example.com");
  private static final TextFormat DNS_1035_LABEL =
      TextFormat.of(
          LABEL_BYTES_MAX,
          "[a-z]([-a-z0-9]*[a-z0-9])?",
          Plain::isLabelOfLetter,
          "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character,"
              + " and end with an alphanumeric character",
          "my-name",
          "abc-123");
  private static final TextFormat LABEL_KEY =
      TextFormat.of(
          LABEL_BYTES_MAX,
          KEY,
          Plain::isKey,
          "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
          "MyName",
          "my.name",
          "123-abc");
  private static final TextFormat LABEL_VALUE =
      TextFormat.of(
          LABEL_BYTES_MAX,
          "(" + KEY + ")?",
          text -> text.isEmpty() || Plain.isKey(text),
          "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start"
              + " and end with an alphanumeric character",
          "MyValue",
          "my_value",
          "12345");

  private Formats() {}

  public static List<String> dns1123Label(String text) {
    if (DNS_1123_LABEL.fits(text)) {
      return List.of();
    }
    List<String> complaints = new ArrayList<>(0);
    if (isLonger(text, LABEL_BYTES_MAX)) {
      complaints.add(TextFormat.tooLong(LABEL_BYTES_MAX));
    }
    if (!DNS_1123_LABEL.matches(text)) {
      complaints.add(
          DNS_1123_SUBDOMAIN.matches(text) ? "must not contain dots" : DNS_1123_LABEL.mismatch());
    }
    return complaints;
  }

  public static List<String> dns1123Subdomain(String text) {
    return DNS_1123_SUBDOMAIN.complaints(text);
  }

  /// A label, in the newer messages.
  public static List<String> shortName(String text) {
    return inBytes(dns1123Label(text));
  }

  /// A subdomain, in the newer messages.
  public static List<String> longName(String text) {
    return inBytes(dns1123Subdomain(text));
  }

  /// A subdomain in letters of either case, in the newer messages.
  public static List<String> caselessSubdomain(String text) {
    return inBytes(CASELESS_SUBDOMAIN.complaints(text));
  }

  public static List<String> dns1035Label(String text) {
    return DNS_1035_LABEL.complaints(text);
  }

  public static List<String> labelValue(String text) {
    return LABEL_VALUE.fits(text) ? List.of() : inBytes(LABEL_VALUE.complaints(text));
  }

  /// A subdomain whose labels may have underscores.
  public static List<String> dns1123SubdomainWithUnderscore(String text) {
    return DNS_1123_SUBDOMAIN_WITH_UNDERSCORE.complaints(text);
  }

  /// `*.` before a subdomain.
  public static List<String> wildcardDns1123Subdomain(String text) {
    return WILDCARD_SUBDOMAIN.complaints(text);
  }

  /// A name that can stand in a path of the API.
  public static List<String> pathSegment(String text) {
    if (text.equals(".") || text.equals("..")) {
      return List.of("may not be '%s'".formatted(text));
    }
    return pathSegmentBeginning(text);
  }

  /// What such a name may begin with.
  public static List<String> pathSegmentBeginning(String text) {
    List<String> complaints = new ArrayList<>(0);
    for (String forbidden : List.of("/", "%")) {
      if (text.contains(forbidden)) {
        complaints.add("may not contain '%s'".formatted(forbidden));
      }
    }
    return complaints;
  }

  /// What is checked of the beginning of a generated name, which may end with a dash: more will follow.
  public static String beginning(String prefix) {
    return prefix.length() > 1 && prefix.endsWith("-")
        ? prefix.substring(0, prefix.length() - 2) + "a"
        : prefix;
  }

  /// The newer messages, of keys and values of labels, say what they count.
  private static List<String> inBytes(List<String> complaints) {
    if (complaints.isEmpty()) {
      return complaints;
    }
    String before = "must be no more than ";
    String after = " characters";
    complaints.replaceAll(complaint ->
        complaint.startsWith(before) && complaint.endsWith(after)
            ? complaint.substring(0, complaint.length() - after.length()) + " bytes"
            : complaint);
    return complaints;
  }

  /// A name with an optional prefix that is a subdomain: the keys of labels, annotations, finalizers and the like.
  public static List<String> qualifiedName(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return LABEL_KEY.fits(text) ? List.of() : named(nameComplaints(text));
    }
    String prefix = text.substring(0, slash);
    String name = text.substring(slash + 1);
    if (name.indexOf('/') >= 0) {
      return List.of(
          "a valid label key "
              + LABEL_KEY.mismatch()
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }
    if (DNS_1123_SUBDOMAIN.fits(prefix) && LABEL_KEY.fits(name)) {
      return List.of();
    }
    List<String> complaints = new ArrayList<>(0);
    prefixed(
        "prefix part ",
        prefix.isEmpty() ? List.of("must be non-empty") : inBytes(dns1123Subdomain(prefix)),
        complaints);
    prefixed("name part ", nameComplaints(name), complaints);
    return complaints;
  }

  private static List<String> named(List<String> complaints) {
    List<String> all = new ArrayList<>(complaints.size());
    prefixed("name part ", complaints, all);
    return all;
  }

  private static List<String> nameComplaints(String name) {
    return name.isEmpty()
        ? List.of("must be non-empty", LABEL_KEY.mismatch())
        : inBytes(LABEL_KEY.complaints(name));
  }

  private static void prefixed(String prefix, List<String> complaints, List<String> all) {
    for (String complaint : complaints) {
      all.add(prefix + complaint);
    }
  }

  /// Whether a text is longer than a limit.
  public static boolean isLonger(String text, int bytesMax) {
    return text.length() > bytesMax || (text.length() * 3 > bytesMax && bytes(text) > bytesMax);
  }

  /// Length as limits count it.
  public static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
