package dev.pintle.rules;

import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.util.stream.Stream;

/// The rule against `synchronized`: on JDK 25 before 25.0.4 a virtual thread that waits for a contended monitor may wait
/// for ever (JDK-8373120). `ReentrantLock` has no such fault.
final class NoMonitors implements Rule {
  @Override
  public Stream<Finding> broken(HouseModule module) {
    return module.mainClasses().stream()
        .flatMap(model ->
            model.methods().stream()
                .filter(NoMonitors::locksAMonitor)
                .map(method -> finding(model, method)));
  }

  private static Finding finding(ClassModel model, MethodModel method) {
    return new Finding(
        Names.of(model) + "." + method.methodName().stringValue(),
        "is synchronized (use a ReentrantLock)");
  }

  private static boolean locksAMonitor(MethodModel method) {
    return method.flags().has(AccessFlag.SYNCHRONIZED)
        || method
            .code()
            .map(code -> code.elementStream().anyMatch(MonitorInstruction.class::isInstance))
            .orElse(false);
  }
}
