package dev.pintle.kube.object;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/// The key of a map of YAML, which may be no text.
///
/// @param name what it becomes in JSON
/// @param shown as Go's `%#v` prints it
/// @param unsupported the type of one that upstream makes no name of, empty for all others
record YamlKey(String name, String shown, String unsupported) {
  /// @param event null for a key that is none
  static YamlKey of(Json value, @Nullable ScalarEvent event) {
    String text = event == null ? "" : event.getValue();
    boolean real =
        event != null
            && (event.getTag().map(YamlTags::isFloat).orElse(false) || YamlTags.isFraction(text));
    return switch (value) {
      case Json.Text(String same) -> new YamlKey(same, GoText.quote(same), "");
      case Json.Null _ -> new YamlKey("null", "<nil>", "%!s(<nil>)");
      case Json.Whole(long number) when real ->
          ofReal(number == 0 && text.startsWith("-") ? -0.0 : number);
      case Json.Decimal(double number, _) -> {
        String unsigned = real ? null : YamlNumbers.unsigned(text);
        yield unsigned == null ? ofReal(number) : new YamlKey(unsigned, unsigned, "uint64");
      }
      case JsonObject _, JsonArray _, Json.Whole _, Json.Bool _ -> {
        String plain = JsonWriter.text(value);
        yield new YamlKey(plain, plain, "");
      }
    };
  }

  /// Upstream keeps no more of it than a number of 32 bits holds.
  private static YamlKey ofReal(double number) {
    String name =
        switch (GoNumbers.shortest((float) number)) {
          case "+Inf" -> ".inf";
          case "-Inf" -> "-.inf";
          case String finite -> finite;
        };
    return new YamlKey(name, GoNumbers.shortest(number), "");
  }
}
