package dev.pintle.kube.podsecurity;

import static dev.pintle.kube.podsecurity.PodCheckTexts.containers;
import static dev.pintle.kube.podsecurity.PodCheckTexts.counted;
import static dev.pintle.kube.podsecurity.PodCheckTexts.joined;
import static dev.pintle.kube.podsecurity.PodCheckTexts.quoted;
import static dev.pintle.kube.podsecurity.PodCheckTexts.setters;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.Utf8Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The checks of the profiles that confine a pod: AppArmor, seccomp, SELinux and the masks over `/proc`.
final class ProfileChecks {
  private static final Set<String> PROFILES = Set.of("RuntimeDefault", "Localhost");
  private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
  private static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
  private static final String SECCOMP = "container.seccomp.security.alpha.kubernetes.io/";
  private static final String RUNTIME = "runtime/default";
  private static final String LOCAL = "localhost/";

  private ProfileChecks() {}

  private static SortedSet<String> sorted() {
    return new TreeSet<>(Utf8Order.ASCENDING);
  }

  static @Nullable PodViolation appArmor(PodUnderCheck pod) {
    SortedSet<String> types = sorted();
    List<String> setters = profileSetters(pod, "appArmorProfile", types);
    SortedSet<String> annotations = sorted();
    for (JsonObject.Field annotation : pod.annotations()) {
      String value = annotation.value() instanceof Json.Text text ? text.value() : "";
      boolean allowed = value.isEmpty() || value.equals(RUNTIME) || value.startsWith(LOCAL);
      if (!allowed && annotation.name().startsWith(APP_ARMOR)) {
        annotations.add(annotation.name() + "=" + GoText.quote(value));
      }
    }
    List<String> values = new ArrayList<>(types);
    if (!annotations.isEmpty()) {
      values.addAll(annotations);
      setters.add(counted("annotation", "annotations", annotations));
    }
    String profile = "forbidden AppArmor profile";
    return setters.isEmpty()
        ? null
        : new PodViolation(
            counted(profile, profile + "s", values),
            "%s must not set AppArmor profile type to %s"
                .formatted(joined(setters), quoted(values)));
  }

  /// Who sets a profile of another type than those that confine.
  ///
  /// @param types takes the types
  private static List<String> profileSetters(
      PodUnderCheck pod, String field, SortedSet<String> types) {
    boolean ofPod = isLoose(pod.securityContext(), field, types);
    return setters(ofPod, pod.containersWith(context -> isLoose(context, field, types)));
  }

  private static boolean isLoose(
      JsonObject securityContext, String field, SortedSet<String> types) {
    JsonObject profile = securityContext.object(field);
    if (profile == null || PROFILES.contains(profile.textOrEmpty("type"))) {
      return false;
    }
    types.add(profile.textOrEmpty("type"));
    return true;
  }

  static @Nullable PodViolation seccompAnnotations(PodUnderCheck pod) {
    SortedSet<String> forbidden = sorted();
    seccompAnnotation(pod, SECCOMP_POD, forbidden);
    for (JsonObject container : pod.containers()) {
      seccompAnnotation(pod, SECCOMP + container.textOrEmpty("name"), forbidden);
    }
    return forbidden.isEmpty()
        ? null
        : new PodViolation(
            "seccompProfile",
            "forbidden %s %s"
                .formatted(
                    counted("annotation", "annotations", forbidden), String.join(", ", forbidden)));
  }

  private static void seccompAnnotation(
      PodUnderCheck pod, String name, SortedSet<String> forbidden) {
    String value = pod.annotations().text(name);
    if (value != null && !isConfining(value)) {
      forbidden.add(name + "=" + GoText.quote(value));
    }
  }

  private static boolean isConfining(String value) {
    return value.equals(RUNTIME) || value.equals("docker/default") || value.startsWith(LOCAL);
  }

  static @Nullable PodViolation seccomp(PodUnderCheck pod) {
    SortedSet<String> types = sorted();
    List<String> setters = profileSetters(pod, "seccompProfile", types);
    return setters.isEmpty()
        ? null
        : new PodViolation(
            "seccompProfile",
            "%s must not set securityContext.seccompProfile.type to %s"
                .formatted(joined(setters), quoted(types)));
  }

  static @Nullable PodViolation seccompRequired(PodUnderCheck pod) {
    PodViolation loose = seccomp(pod);
    if (loose != null || pod.securityContext().object("seccompProfile") != null) {
      return loose;
    }
    List<String> silent = pod.containersWith(context -> context.object("seccompProfile") == null);
    return silent.isEmpty()
        ? null
        : new PodViolation(
            "seccompProfile",
            "pod or %s must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\""
                .formatted(containers(silent)));
  }

  static @Nullable PodViolation procMount(PodUnderCheck pod) {
    SortedSet<String> types = sorted();
    List<String> bad =
        pod.containersWith(context -> {
          String type = context.text("procMount");
          boolean other = type != null && !type.equals("Default");
          if (other) {
            types.add(type);
          }
          return other;
        });
    return bad.isEmpty()
        ? null
        : new PodViolation(
            "procMount",
            "%s must not set securityContext.procMount to %s"
                .formatted(containers(bad), quoted(types)));
  }

  /// @param allowed types, the empty one among them
  static PodCheck.Rule seLinux(Set<String> allowed) {
    return pod -> new SeLinux(allowed).violation(pod);
  }

  private static final class SeLinux {
    private final Set<String> allowed;
    private final SortedSet<String> types = sorted();
    private boolean user;
    private boolean role;

    SeLinux(Set<String> allowed) {
      this.allowed = allowed;
    }

    @Nullable PodViolation violation(PodUnderCheck pod) {
      boolean ofPod = isBad(pod.securityContext());
      List<String> setters = setters(ofPod, pod.containersWith(this::isBad));
      return setters.isEmpty()
          ? null
          : new PodViolation(
              "seLinuxOptions",
              "%s set forbidden securityContext.seLinuxOptions: %s"
                  .formatted(joined(setters), String.join("; ", told())));
    }

    private boolean isBad(JsonObject securityContext) {
      JsonObject options = securityContext.objectOrEmpty("seLinuxOptions");
      String type = options.textOrEmpty("type");
      boolean otherType = !allowed.contains(type);
      if (otherType) {
        types.add(type);
      }
      boolean hasUser = !options.textOrEmpty("user").isEmpty();
      boolean hasRole = !options.textOrEmpty("role").isEmpty();
      user |= hasUser;
      role |= hasRole;
      return otherType || hasUser || hasRole;
    }

    private List<String> told() {
      List<String> told = new ArrayList<>(3);
      if (!types.isEmpty()) {
        told.add(counted("type", "types", types) + " " + quoted(types));
      }
      if (user) {
        told.add("user may not be set");
      }
      if (role) {
        told.add("role may not be set");
      }
      return told;
    }
  }
}
