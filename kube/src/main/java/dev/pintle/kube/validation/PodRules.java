package dev.pintle.kube.validation;

import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of pods as a whole.
final class PodRules {
  private static final int HOSTNAME_BYTES_MAX = 64;
  private static final int NAMESERVERS_MAX = 3;
  private static final int SEARCHES_MAX = 32;
  private static final int SEARCHES_BYTES_MAX = 2048;

  private PodRules() {}

  static Map<String, NamedRule> all() {
    Map<String, NamedRule> rules = new HashMap<>();
    rules.put("podAnnotations", PodRules::annotations);
    rules.put("podOnly", PodRules::podOnly);
    rules.put("newPod", PodRules::newPod);
    rules.put("volumesAndContainers", PodRules::volumesAndContainers);
    rules.put("hostPorts", PodRules::hostPorts);
    rules.put("sharedProcesses", PodRules::sharedProcesses);
    rules.put("dnsConfig", PodRules::dnsConfig);
    rules.put("schedulingGates", PodRules::schedulingGates);
    rules.put("hostUsers", PodRules::hostUsers);
    rules.put("hostnameOverride", PodRules::hostnameOverride);
    rules.put("serviceAccountAlias", PodRules::serviceAccountAlias);
    rules.put("overhead", PodRules::overhead);
    rules.put("operatingSystem", OperatingSystems::check);
    rules.put("fileKeyVolumes", PodRules::fileKeyVolumes);
    rules.putAll(SchedulingRules.all());
    rules.putAll(SecurityRules.all());
    rules.putAll(WindowsRules.all());
    rules.putAll(VolumeRules.all());
    rules.putAll(HandlerRules.all());
    return rules;
  }

  private static void annotations(ValidatedObject pod) {
    ValidatedObject metadata = pod.childOrEmpty("metadata");
    PodAnnotations.check(metadata, pod.childOrEmpty("spec"), metadata.path("annotations"));
  }

  /// What is asked of pods but not of their templates.
  private static void podOnly(ValidatedObject pod) {
    ValidatedObject spec = pod.childOrEmpty("spec");
    if (spec.text("serviceAccountName").isEmpty()) {
      spec.items("volumes").forEach(PodRules::noToken);
    }
    spec.notNegative("terminationGracePeriodSeconds");
    spec.items("containers").forEach(PodRules::imageWithoutSpace);
    spec.items("initContainers").forEach(PodRules::imageWithoutSpace);
  }

  private static void noToken(ValidatedObject volume) {
    ValidatedObject projected = volume.child("projected");
    if (projected != null) {
      for (ValidatedObject source : projected.items("sources")) {
        if (source.has("serviceAccountToken")) {
          source.forbidden(
              "serviceAccountToken", "must not be specified when serviceAccountName is not set");
        }
      }
    }
  }

  static void imageWithoutSpace(ValidatedObject container) {
    String image = container.text("image");
    if (!image.equals(image.strip())) {
      container.invalid("image", "must not have leading or trailing whitespace");
    }
  }

  private static void newPod(ValidatedObject pod) {
    ValidatedObject spec = pod.childOrEmpty("spec");
    if (spec.count("ephemeralContainers") > 0) {
      spec.forbidden("ephemeralContainers", "cannot be set on create");
    }
    if (!spec.text("nodeName").isEmpty() && spec.count("schedulingGates") > 0) {
      spec.forbidden("nodeName", "cannot be set until all schedulingGates have been cleared");
    }
  }

  private static void volumesAndContainers(ValidatedObject spec) {
    Map<String, JsonObject> volumes = Volumes.check(spec);
    ResourceClaims.check(spec);
    new Containers(PodContext.of(spec, volumes)).check();
    WholePodRules.check(spec);
  }

  private static void hostPorts(ValidatedObject spec) {
    if (!spec.isTrue("hostNetwork")) {
      return;
    }
    boolean isPod = spec.context().type().kind().equals("Pod");
    for (ValidatedObject container : spec.items("containers")) {
      for (ValidatedObject port : container.items("ports")) {
        long host = port.number("hostPort");
        if ((isPod || host != 0) && host != port.number("containerPort")) {
          String detail = "must match `containerPort` when `hostNetwork` is true";
          port.add(FieldError.invalid(port.path("hostPort"), Json.of(host), detail));
        }
      }
    }
  }

  private static void sharedProcesses(ValidatedObject spec) {
    if (spec.isTrue("shareProcessNamespace") && spec.isTrue("hostPID")) {
      spec.invalid(
          "shareProcessNamespace", "ShareProcessNamespace and HostPID cannot both be enabled");
    }
  }

  private static void dnsConfig(ValidatedObject spec) {
    ValidatedObject config = spec.child("dnsConfig");
    if (spec.text("dnsPolicy").equals("None")) {
      if (config == null) {
        spec.required("dnsConfig", "must provide `dnsConfig` when `dnsPolicy` is None");
      } else if (config.count("nameservers") == 0) {
        config.required(
            "nameservers", "must provide at least one DNS nameserver when `dnsPolicy` is None");
        return;
      }
    }
    if (config != null) {
      nameservers(config);
      searches(config);
      for (ValidatedObject option : config.items("options")) {
        if (option.text("name").isEmpty()) {
          option.add(FieldError.required(option.path(), "must not be empty"));
        }
      }
    }
  }

  private static void nameservers(ValidatedObject config) {
    List<String> servers = config.texts("nameservers");
    if (servers.size() > NAMESERVERS_MAX) {
      config.invalid(
          "nameservers", "must not have more than %d nameservers".formatted(NAMESERVERS_MAX));
    }
    for (int i = 0; i < servers.size(); i++) {
      for (String complaint : Addresses.ip(servers.get(i))) {
        config.add(
            FieldError.invalid(
                config.path("nameservers").index(i), Json.of(servers.get(i)), complaint));
      }
    }
  }

  private static void searches(ValidatedObject config) {
    List<String> searches = config.texts("searches");
    if (searches.size() > SEARCHES_MAX) {
      config.invalid("searches", "must not have more than %d search paths".formatted(SEARCHES_MAX));
    }
    if (Formats.bytes(String.join(" ", searches)) > SEARCHES_BYTES_MAX) {
      config.invalid(
          "searches",
          "must not have more than %d characters (including spaces) in the search list"
              .formatted(SEARCHES_BYTES_MAX));
    }
    for (int i = 0; i < searches.size(); i++) {
      String search = searches.get(i);
      String name = search.endsWith(".") ? search.substring(0, search.length() - 1) : search;
      if (!search.equals(".")) {
        for (String complaint : Formats.dns1123SubdomainWithUnderscore(name)) {
          config.add(
              FieldError.invalid(config.path("searches").index(i), Json.of(name), complaint));
        }
      }
    }
  }

  private static void schedulingGates(ValidatedObject spec) {
    Set<String> seen = new HashSet<>();
    for (ValidatedObject gate : spec.items("schedulingGates")) {
      Json name = Json.of(gate.text("name"));
      for (String complaint : Formats.qualifiedName(gate.text("name"))) {
        gate.add(FieldError.invalid(gate.path(), name, complaint));
      }
      if (!seen.add(gate.text("name"))) {
        gate.add(FieldError.duplicate(gate.path(), name));
      }
    }
  }

  private static void hostUsers(ValidatedObject spec) {
    if (!spec.isFalse("hostUsers")) {
      return;
    }
    String detail = "when `hostUsers` is false";
    if (!OldFaults.inPod(spec.context(), PodFault.HOST_NETWORK_OF_OWN_USERS)) {
      forbidWhenTrue(spec, "hostNetwork", "hostNetwork", detail);
    }
    forbidWhenTrue(spec, "hostPID", "HostPID", detail);
    forbidWhenTrue(spec, "hostIPC", "HostIPC", detail);
    if (!OldFaults.inPod(spec.context(), PodFault.DEVICES_OF_OWN_USERS)) {
      Containers.LISTS.forEach(list ->
          spec.items(list).stream()
              .filter(container -> container.count("volumeDevices") > 0)
              .forEach(container -> container.forbidden("volumeDevices", detail)));
    }
  }

  private static void forbidWhenTrue(
      ValidatedObject spec, String field, String shownAs, String detail) {
    if (spec.isTrue(field)) {
      spec.forbidden(shownAs, detail);
    }
  }

  private static void hostnameOverride(ValidatedObject spec) {
    if (!spec.has("hostnameOverride")) {
      return;
    }
    if (spec.isTrue("setHostnameAsFQDN")) {
      spec.forbidden("hostnameOverride", "may not be specified when setHostnameAsFQDN is true");
    }
    if (spec.isTrue("hostNetwork")) {
      spec.forbidden("hostnameOverride", "may not be specified when hostNetwork is true");
    }
    String name = spec.text("hostnameOverride");
    if (Formats.bytes(name) > HOSTNAME_BYTES_MAX) {
      spec.add(FieldError.tooLong(spec.path("hostnameOverride"), HOSTNAME_BYTES_MAX));
    }
    spec.invalid("hostnameOverride", Formats.dns1123Subdomain(name));
  }

  private static void serviceAccountAlias(ValidatedObject spec) {
    String alias = spec.text("serviceAccount");
    String name = spec.text("serviceAccountName");
    if (!alias.equals(name)) {
      FieldPath path = spec.path("deprecatedServiceAccount");
      String detail = "must be the same as serviceAccountName: " + GoText.quote(name);
      spec.add(FieldError.invalid(path, Json.of(alias), detail));
    }
  }

  private static void overhead(ValidatedObject spec) {
    if (spec.has("overhead")) {
      JsonObject requirements = new JsonObject().set("limits", spec.map("overhead"));
      ResourceRequirements.checkContainer(
          new ValidatedObject(spec.context(), spec.path("overhead"), requirements, null), Set.of());
    }
  }

  /// Environment that comes from a file needs an empty directory to find it in.
  private static void fileKeyVolumes(ValidatedObject spec) {
    Map<String, ValidatedObject> volumes = new HashMap<>();
    spec.items("volumes").forEach(volume -> volumes.put(volume.text("name"), volume));
    for (String list : Containers.LISTS) {
      for (ValidatedObject container : spec.items(list)) {
        container.items("env").forEach(variable -> fileKeyVolume(variable, volumes));
      }
    }
  }

  private static void fileKeyVolume(
      ValidatedObject variable, Map<String, ValidatedObject> volumes) {
    ValidatedObject key = variable.childOrEmpty("valueFrom").child("fileKeyRef");
    if (key == null) {
      return;
    }
    ValidatedObject volume = volumes.get(key.text("volumeName"));
    if (volume == null) {
      key.add(FieldError.notFound(key.path("volumeName"), Json.of(key.text("volumeName"))));
    } else if (!volume.has("emptyDir")) {
      key.invalid("volumeName", "referenced volume must be of type emptyDir");
    }
  }
}
