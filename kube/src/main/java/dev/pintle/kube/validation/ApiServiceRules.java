package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.format.Ports;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The rules of API services: which version they are and who serves it.
final class ApiServiceRules {
  private static final int GROUP_PRIORITY_MAX = 20_000;
  private static final int VERSION_PRIORITY_MAX = 1_000;
  private static final int BASE64_CHARACTERS = 4;
  private static final int BASE64_BYTES = 3;

  private ApiServiceRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "apiServiceName", ApiServiceRules::name,
        "apiService", ApiServiceRules::service,
        "apiServiceConditions", ApiServiceRules::conditions);
  }

  private static void name(ValidatedObject service) {
    ValidatedObject spec = service.childOrEmpty("spec");
    String wanted = spec.text("version") + "." + spec.text("group");
    new MetadataOnCreate(
            name -> {
              List<String> complaints = new ArrayList<>(Formats.pathSegment(name));
              if (complaints.isEmpty() && !name.equals(wanted)) {
                complaints.add("must be `spec.version+\".\"+spec.group`: " + GoText.quote(wanted));
              }
              return complaints;
            })
        .check(service);
  }

  private static void service(ValidatedObject service) {
    ValidatedObject spec = service.childOrEmpty("spec");
    String group = spec.text("group");
    String version = spec.text("version");
    if (group.isEmpty() && !version.equals("v1")) {
      spec.required("group", "only v1 may have an empty group and it better be legacy kube");
    }
    if (!group.isEmpty()) {
      spec.invalid("group", Formats.dns1123Subdomain(group));
    }
    spec.invalid("version", Formats.dns1035Label(version));
    within(spec, "groupPriorityMinimum", GROUP_PRIORITY_MAX);
    within(spec, "versionPriority", VERSION_PRIORITY_MAX);
    ValidatedObject served = spec.child("service");
    int trust = bytes(spec.text("caBundle"));
    boolean untrusting = spec.isTrue("insecureSkipTLSVerify");
    if (served == null) {
      local(spec, trust, untrusting);
      return;
    }
    for (String field : List.of("namespace", "name")) {
      if (served.text(field).isEmpty()) {
        served.required(field, "");
      }
    }
    List<String> complaints = Ports.number(served.number("port"));
    if (!complaints.isEmpty()) {
      served.invalid("port", "port is not valid: " + String.join(", ", complaints));
    }
    if (untrusting && trust > 0) {
      spec.invalid("insecureSkipTLSVerify", "may not be true if caBundle is present");
    }
  }

  private static void local(ValidatedObject spec, int trust, boolean untrusting) {
    if (trust > 0) {
      spec.add(
          FieldError.invalid(
              spec.path("caBundle"),
              Json.of(trust + " bytes"),
              "local APIServices may not have a caBundle"));
    }
    if (untrusting) {
      spec.invalid("insecureSkipTLSVerify", "local APIServices may not have insecureSkipTLSVerify");
    }
  }

  /// How many bytes a text in base 64 stands for.
  private static int bytes(String base64) {
    int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
    return base64.length() / BASE64_CHARACTERS * BASE64_BYTES - padding;
  }

  private static void within(ValidatedObject spec, String field, int most) {
    long number = spec.number(field);
    if (number <= 0 || number > most) {
      spec.add(
          FieldError.invalid(
              spec.path(field),
              Json.of(number),
              "must be positive and less than %d".formatted(most)));
    }
  }

  private static void conditions(ValidatedObject service) {
    for (ValidatedObject condition : service.childOrEmpty("status").items("conditions")) {
      if (!List.of("True", "False", "Unknown").contains(condition.text("status"))) {
        condition.notSupported("status", "True", "False", "Unknown");
      }
    }
  }
}
