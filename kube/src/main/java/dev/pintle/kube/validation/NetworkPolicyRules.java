package dev.pintle.kube.validation;

import dev.pintle.kube.format.AddressRange;
import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.format.Ports;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of network policies. Ranges that stood in a policy may stand in it again, wherever that is.
final class NetworkPolicyRules {
  private static final int DIRECTIONS_MAX = 2;

  private final boolean anyValues;
  private final Set<String> knownRanges = new HashSet<>();

  /// Blocks that name no range are told last.
  private final List<FieldError> rangeless = new ArrayList<>(0);

  private NetworkPolicyRules(ValidatedObject spec) {
    JsonObject old = spec.old();
    this.anyValues =
        old != null && !Labels.isValidSelector(spec.context(), old.object("podSelector"));
    if (old != null) {
      known(old.objects("ingress"), "from");
      known(old.objects("egress"), "to");
    }
  }

  static Map<String, NamedRule> all() {
    return Map.of("networkPolicy", policy -> policy(policy.childOrEmpty("spec")));
  }

  private static void policy(ValidatedObject spec) {
    NetworkPolicyRules rules = new NetworkPolicyRules(spec);
    Labels.checkSelector(spec.childOrEmpty("podSelector"), rules.anyValues);
    rules.direction(spec, "ingress", "from");
    rules.direction(spec, "egress", "to");
    types(spec);
    rules.rangeless.forEach(spec::add);
  }

  private void known(List<JsonObject> rules, String list) {
    for (JsonObject rule : rules) {
      for (JsonObject peer : rule.objects(list)) {
        if (peer.object("ipBlock") instanceof JsonObject block) {
          knownRanges.add(block.textOrEmpty("cidr"));
          knownRanges.addAll(block.texts("except"));
        }
      }
    }
  }

  private void direction(ValidatedObject spec, String direction, String list) {
    JsonObject old = spec.old();
    boolean changed =
        old == null || !Immutable.isUntouched(spec.structure().get(direction), old.get(direction));
    for (ValidatedObject rule : spec.items(direction)) {
      rule.items("ports").forEach(NetworkPolicyRules::port);
      rule.items(list).forEach(peer -> peer(peer, changed));
    }
  }

  private static void port(ValidatedObject port) {
    if (port.has("protocol")) {
      switch (port.text("protocol")) {
        case "TCP", "UDP", "SCTP" -> {}
        default -> port.notSupported("protocol", "TCP", "UDP", "SCTP");
      }
    }
    boolean ends = port.has("endPort");
    if (!port.has("port")) {
      if (ends) {
        port.invalid("endPort", "may not be specified when `port` is not specified");
      }
    } else if (port.value("port") instanceof Json.Text(var name)) {
      if (ends) {
        port.invalid("endPort", "may not be specified when `port` is non-numeric");
      }
      port.invalid("port", Ports.name(name));
    } else {
      port.invalidNumber("port", Ports.number(port.number("port")));
      if (ends) {
        end(port);
      }
    }
  }

  private static void end(ValidatedObject port) {
    if (port.number("endPort") < port.number("port")) {
      port.invalid("endPort", "must be greater than or equal to `port`");
    }
    port.invalidNumber("endPort", Ports.number(port.number("endPort")));
  }

  private void peer(ValidatedObject peer, boolean changed) {
    int selectors = 0;
    for (String selector : List.of("podSelector", "namespaceSelector")) {
      if (peer.child(selector) instanceof ValidatedObject given) {
        selectors++;
        Labels.checkSelector(given, anyValues);
      }
    }
    ValidatedObject block = peer.child("ipBlock");
    if (block != null) {
      block(block, changed);
    }
    if (block == null && selectors == 0) {
      peer.add(FieldError.required(peer.path(), "must specify a peer"));
    } else if (block != null && selectors > 0) {
      peer.add(FieldError.forbidden(peer.path(), "may not specify both ipBlock and another peer"));
    }
  }

  private void block(ValidatedObject block, boolean changed) {
    String whole = block.text("cidr");
    FieldPath path = block.path("cidr");
    if (whole.isEmpty()) {
      FieldError missing = FieldError.required(path, "");
      if (changed) {
        rangeless.add(missing);
      } else {
        block.add(missing);
      }
      return;
    }
    range(block, whole, path);
    AddressRange range = AddressRange.parse(whole);
    if (range == null) {
      return;
    }
    List<String> exceptions = block.texts("except");
    for (int i = 0; i < exceptions.size(); i++) {
      FieldPath place = block.path("except").index(i);
      range(block, exceptions.get(i), place);
      AddressRange exception = AddressRange.parse(exceptions.get(i));
      if (exception != null && !range.isWider(exception)) {
        block.add(
            FieldError.invalid(
                place, Json.of(exceptions.get(i)), "must be a strict subset of `cidr`"));
      }
    }
  }

  private void range(ValidatedObject block, String text, FieldPath path) {
    if (!knownRanges.contains(text)) {
      Addresses.cidr(text)
          .forEach(complaint -> block.add(FieldError.invalid(path, Json.of(text), complaint)));
    }
  }

  private static void types(ValidatedObject spec) {
    List<String> types = spec.texts("policyTypes");
    if (types.size() > DIRECTIONS_MAX) {
      spec.invalid("policyTypes", "may not specify more than two policyTypes");
      return;
    }
    for (int i = 0; i < types.size(); i++) {
      String type = types.get(i);
      if (!type.equals("Ingress") && !type.equals("Egress")) {
        spec.add(
            FieldError.notSupportedWord(
                spec.path("policyTypes").index(i), type, List.of("Ingress", "Egress")));
      }
    }
  }
}
