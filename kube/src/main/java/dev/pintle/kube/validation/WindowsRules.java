package dev.pintle.kube.validation;

import com.google.re2j.Pattern;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of what pods and containers may say about Windows.
final class WindowsRules {
  private static final String OPTIONS = "windowsOptions";
  private static final String HOST_PROCESS = "hostProcess";
  private static final int CREDENTIALS_KIB_MAX = 64;
  private static final int DOMAIN_BYTES_END = 256;
  private static final int USER_BYTES_MAX = 104;
  private static final Pattern CONTROL = Pattern.compile("[[:cntrl:]]");
  private static final Pattern NET_BIOS =
      Pattern.compile("[^\\\\/:*?\"<>|.][^\\\\/:*?\"<>|]{0,14}");
  private static final String DOMAIN_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
  private static final Pattern DOMAIN =
      Pattern.compile(DOMAIN_LABEL + "(?:\\." + DOMAIN_LABEL + ")*");
  private static final Pattern NOT_IN_USER = Pattern.compile("[\"/\\\\:;|=,+*?<>@\\[\\]]");
  private static final Pattern ONLY_DOTS = Pattern.compile("[. ]+");

  private WindowsRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "windowsOptions", WindowsRules::options, "hostProcesses", WindowsRules::hostProcesses);
  }

  /// @param security the security context of a pod or of a container
  static void options(ValidatedObject security) {
    ValidatedObject options = security.child(OPTIONS);
    if (options == null) {
      return;
    }
    if (options.has("gmsaCredentialSpecName")) {
      for (String complaint : Formats.dns1123Subdomain(options.text("gmsaCredentialSpecName"))) {
        options.invalidWord("gmsaCredentialSpecName", complaint);
      }
    }
    if (options.has("gmsaCredentialSpec")) {
      int bytes = Formats.bytes(options.text("gmsaCredentialSpec"));
      if (bytes == 0) {
        options.invalidWord("gmsaCredentialSpec", "gmsaCredentialSpec cannot be an empty string");
      } else if (bytes > CREDENTIALS_KIB_MAX * 1024) {
        options.invalidWord(
            "gmsaCredentialSpec",
            "gmsaCredentialSpec size must be under %d KiB".formatted(CREDENTIALS_KIB_MAX));
      }
    }
    if (options.has("runAsUserName")) {
      for (String complaint : userName(options.text("runAsUserName"))) {
        options.invalidWord("runAsUserName", "runAsUserName" + complaint);
      }
    }
  }

  private static List<String> userName(String name) {
    if (name.isEmpty()) {
      return List.of(" cannot be an empty string");
    }
    if (CONTROL.matcher(name).find()) {
      return List.of(" cannot contain control characters");
    }
    int backslash = name.indexOf('\\');
    if (backslash != name.lastIndexOf('\\')) {
      return List.of(" cannot contain more than one backslash");
    }
    List<String> complaints = new ArrayList<>();
    if (backslash >= 0) {
      domain(name.substring(0, backslash), complaints);
    }
    user(name.substring(backslash + 1), complaints);
    return complaints;
  }

  private static void domain(String domain, List<String> complaints) {
    if (Formats.bytes(domain) >= DOMAIN_BYTES_END) {
      complaints.add("'s Domain length must be under %d characters".formatted(DOMAIN_BYTES_END));
    }
    if (!NET_BIOS.matches(domain) && !DOMAIN.matches(domain)) {
      complaints.add("'s Domain doesn't match the NetBios nor the DNS format");
    }
  }

  private static void user(String user, List<String> complaints) {
    if (user.isEmpty()) {
      complaints.add("'s User cannot be empty");
    } else if (Formats.bytes(user) > USER_BYTES_MAX) {
      complaints.add(
          "'s User length must not be longer than %d characters".formatted(USER_BYTES_MAX));
    }
    if (ONLY_DOTS.matches(user)) {
      complaints.add("'s User cannot contain only periods or spaces");
    }
    if (NOT_IN_USER.matcher(user).find()) {
      complaints.add("'s User cannot contain the following characters: \"/\\:;|=,+*?<>@[]");
    }
  }

  /// All containers of a pod are processes of the host, or none is.
  private static void hostProcesses(ValidatedObject spec) {
    Boolean ofPod = hostProcess(spec);
    int containers = 0;
    int onHost = 0;
    for (String list : Containers.LISTS) {
      for (ValidatedObject container : spec.items(list)) {
        containers++;
        Boolean own = hostProcess(container);
        if (ofPod != null && own != null && !ofPod.equals(own)) {
          container.add(
              FieldError.invalid(
                  container.path("securityContext").child(OPTIONS).child(HOST_PROCESS),
                  Json.of(own),
                  "pod hostProcess value must be identical if both are specified, was " + ofPod));
        }
        if (Boolean.TRUE.equals(own == null ? ofPod : own)) {
          onHost++;
        }
      }
    }
    if (onHost > 0) {
      onHost(spec, onHost == containers);
    }
  }

  private static void onHost(ValidatedObject spec, boolean all) {
    if (!all) {
      spec.add(
          FieldError.invalid(
              spec.path(),
              Json.of(""),
              "If pod contains any hostProcess containers then all containers must be HostProcess containers"));
    }
    if (!spec.isTrue("hostNetwork")) {
      spec.add(
          FieldError.invalid(
              spec.path("hostNetwork"),
              Json.of(false),
              "hostNetwork must be true if pod contains any hostProcess containers"));
    }
    if (!spec.context().rules().allowsPrivileged()) {
      spec.add(
          FieldError.forbidden(
              spec.path(), "hostProcess containers are disallowed by cluster policy"));
    }
  }

  /// Null where nothing is said.
  private static @Nullable Boolean hostProcess(ValidatedObject place) {
    ValidatedObject options = place.childOrEmpty("securityContext").childOrEmpty(OPTIONS);
    return options.has(HOST_PROCESS) ? options.isTrue(HOST_PROCESS) : null;
  }
}
