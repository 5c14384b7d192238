package dev.pintle.compat.twin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The parts of an answer that two servers draw, count or read from a clock, each told by its shape and its place. What the
/// client itself wrote is none of them.
///
/// @param sent all that the client wrote
/// @param generates whether the server has to make up a name
record ChanceParts(String sent, boolean generates) {
  private static final Pattern UID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
  private static final Pattern GO_SOURCE =
      Pattern.compile("in scheme \\\\?\"[^\"]*\\.go:\\d+\\\\?\"");

  /// Of a document of OpenAPI, whose words are each server's own.
  private static final Pattern HASH = Pattern.compile("\\?hash=[0-9A-F]{128}");

  /// How old an object is, in a cell of a table.
  private static final Pattern AGE = Pattern.compile("^\\d+[smhd](\\d+[smh])?$");

  /// What upstream calls the type of a rule's `self`: by the clock.
  private static final Pattern SELF_TYPE = Pattern.compile("\\bselfType\\d+");

  private static final String DRAWN = "[bcdfghjklmnpqrstvwxz2456789]{5}\\b";

  /// What is added to `generateName`, which ends with a dash but in requests that ask what else it may be.
  private static final Pattern GENERATED = Pattern.compile("(?:[-_]|g{58})" + DRAWN);

  /// The volume of its token, in every pod.
  private static final Pattern TOKEN_VOLUME = Pattern.compile("(kube-api-access-)" + DRAWN);

  /// How far a store is when it is asked for what it does not have yet.
  private static final Pattern REVISION =
      Pattern.compile("(Too large resource version: \\d+, current: )\\d+");

  /// A number from the range of services, or from the one that the corpus adds.
  private static final Pattern SERVICE_IP = Pattern.compile("\\b10\\.(?:0\\.0|9\\.\\d+)\\.\\d+\\b");

  /// In a text that shows an object, or tells of one that is given twice; drawn from the range that clusters begin with.
  private static final Pattern NODE_PORT =
      Pattern.compile(
          "(nodePort\\\\?\":|nodePort:|NodePort\":|odePort: (?:Duplicate value: |\\{[A-Z]+ ))(3[01]\\d{3}|32[0-6]\\d{2}|327[0-5]\\d|3276[0-7])\\b");

  private static final Pattern SECRET_TOKEN =
      Pattern.compile("ey[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  /// In YAML, where it is not told by its place in a tree.
  private static final Pattern VERSION_LINE = Pattern.compile("resourceVersion: \"\\d+\"");

  /// In a text that shows an object.
  private static final Pattern VERSION_SHOWN =
      Pattern.compile("(resourceVersion\\\\?\": ?\\\\?\")\\d+");

  /// In YAML, where it is not told by its place in a tree.
  private static final Pattern ADDRESS_LINE = Pattern.compile("serverAddress: [\\d.:]+");

  static ChanceParts of(TwinRequest request) {
    return new ChanceParts(
        request.path() + "\n" + request.headers() + "\n" + request.body(),
        request.body().contains("\"generateName\""));
  }

  /// A generated name without the part that was drawn.
  static String generated(String name, String prefix) {
    return name.matches(".*" + DRAWN) && name.startsWith(prefix.substring(0, prefixLength(prefix)))
        ? name.substring(0, name.length() - 5) + "GENERATED"
        : name;
  }

  /// Upstream cuts what a name starts with so that the drawn part fits.
  private static int prefixLength(String prefix) {
    return Math.min(prefix.length(), 58);
  }

  /// Whether a number was drawn by the server.
  boolean isDrawn(JsonNode value, int least, int most) {
    return value.isInt()
        && value.asInt() >= least
        && value.asInt() <= most
        && !sent.contains(value.toString());
  }

  String equal(String path, String text) {
    String out = equal(text);
    return path.contains(".cells[") ? AGE.matcher(out).replaceAll("AGE") : out;
  }

  String equal(String text) {
    String out = unsent(UID, text, "UID");
    out = unsent(TIME, out, "TIME");
    out = VERSION_LINE.matcher(out).replaceAll("resourceVersion: VERSION");
    out = ADDRESS_LINE.matcher(out).replaceAll("serverAddress: ADDRESS");
    out = VERSION_SHOWN.matcher(out).replaceAll("$1VERSION");
    out = SELF_TYPE.matcher(out).replaceAll("selfType");
    out = HASH.matcher(out).replaceAll("?hash=HASH");
    out = GO_SOURCE.matcher(out).replaceAll("in scheme");
    out = unsent(SECRET_TOKEN, out, "TOKEN");
    out = TOKEN_VOLUME.matcher(out).replaceAll("$1GENERATED");
    out = generates ? GENERATED.matcher(out).replaceAll("-GENERATED") : out;
    out = REVISION.matcher(out).replaceAll("$1N");
    out =
        NODE_PORT
            .matcher(out)
            .replaceAll(found ->
                Matcher.quoteReplacement(
                    sent.contains(found.group(2)) ? found.group() : found.group(1) + "PORT"));
    return unsent(SERVICE_IP, out, "IP");
  }

  private String unsent(Pattern pattern, String text, String name) {
    return pattern
        .matcher(text)
        .replaceAll(
            found -> sent.contains(found.group()) ? Matcher.quoteReplacement(found.group()) : name);
  }
}
