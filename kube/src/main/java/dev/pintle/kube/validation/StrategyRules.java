package dev.pintle.kube.validation;

import dev.pintle.kube.format.DataKeys;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.GoNumbers;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;

/// The rules of how controllers replace pods.
final class StrategyRules {
  private static final int PERCENT_MAX = 100;

  private StrategyRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "disruptions", StrategyRules::disruptions,
        "selectorOfBudget", StrategyRules::selectorOfBudget,
        "deploymentStrategy", StrategyRules::deploymentStrategy,
        "rollingUpdateOfDeployment", StrategyRules::rollingUpdateOfDeployment,
        "progressDeadline", StrategyRules::progressDeadline,
        "daemonStrategy", StrategyRules::daemonStrategy,
        "podManagement", StrategyRules::podManagement,
        "statefulStrategy", StrategyRules::statefulStrategy,
        "firstOrdinal", StrategyRules::firstOrdinal,
        "serviceNameOfSet", StrategyRules::serviceNameOfSet);
  }

  /// What a budget allows to be away.
  private static void disruptions(ValidatedObject spec) {
    if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
      JsonObject shown =
          new JsonObject()
              .set("MinAvailable", spec.shown("minAvailable"))
              .set("Selector", GoForm.selector(spec.structure().object("selector")))
              .set("MaxUnavailable", spec.shown("maxUnavailable"))
              .set("UnhealthyPodEvictionPolicy", spec.shown("unhealthyPodEvictionPolicy"));
      spec.add(
          FieldError.invalid(
              spec.path(), shown, "minAvailable and maxUnavailable cannot be both set"));
    }
    for (String field : new String[] {"minAvailable", "maxUnavailable"}) {
      if (spec.has(field)) {
        numberOrPercent(spec, field);
        notOverHundred(spec, field);
      }
    }
  }

  /// Values that were wrong before may stay.
  private static void selectorOfBudget(ValidatedObject spec) {
    JsonObject old = spec.old();
    if (spec.child("selector") instanceof ValidatedObject selector) {
      boolean anyValues =
          old != null && !Labels.isValidSelector(spec.context(), old.object("selector"));
      Labels.checkSelector(selector, anyValues);
    }
  }

  private static void deploymentStrategy(ValidatedObject spec) {
    ValidatedObject strategy = spec.childOrEmpty("strategy");
    switch (strategy.text("type")) {
      case "Recreate" -> {
        if (strategy.has("rollingUpdate")) {
          strategy.forbidden(
              "rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
        }
      }
      case "RollingUpdate" -> {
        if (strategy.has("rollingUpdate")) {
          strategy.check("rollingUpdate", "api.apps.v1.RollingUpdateDeployment");
        } else {
          strategy.required("rollingUpdate", "this should be defaulted and never be nil");
        }
      }
      default ->
          spec.add(
              FieldError.notSupported(
                  strategy.path(), shown(strategy), List.of("Recreate", "RollingUpdate")));
    }
  }

  private static JsonObject shown(ValidatedObject strategy) {
    ValidatedObject rolling = strategy.child("rollingUpdate");
    Json numbers = Json.NULL;
    if (rolling != null) {
      numbers =
          new JsonObject()
              .set("MaxUnavailable", rolling.shown("maxUnavailable"))
              .set("MaxSurge", rolling.shown("maxSurge"));
    }
    return new JsonObject().set("Type", strategy.text("type")).set("RollingUpdate", numbers);
  }

  private static void rollingUpdateOfDeployment(ValidatedObject rolling) {
    numberOrPercent(rolling, "maxUnavailable");
    numberOrPercent(rolling, "maxSurge");
    if (value(rolling, "maxUnavailable") == 0 && value(rolling, "maxSurge") == 0) {
      rolling.invalid("maxUnavailable", "may not be 0 when `maxSurge` is 0");
    }
    notOverHundred(rolling, "maxUnavailable");
  }

  private static void numberOrPercent(ValidatedObject rolling, String field) {
    if (rolling.value(field) instanceof Json.Text(var text)) {
      DataKeys.percent(text).forEach(complaint -> rolling.invalidWord(field, complaint));
    } else {
      rolling.notNegative(field);
    }
  }

  private static long value(ValidatedObject rolling, String field) {
    if (!(rolling.value(field) instanceof Json.Text(var text))) {
      return rolling.number(field);
    }
    boolean percent = DataKeys.percent(text).isEmpty();
    String digits = percent ? text.substring(0, text.length() - 1) : text;
    try {
      return GoNumbers.parseInt(digits);
    } catch (NumberFormatException notANumber) {
      boolean large = GoText.notANumber(digits).equals("value out of range");
      return large ? Long.MAX_VALUE : 0;
    }
  }

  private static void notOverHundred(ValidatedObject rolling, String field) {
    if (rolling.value(field) instanceof Json.Text(var text)
        && DataKeys.percent(text).isEmpty()
        && value(rolling, field) > PERCENT_MAX) {
      rolling.invalid(field, "must not be greater than 100%");
    }
  }

  private static void progressDeadline(ValidatedObject spec) {
    if (!spec.has("progressDeadlineSeconds")) {
      return;
    }
    spec.notNegative("progressDeadlineSeconds");
    if (spec.number("progressDeadlineSeconds") <= spec.number("minReadySeconds")) {
      spec.invalid("progressDeadlineSeconds", "must be greater than minReadySeconds");
    }
  }

  private static void daemonStrategy(ValidatedObject spec) {
    ValidatedObject strategy = spec.childOrEmpty("updateStrategy");
    switch (strategy.text("type")) {
      case "OnDelete" -> {}
      case "RollingUpdate" -> {
        ValidatedObject rolling = strategy.child("rollingUpdate");
        if (rolling == null) {
          strategy.required("rollingUpdate", "");
        } else {
          rollingUpdateOfDaemons(rolling);
        }
      }
      default ->
          spec.add(
              FieldError.notSupported(
                  strategy.path(), shown(strategy), List.of("RollingUpdate", "OnDelete")));
    }
  }

  private static void rollingUpdateOfDaemons(ValidatedObject rolling) {
    numberOrPercent(rolling, "maxUnavailable");
    numberOrPercent(rolling, "maxSurge");
    notOverHundred(rolling, "maxUnavailable");
    notOverHundred(rolling, "maxSurge");
    boolean unavailable = value(rolling, "maxUnavailable") != 0;
    boolean surge = value(rolling, "maxSurge") != 0;
    if (unavailable && surge) {
      rolling.invalid("maxSurge", "may not be set when maxUnavailable is non-zero");
    } else if (!unavailable && !surge) {
      rolling.required("maxUnavailable", "cannot be 0 when maxSurge is 0");
    }
  }

  private static void podManagement(ValidatedObject spec) {
    switch (spec.text("podManagementPolicy")) {
      case "", "OrderedReady", "Parallel" -> {}
      default -> spec.invalidWord("podManagementPolicy", "must be 'OrderedReady' or 'Parallel'");
    }
  }

  private static void statefulStrategy(ValidatedObject spec) {
    ValidatedObject strategy = spec.childOrEmpty("updateStrategy");
    ValidatedObject rolling = strategy.child("rollingUpdate");
    switch (strategy.text("type")) {
      case "" -> spec.required("updateStrategy", "");
      case "OnDelete" -> {
        if (rolling != null) {
          FieldPath path = strategy.path("rollingUpdate");
          strategy.add(
              FieldError.invalid(
                  path, shownRolling(rolling), "only allowed for updateStrategy 'RollingUpdate'"));
        }
      }
      case "RollingUpdate" -> {
        if (rolling != null) {
          rollingUpdateOfSet(rolling);
        }
      }
      default -> {
        JsonObject shown =
            new JsonObject()
                .set("Type", strategy.text("type"))
                .set("RollingUpdate", rolling == null ? Json.NULL : shownRolling(rolling));
        spec.add(
            FieldError.invalid(strategy.path(), shown, "must be 'RollingUpdate' or 'OnDelete'"));
      }
    }
  }

  private static JsonObject shownRolling(ValidatedObject rolling) {
    return new JsonObject()
        .set("Partition", Json.of(rolling.number("partition")))
        .set("MaxUnavailable", rolling.shown("maxUnavailable"));
  }

  private static void rollingUpdateOfSet(ValidatedObject rolling) {
    rolling.notNegative("partition");
    if (rolling.has("maxUnavailable")) {
      numberOrPercent(rolling, "maxUnavailable");
      if (value(rolling, "maxUnavailable") == 0) {
        rolling.invalid("maxUnavailable", "cannot be 0");
      }
      notOverHundred(rolling, "maxUnavailable");
    }
  }

  private static void firstOrdinal(ValidatedObject spec) {
    long start = spec.childOrEmpty("ordinals").number("start");
    if (start < 0) {
      FieldPath path = spec.path("ordinals.start");
      spec.add(FieldError.invalid(path, Json.of(start), "must be greater than or equal to 0"));
    }
  }

  /// Kept as it is by updates, so only new sets are refused.
  private static void serviceNameOfSet(ValidatedObject spec) {
    String name = spec.text("serviceName");
    if (spec.old() == null && !name.isEmpty()) {
      spec.invalid("serviceName", Formats.dns1123Label(name));
    }
  }
}
