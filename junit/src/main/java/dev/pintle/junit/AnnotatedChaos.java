package dev.pintle.junit;

import dev.pintle.embed.PintleServer;
import dev.pintle.embed.faults.Chaos;
import dev.pintle.embed.requests.RequestFilter;

/// The chaos that [WithFaults] asks for.
final class AnnotatedChaos {
  private AnnotatedChaos() {}

  static Chaos of(WithFaults wanted) {
    try {
      RequestFilter filter = RequestFilter.any();
      if (wanted.verbs().length > 0) {
        filter = filter.verb(wanted.verbs());
      }
      if (!wanted.resource().isEmpty()) {
        filter = filter.resource(wanted.resource());
      }
      Chaos chaos = wanted.seed() == 0 ? Chaos.random() : Chaos.seeded(wanted.seed());
      return chaos.on(filter).withEverything(wanted.rate());
    } catch (IllegalArgumentException odd) {
      throw new PintleTestException("@WithFaults: " + odd.getMessage(), odd);
    }
  }

  static void begin(PintleServer server, Chaos chaos) {
    try {
      server.faults().start(chaos);
    } catch (IllegalArgumentException odd) {
      throw new PintleTestException("@WithFaults: " + odd.getMessage(), odd);
    }
  }
}
