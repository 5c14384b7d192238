package dev.pintle.kube.validation;

import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of ingresses.
final class IngressRules {
  private static final String CLASS = "kubernetes.io/ingress.class";

  private IngressRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "ingress",
        ingress -> spec(ingress.childOrEmpty("spec")),
        "ingressClassOnce",
        IngressRules::classOnce);
  }

  private static void spec(ValidatedObject spec) {
    ValidatedObject backend = spec.child("defaultBackend");
    if (spec.count("rules") == 0 && backend == null) {
      spec.add(
          FieldError.invalid(
              spec.path(),
              spec.shown("rules"),
              "either `defaultBackend` or `rules` must be specified"));
    }
    if (backend != null) {
      IngressBackends.check(backend, Formats::dns1123Label);
    }
    boolean anyRule = hadBadRuleOfStar(spec);
    for (ValidatedObject rule : spec.items("rules")) {
      host(rule);
      if (!(anyRule && hasStar(rule.text("host")))) {
        IngressPaths.check(rule, Formats::dns1123Label);
      }
    }
    boolean anySecret = hadBadSecret(spec.old());
    spec.items("tls").forEach(tls -> tls(tls, anySecret));
    if (spec.has("ingressClassName")) {
      spec.invalid("ingressClassName", Formats.dns1123Subdomain(spec.text("ingressClassName")));
    }
  }

  private static boolean hasStar(String host) {
    return host.indexOf('*') >= 0;
  }

  private static List<String> nameComplaints(String host) {
    return hasStar(host) ? Formats.wildcardDns1123Subdomain(host) : Formats.dns1123Subdomain(host);
  }

  private static void host(ValidatedObject rule) {
    String host = rule.text("host");
    if (!host.isEmpty()) {
      if (Addresses.parse(host) != null) {
        rule.invalid("host", "must be a DNS name, not an IP address");
      }
      rule.invalid("host", nameComplaints(host));
    }
  }

  /// What was wrong behind a host with a star may stay so.
  private static boolean hadBadRuleOfStar(ValidatedObject spec) {
    JsonObject old = spec.old();
    if (old == null) {
      return false;
    }
    FieldErrorList findings = new FieldErrorList();
    ValidationContext context = spec.context();
    ValidationContext apart =
        new ValidationContext(context.type(), context.object(), null, Rules.NONE, findings);
    return !findings
        .of(() ->
            new ValidatedObject(apart, spec.path(), old, null)
                .items("rules").stream()
                    .filter(rule -> hasStar(rule.text("host")))
                    .forEach(rule -> IngressPaths.check(rule, Formats::dns1035Label)))
        .isEmpty();
  }

  private static boolean hadBadSecret(@Nullable JsonObject old) {
    return old != null
        && old.objects("tls").stream()
            .anyMatch(tls -> !secretComplaints(tls.textOrEmpty("secretName")).isEmpty());
  }

  private static List<String> secretComplaints(String name) {
    return name.isEmpty() ? List.of() : Formats.dns1123Subdomain(name);
  }

  private static void tls(ValidatedObject tls, boolean anySecret) {
    List<String> hosts = tls.texts("hosts");
    for (int i = 0; i < hosts.size(); i++) {
      FieldPath path = tls.path("hosts").index(i);
      Json host = Json.of(hosts.get(i));
      nameComplaints(hosts.get(i))
          .forEach(complaint -> tls.add(FieldError.invalid(path, host, complaint)));
    }
    if (!anySecret) {
      tls.invalid("secretName", secretComplaints(tls.text("secretName")));
    }
  }

  /// Of a new ingress: the annotation that the field replaced may not say something else.
  private static void classOnce(ValidatedObject ingress) {
    ValidatedObject annotations = ingress.childOrEmpty("metadata").childOrEmpty("annotations");
    ValidatedObject spec = ingress.childOrEmpty("spec");
    if (annotations.has(CLASS)
        && spec.has("ingressClassName")
        && !annotations.text(CLASS).equals(spec.text("ingressClassName"))) {
      ingress.add(
          FieldError.invalid(
              ingress.path("annotations").child(CLASS),
              Json.of(annotations.text(CLASS)),
              "must match `ingressClassName` when both are specified"));
    }
  }
}
