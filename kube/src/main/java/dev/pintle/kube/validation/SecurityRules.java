package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.format.Ports;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;

/// The rules of what pods and containers may do on their node.
final class SecurityRules {
  private static final int PROFILE_BYTES_MAX = 4095;

  private SecurityRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "supplementalGroups", SecurityRules::supplementalGroups,
        "confinedAlike", ConfinementRules::alike,
        "sysctls", Sysctls::check,
        "seccompProfile", SecurityRules::seccompProfile,
        "appArmorProfile", SecurityRules::appArmorProfile);
  }

  private static void supplementalGroups(ValidatedObject context) {
    JsonArray groups = context.structure().array("supplementalGroups");
    for (int i = 0; groups != null && i < groups.size(); i++) {
      long group = groups.at(i) instanceof Json.Whole(var number) ? number : 0;
      for (String complaint : Ports.within(group, 0, Integer.MAX_VALUE)) {
        context.add(
            FieldError.invalid(
                context.path("supplementalGroups").index(i), Json.of(group), complaint));
      }
    }
  }

  private static void seccompProfile(ValidatedObject context) {
    ValidatedObject profile = context.child("seccompProfile");
    if (profile == null) {
      return;
    }
    switch (profile.text("type")) {
      case "Localhost", "RuntimeDefault", "Unconfined" -> {}
      case "" -> profile.required("type", "type is required when seccompProfile is set");
      default -> profile.notSupported("type", "Localhost", "RuntimeDefault", "Unconfined");
    }
    if (!profile.text("type").equals("Localhost")) {
      if (profile.has("localhostProfile")) {
        JsonObject shown =
            new JsonObject()
                .set("Type", profile.text("type"))
                .set("LocalhostProfile", profile.shown("localhostProfile"));
        FieldPath path = profile.path("localhostProfile");
        profile.add(
            FieldError.invalid(path, shown, "can only be set when seccomp type is Localhost"));
      }
    } else if (profile.has("localhostProfile")) {
      FilePaths.descending(
          profile, profile.text("localhostProfile"), profile.path("localhostProfile"));
    } else {
      profile.required("localhostProfile", "must be set when seccomp type is Localhost");
    }
  }

  private static void appArmorProfile(ValidatedObject context) {
    ValidatedObject profile = context.child("appArmorProfile");
    if (profile == null) {
      return;
    }
    switch (profile.text("type")) {
      case "Localhost" -> localhostProfile(profile);
      case "RuntimeDefault", "Unconfined" -> {
        if (profile.has("localhostProfile")) {
          profile.invalidWord(
              "localhostProfile", "can only be set when AppArmor type is Localhost");
        }
      }
      case "" -> profile.required("type", "type is required when appArmorProfile is set");
      default -> profile.notSupported("type", "Localhost", "RuntimeDefault", "Unconfined");
    }
  }

  private static void localhostProfile(ValidatedObject profile) {
    String name = profile.text("localhostProfile");
    if (!name.equals(name.strip())) {
      profile.invalid("localhostProfile", "must not be padded with whitespace");
    } else if (name.isEmpty()) {
      profile.required("localhostProfile", "must be set when AppArmor type is Localhost");
    }
    if (Formats.bytes(name) > PROFILE_BYTES_MAX) {
      profile.add(FieldError.tooLong(profile.path("localhostProfile"), PROFILE_BYTES_MAX));
    }
  }

  static void checkContainer(ValidatedObject container, boolean hostUsers) {
    ValidatedObject context = container.child("securityContext");
    if (context == null) {
      return;
    }
    if (context.isTrue("privileged") && !context.context().rules().allowsPrivileged()) {
      context.forbidden("privileged", "disallowed by cluster policy");
    }
    for (String field : List.of("runAsUser", "runAsGroup")) {
      if (context.has(field)) {
        context.invalidNumber(field, Ports.within(context.number(field), 0, Integer.MAX_VALUE));
      }
    }
    procMount(context, hostUsers);
    seccompProfile(context);
    escalation(context);
    WindowsRules.options(context);
    appArmorProfile(context);
  }

  private static void procMount(ValidatedObject context, boolean hostUsers) {
    if (!context.has("procMount")) {
      return;
    }
    switch (context.text("procMount")) {
      case "Default" -> {}
      case "Unmasked" -> {
        if (hostUsers) {
          context.invalid("procMount", "`hostUsers` must be false to use `Unmasked`");
        }
      }
      default -> context.notSupported("procMount", "Default", "Unmasked");
    }
  }

  private static void escalation(ValidatedObject context) {
    if (!context.isFalse("allowPrivilegeEscalation")) {
      return;
    }
    Json shown = InternalForms.of("SecurityContext", context.structure());
    String detail = "cannot set `allowPrivilegeEscalation` to false and `%s";
    if (context.isTrue("privileged")) {
      context.add(
          FieldError.invalid(context.path(), shown, detail.formatted("privileged` to true")));
    }
    if (OldFaults.inPod(context.context(), PodFault.SYSTEM_ADMIN)) {
      return;
    }
    for (String added : context.childOrEmpty("capabilities").texts("add")) {
      if (added.equals("CAP_SYS_ADMIN")) {
        String wrong = detail.formatted("capabilities.Add` CAP_SYS_ADMIN");
        context.add(FieldError.invalid(context.path(), shown, wrong));
      }
    }
  }
}
