package dev.pintle.junit;

import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.StringAssert;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Event;

/// The words of a run about what failed.
final class Failures {
  private Failures() {}

  static StringAssert only(EngineExecutionResults run) {
    List<String> told = told(run);
    Assertions.assertThat(told).hasSize(1);
    return new StringAssert(told.getFirst());
  }

  private static List<String> told(EngineExecutionResults run) {
    return run.allEvents().failed().stream().map(Failures::told).toList();
  }

  private static String told(Event event) {
    return event
        .getRequiredPayload(TestExecutionResult.class)
        .getThrowable()
        .map(thrown -> String.valueOf(thrown.getMessage()))
        .orElse("");
  }
}
