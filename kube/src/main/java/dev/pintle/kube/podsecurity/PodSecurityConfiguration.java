package dev.pintle.kube.podsecurity;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The configuration of the plugin PodSecurity: what holds where a namespace says nothing, and whom it does not hold for.
///
/// @param usernames of callers
public record PodSecurityConfiguration(
    NamespacePolicy defaults,
    Set<String> usernames,
    Set<String> namespaces,
    Set<String> runtimeClasses) {
  /// Nothing is asked of anybody who does not ask for it.
  public static final PodSecurityConfiguration DEFAULT =
      new PodSecurityConfiguration(NamespacePolicy.NONE, Set.of(), Set.of(), Set.of());

  private static final String KIND = "PodSecurityConfiguration";
  private static final String GROUP = "pod-security.admission.config.k8s.io/";
  private static final Set<String> VERSIONS = Set.of("v1", "v1beta1", "v1alpha1");
  private static final List<String> MODES = List.of("enforce", "audit", "warn");

  public PodSecurityConfiguration {
    usernames = Set.copyOf(usernames);
    namespaces = Set.copyOf(namespaces);
    runtimeClasses = Set.copyOf(runtimeClasses);
  }

  /// Reads an object of kind PodSecurityConfiguration.
  ///
  /// @throws IllegalArgumentException in upstream's words
  public static PodSecurityConfiguration of(JsonObject object) {
    requireKind(object);
    requireKnown(object);
    JsonObject defaults = object.objectOrEmpty("defaults");
    List<String> wrong = new ArrayList<>(0);
    List<LevelVersion> modes = MODES.stream().map(mode -> mode(defaults, mode, wrong)).toList();
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("PodSecurity configuration error: " + joined(wrong));
    }
    JsonObject exemptions = object.objectOrEmpty("exemptions");
    Set<String> namespaces = texts(exemptions, "namespaces", Formats::dns1123Label, wrong);
    Set<String> runtimeClasses =
        texts(exemptions, "runtimeClasses", Formats::dns1123Subdomain, wrong);
    Set<String> usernames =
        texts(
            exemptions,
            "usernames",
            name -> name.isEmpty() ? List.of("username must not be empty") : List.of(),
            wrong);
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("PodSecurity invalid: " + joined(wrong));
    }
    return new PodSecurityConfiguration(
        new NamespacePolicy(modes.get(0), modes.get(1), modes.get(2), List.of()),
        usernames,
        namespaces,
        runtimeClasses);
  }

  private static void requireKind(JsonObject object) {
    String version = object.textOrEmpty("apiVersion");
    String kind = object.textOrEmpty("kind");
    boolean known =
        kind.equals(KIND)
            && version.startsWith(GROUP)
            && VERSIONS.contains(version.substring(GROUP.length()));
    if (!known) {
      throw new IllegalArgumentException(
          "no kind %s is registered for version %s in scheme \"pkg/runtime/scheme.go:111\""
              .formatted(GoText.quote(kind), GoText.quote(version)));
    }
  }

  private static void requireKnown(JsonObject object) {
    List<String> unknown = new ArrayList<>(0);
    unknown(object, "", Set.of("apiVersion", "kind", "defaults", "exemptions"), unknown);
    Set<String> modes = new HashSet<>(MODES);
    MODES.forEach(mode -> modes.add(mode + NamespacePolicy.VERSION));
    unknown(object.objectOrEmpty("defaults"), "defaults.", modes, unknown);
    unknown(
        object.objectOrEmpty("exemptions"),
        "exemptions.",
        Set.of("usernames", "namespaces", "runtimeClasses"),
        unknown);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("strict decoding error: " + String.join(", ", unknown));
    }
  }

  private static void unknown(
      JsonObject object, String path, Set<String> known, List<String> unknown) {
    for (JsonObject.Field field : object) {
      if (!known.contains(field.name())) {
        unknown.add("unknown field " + GoText.quote(path + field.name()));
      }
    }
  }

  private static LevelVersion mode(JsonObject defaults, String name, List<String> wrong) {
    String level = text("PodSecurityDefaults.defaults." + name, defaults.get(name));
    String versionName = name + NamespacePolicy.VERSION;
    String version = text("PodSecurityDefaults.defaults." + versionName, defaults.get(versionName));
    LevelVersion mode = LevelVersion.PRIVILEGED;
    if (!level.isEmpty()) {
      PodSecurityLevel known = PodSecurityLevel.of(level);
      if (known == null) {
        wrong.add(name + ": " + PodSecurityLevel.WRONG);
      } else {
        mode = mode.at(known);
      }
    }
    if (!version.isEmpty()) {
      PodSecurityVersion known = PodSecurityVersion.of(version);
      if (known == null) {
        wrong.add(versionName + ": " + PodSecurityVersion.WRONG);
      } else {
        mode = mode.at(known);
      }
    }
    return mode;
  }

  /// Empty where there is none.
  private static String text(String path, @Nullable Json value) {
    return switch (value) {
      case null -> "";
      case Json.Text(var text) -> text;
      case Json.Null _ -> "";
      case Json.Bool _ -> throw notText("bool", path);
      case Json.Whole _ -> throw notText("number", path);
      case Json.Decimal _ -> throw notText("number", path);
      case JsonArray _ -> throw notText("array", path);
      case JsonObject _ -> throw notText("object", path);
    };
  }

  private static IllegalArgumentException notText(String type, String path) {
    return new IllegalArgumentException(
        "json: cannot unmarshal %s into Go struct field %s of type string".formatted(type, path));
  }

  private static Set<String> texts(
      JsonObject exemptions,
      String field,
      Function<String, List<String>> complaints,
      List<String> wrong) {
    Set<String> texts = new LinkedHashSet<>();
    int at = 0;
    for (Json item : exemptions.arrayOrEmpty(field)) {
      String path = "exemptions.%s[%d]: ".formatted(field, at++);
      String text = text("PodSecurityExemptions.exemptions." + field, item);
      List<String> found = complaints.apply(text);
      if (!found.isEmpty()) {
        wrong.add(
            "%sInvalid value: %s: %s"
                .formatted(path, GoText.quote(text), String.join(", ", found)));
      } else if (!texts.add(text)) {
        wrong.add(path + "Duplicate value: " + GoText.quote(text));
      }
    }
    return texts;
  }

  private static String joined(List<String> wrong) {
    Set<String> each = new LinkedHashSet<>(wrong);
    return each.size() == 1 ? wrong.getFirst() : "[" + String.join(", ", each) + "]";
  }
}
