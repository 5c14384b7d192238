package dev.pintle.rules;

import java.lang.classfile.ClassModel;
import java.util.List;
import java.util.stream.Stream;

/// The rule that no test is switched off, sleeps, or mocks.
final class TestHabits implements Rule {
  private static final List<String> FORBIDDEN =
      List.of(
          "org/junit/jupiter/api/Disabled",
          "org/mockito/",
          "org/easymock/",
          "java/lang/Thread.sleep(",
          "java/util/concurrent/TimeUnit.sleep(");

  @Override
  public Stream<Finding> broken(HouseModule module) {
    return module.testClasses().stream().flatMap(TestHabits::broken);
  }

  private static Stream<Finding> broken(ClassModel model) {
    References references = References.of(model);
    return Stream.concat(references.types().stream(), references.members().stream())
        .filter(used -> FORBIDDEN.stream().anyMatch(used::startsWith))
        .map(used -> new Finding(Names.of(model), "uses %s in a test".formatted(used)));
  }
}
