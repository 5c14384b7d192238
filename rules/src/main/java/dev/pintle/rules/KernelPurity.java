package dev.pintle.rules;

import java.lang.classfile.ClassModel;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The kernel is a function of (state, index, command): it uses `java.base` only, and of that nothing that reaches a clock,
/// the disk, the network, a thread, the environment or chance.
final class KernelPurity implements Rule {
  private static final List<String> FORBIDDEN_PREFIXES =
      List.of(
          "java/io/Console",
          "java/io/File",
          "java/io/RandomAccessFile",
          "java/lang/Thread",
          "java/lang/foreign/",
          "java/net/",
          "java/nio/channels/",
          "java/nio/file/",
          "java/util/Timer",
          "java/util/concurrent/");

  private static final Set<String> FORBIDDEN_TYPES =
      Set.of(
          "java/lang/InheritableThreadLocal",
          "java/lang/Process",
          "java/lang/ProcessBuilder",
          "java/lang/ProcessHandle",
          "java/lang/Runtime",
          "java/lang/ScopedValue",
          "java/lang/System$Logger",
          "java/security/SecureRandom",
          "java/time/Clock",
          "java/time/InstantSource");

  /// Whole classes would be too much: seeded randomness and arithmetic on given times are pure.
  private static final List<String> FORBIDDEN_CALLS =
      List.of(
          "java/lang/Math.random(",
          "java/lang/StrictMath.random(",
          "java/util/Collections.shuffle(Ljava/util/List;)V",
          "java/util/Random.<init>()V",
          "java/util/SplittableRandom.<init>()V",
          "java/util/UUID.randomUUID(",
          "java/util/random/RandomGenerator.getDefault(",
          "java/util/random/RandomGenerator.of(");

  private static final Set<String> ALLOWED_OF_SYSTEM = Set.of("arraycopy", "lineSeparator");

  private static final Set<String> BASE_PACKAGES = Object.class.getModule().getPackages();

  @Override
  public Stream<Finding> broken(HouseModule module) {
    if (!module.name().equals("kernel")) {
      return Stream.empty();
    }
    return module.mainClasses().stream().flatMap(KernelPurity::broken);
  }

  private static Stream<Finding> broken(ClassModel model) {
    References references = References.of(model);
    return Stream.concat(
            references.types().stream().filter(KernelPurity::isForbiddenType),
            references.members().stream().filter(KernelPurity::isForbiddenCall))
        .map(what -> new Finding(Names.of(model), "uses %s (the kernel is pure)".formatted(what)));
  }

  private static boolean isForbiddenType(String type) {
    return isForeign(type)
        || FORBIDDEN_TYPES.contains(type)
        || FORBIDDEN_PREFIXES.stream().anyMatch(type::startsWith);
  }

  private static boolean isForeign(String type) {
    if (Names.isOurs(type) || type.startsWith("org/jspecify/annotations/")) {
      return false;
    }
    return !type.startsWith("java/")
        || !BASE_PACKAGES.contains(Names.packageOf(type).replace('/', '.'));
  }

  private static boolean isForbiddenCall(String member) {
    String owner = member.substring(0, member.indexOf('.'));
    String name = member.substring(member.indexOf('.') + 1).replaceFirst("[(:L\\[].*", "");
    return FORBIDDEN_CALLS.stream().anyMatch(member::startsWith)
        || (owner.equals("java/lang/System") && !ALLOWED_OF_SYSTEM.contains(name))
        || (owner.startsWith("java/time/") && name.equals("now"))
        || name.equals("parallelStream")
        || (owner.startsWith("java/util/stream/") && name.equals("parallel"));
  }
}
