package dev.pintle.kube;

import dev.pintle.kube.admission.AdmissionConfiguration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The choice of the admission plugins that are on, and what they are configured with, in the form of kube-apiserver's
/// `--enable-admission-plugins`, `--disable-admission-plugins` and `--admission-control-config-file`.
///
/// @param enabled names of plugins that are on beside those that usually are
/// @param disabled names of plugins that are off although they are usually on
public record AdmissionSelection(
    List<String> enabled, List<String> disabled, AdmissionConfiguration configuration) {
  public static final AdmissionSelection DEFAULT =
      new AdmissionSelection(List.of(), List.of(), AdmissionConfiguration.NONE);

  /// The plugin that must have a configuration.
  private static final String UNUSABLE_ALONE = "EventRateLimit";

  /// Upstream's plugins that are not served.
  private static final Set<String> UNSERVED = Set.of("ImagePolicyWebhook", "PodGroupProtection");

  /// @throws IllegalArgumentException that says what is wrong, in upstream's words where it would say so too
  public AdmissionSelection {
    enabled = List.copyOf(enabled);
    disabled = List.copyOf(disabled);
    List<String> wrong = new ArrayList<>();
    requireKnown("enable-admission-plugins", enabled, wrong);
    requireKnown("disable-admission-plugins", disabled, wrong);
    Set<String> both = new TreeSet<>(enabled);
    both.retainAll(disabled);
    if (!both.isEmpty()) {
      wrong.add(
          "[%s] in enable-admission-plugins and disable-admission-plugins overlapped"
              .formatted(String.join(" ", both)));
    }
    for (String name : enabled) {
      if (UNSERVED.contains(name)) {
        wrong.add("enable-admission-plugins plugin \"%s\" is not served".formatted(name));
      }
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
    requireConfigurable(configuration);
    if (enabled.contains(UNUSABLE_ALONE) && configuration.of(UNUSABLE_ALONE).isEmpty()) {
      throw new IllegalArgumentException(
          "couldn't init admission plugin \"%s\": limits: Invalid value: null: must not be empty"
              .formatted(UNUSABLE_ALONE));
    }
  }

  private static boolean isKnown(String name) {
    return UNSERVED.contains(name) || AdmissionPlugins.isServed(name);
  }

  private static void requireKnown(String flag, List<String> names, List<String> wrong) {
    for (String name : names) {
      if (!isKnown(name)) {
        wrong.add("%s plugin \"%s\" is unknown".formatted(flag, name));
      }
    }
  }

  /// What would have no effect is refused.
  private static void requireConfigurable(AdmissionConfiguration configuration) {
    for (String name : new TreeSet<>(configuration.names())) {
      if (!isKnown(name)) {
        throw new IllegalArgumentException("plugin \"%s\" is unknown".formatted(name));
      }
      if (UNSERVED.contains(name)) {
        throw new IllegalArgumentException("plugin \"%s\" is not served".formatted(name));
      }
      AdmissionPlugins.requireConfiguration(name, configuration.of(name).orElseThrow());
    }
  }

  /// @param enable names with commas between them
  /// @param disable names with commas between them
  /// @throws IllegalArgumentException that says what is wrong
  public static AdmissionSelection of(
      String enable, String disable, AdmissionConfiguration configuration) {
    return new AdmissionSelection(names(enable), names(disable), configuration);
  }

  private static List<String> names(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(",", -1));
  }

  boolean isOn(String name) {
    return enabled.contains(name) || (AdmissionPlugins.isUsual(name) && !disabled.contains(name));
  }
}
