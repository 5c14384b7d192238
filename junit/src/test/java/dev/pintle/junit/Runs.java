package dev.pintle.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/// Runs of test classes within a test.
final class Runs {
  private Runs() {}

  static EngineExecutionResults of(Class<?>... tests) {
    return of(Map.of(), tests);
  }

  static EngineExecutionResults of(Map<String, String> parameters, Class<?>... tests) {
    EngineTestKit.Builder kit =
        EngineTestKit.engine("junit-jupiter").configurationParameters(parameters);
    for (Class<?> each : tests) {
      kit.selectors(selectClass(each));
    }
    return kit.execute();
  }
}
