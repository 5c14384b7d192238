package dev.pintle.kube.validation;

import dev.pintle.kernel.flow.Dealer;
import dev.pintle.kube.conversion.PriorityLevels;
import dev.pintle.kube.object.Json;
import java.util.Map;

/// The rules of priority levels: how many requests they let through and what becomes of the others.
final class PriorityLevelRules {
  private static final String ROUND_TRIP = PriorityLevels.NONE_MEANT;
  private static final long QUEUES_MAX = 10_000_000;
  private static final int PERCENT_MAX = 100;

  private PriorityLevelRules() {}

  static Map<String, NamedRule> all() {
    return Map.of("priorityLevel", PriorityLevelRules::level);
  }

  private static void level(ValidatedObject level) {
    ValidatedObject metadata = level.childOrEmpty("metadata");
    // Elsewhere it means something.
    if (level.text("apiVersion").endsWith("/v1") && metadata.map("annotations").has(ROUND_TRIP)) {
      metadata.forbidden("annotations", "annotation '%s' is forbidden".formatted(ROUND_TRIP));
    }
    namespaceSeats(metadata);
    ValidatedObject spec = level.childOrEmpty("spec");
    String name = metadata.text("name");
    spec(spec, name);
    if (!FixedFlowSpecs.isLevelAsFixed(name, spec.structure())) {
      level.add(
          FieldError.invalid(
              spec.path(),
              InternalForms.of("PriorityLevelConfigurationSpec", spec.structure()),
              "spec of '%s'%s must equal the fixed value"
                  .formatted(
                      name, name.equals("exempt") ? " except the 'spec.exempt' field" : "")));
    }
    FlowSchemaRules.conditions(level);
    declared(spec);
  }

  /// Not upstream's, so no object that it takes has one.
  private static void namespaceSeats(ValidatedObject metadata) {
    String seats = metadata.map("annotations").textOrEmpty(NamespaceSeats.ANNOTATION);
    boolean exempt = metadata.text("name").equals("exempt");
    if (NamespaceSeats.max(seats) == NamespaceSeats.BAD || (exempt && !seats.isEmpty())) {
      metadata.add(
          FieldError.invalid(
              metadata.path("annotations").key(NamespaceSeats.ANNOTATION),
              Json.of(seats),
              exempt ? "the exempt level has no limit" : "must be a number of seats, from 1"));
    }
  }

  private static void spec(ValidatedObject spec, String name) {
    String type = spec.text("type");
    if (name.equals("exempt") != type.equals("Exempt")) {
      spec.invalidText("type", "must be 'Exempt' if and only if `name` is 'exempt'");
    }
    switch (type) {
      case "Exempt" -> {
        ValidatedObject exempt = spec.child("exempt");
        if (exempt != null) {
          shares(exempt);
          lendable(exempt);
        }
      }
      case "Limited" -> {
        ValidatedObject limited = spec.child("limited");
        if (limited != null) {
          limited(limited);
        }
      }
      case "" -> {}
      default -> spec.notSupported("type", "Exempt", "Limited");
    }
  }

  private static void shares(ValidatedObject holder) {
    if (holder.number("nominalConcurrencyShares") < 0) {
      holder.invalid("nominalConcurrencyShares", "must be a non-negative integer");
    }
  }

  private static void lendable(ValidatedObject holder) {
    long percent = holder.number("lendablePercent");
    if (percent < 0 || percent > PERCENT_MAX) {
      holder.invalid("lendablePercent", "must be between 0 and 100, inclusive");
    }
  }

  private static void limited(ValidatedObject limited) {
    shares(limited);
    ValidatedObject response = limited.childOrEmpty("limitResponse");
    ValidatedObject queuing = response.child("queuing");
    switch (response.text("type")) {
      case "Reject", "" -> {}
      case "Queue" -> {
        if (queuing != null) {
          queuing(queuing);
        }
      }
      default -> response.notSupported("type", "Queue", "Reject");
    }
    lendable(limited);
    if (limited.number("borrowingLimitPercent") < 0) {
      limited.invalid("borrowingLimitPercent", "if specified, must be a non-negative integer");
    }
  }

  private static void queuing(ValidatedObject queuing) {
    positive(queuing, "queueLengthLimit");
    long queues = queuing.number("queues");
    if (positive(queuing, "queues") && queues > QUEUES_MAX) {
      queuing.invalid("queues", "must not be greater than " + QUEUES_MAX);
    }
    long hand = queuing.number("handSize");
    if (!positive(queuing, "handSize")) {
      return;
    }
    if (hand > queues) {
      queuing.invalid("handSize", "should not be greater than queues (%d)".formatted(queues));
    } else if (Dealer.entropyBits((int) queues, (int) hand) > Dealer.ENTROPY_BITS_MAX) {
      queuing.invalid(
          "handSize",
          "required entropy bits of deckSize %d and handSize %d should not be greater than %d"
              .formatted(queues, hand, Dealer.ENTROPY_BITS_MAX));
    }
  }

  private static boolean positive(ValidatedObject queuing, String field) {
    long number = queuing.number(field);
    if (number <= 0) {
      queuing.add(FieldError.invalid(queuing.path(field), Json.of(number), "must be positive"));
    }
    return number > 0;
  }

  /// Which members belong to which type; told behind all else.
  private static void declared(ValidatedObject spec) {
    String type = spec.text("type");
    if (!type.equals("Exempt")) {
      member(spec, "exempt", false);
    }
    member(spec, "limited", type.equals("Limited"));
    if (type.isEmpty()) {
      spec.required("type", "");
    }
    ValidatedObject limited = spec.child("limited");
    if (limited != null) {
      ValidatedObject response = limited.childOrEmpty("limitResponse");
      String action = response.text("type");
      member(response, "queuing", action.equals("Queue"));
      if (action.isEmpty()) {
        response.required("type", "");
      }
    }
  }

  private static void member(ValidatedObject holder, String field, boolean chosen) {
    if (chosen && !holder.has(field)) {
      holder.required(field, "");
    } else if (!chosen && holder.has(field)) {
      holder.forbidden(field, "");
    }
  }
}
