package dev.pintle.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.platform.commons.support.AnnotationSupport;

/// The annotations of tests, wherever they stand: on the element, on another annotation of it, on a superclass, on a class around.
final class Annotations {
  private Annotations() {}

  /// The nearest.
  static <A extends Annotation> Optional<A> of(@Nullable Class<?> test, Class<A> kind) {
    for (Class<?> each = test; each != null; each = around(each)) {
      Optional<A> found = AnnotationSupport.findAnnotation(each, kind);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// The faults that a test is to meet: its own, or those of the class.
  static Optional<WithFaults> faults(AnnotatedElement method, Class<?> test) {
    Optional<WithFaults> own = AnnotationSupport.findAnnotation(method, WithFaults.class);
    return own.isPresent() ? own : of(test, WithFaults.class);
  }

  /// Only an inner class has its tests within those of another.
  private static @Nullable Class<?> around(Class<?> test) {
    return Modifier.isStatic(test.getModifiers()) ? null : test.getEnclosingClass();
  }

  /// The manifests of a class alone, or of a method; those of superclasses first.
  static Manifests manifests(AnnotatedElement element, ClassLoader loader) {
    List<Class<?>> kinds = new ArrayList<>();
    List<String> places = new ArrayList<>();
    for (AnnotatedElement each : withSuperclasses(element)) {
      for (var definition : declared(each, WithDefinition.class)) {
        kinds.addAll(List.of(definition.value()));
      }
      for (var manifests : declared(each, LoadManifests.class)) {
        places.addAll(List.of(manifests.value()));
      }
    }
    return DefinitionSource.of(kinds.stream().distinct().toList())
        .and(Manifests.of(loader, places.stream().distinct().toList()));
  }

  private static List<AnnotatedElement> withSuperclasses(AnnotatedElement element) {
    List<AnnotatedElement> all = new ArrayList<>();
    if (element instanceof Class<?> type) {
      for (Class<?> each = type; each != null; each = each.getSuperclass()) {
        all.addFirst(each);
      }
    } else {
      all.add(element);
    }
    return all;
  }

  /// Also what a superclass has: the same again does no harm.
  private static <A extends Annotation> List<A> declared(AnnotatedElement element, Class<A> kind) {
    return AnnotationSupport.findRepeatableAnnotations(element, kind);
  }

  /// Whom a parameter acts for: the nearest annotation says it.
  static ActingUser who(ParameterContext context) {
    Optional<ActingUser> said = who(context.getParameter());
    if (said.isEmpty()) {
      said = who(context.getDeclaringExecutable());
    }
    for (Class<?> each = context.getDeclaringExecutable().getDeclaringClass();
        each != null && said.isEmpty();
        each = around(each)) {
      said = who(each);
    }
    return said.orElse(ActingUser.ADMINISTRATOR);
  }

  private static Optional<ActingUser> who(AnnotatedElement element) {
    Optional<AsUser> user = AnnotationSupport.findAnnotation(element, AsUser.class);
    boolean isAdministrator = AnnotationSupport.isAnnotated(element, AsAdministrator.class);
    if (user.isPresent() && isAdministrator && !(element instanceof Class<?>)) {
      throw new PintleTestException(
          "%s: @AsUser and @AsAdministrator (expected: one of them)".formatted(element));
    }
    return isAdministrator ? Optional.of(ActingUser.ADMINISTRATOR) : user.map(ActingUser::of);
  }
}
