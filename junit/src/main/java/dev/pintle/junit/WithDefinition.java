package dev.pintle.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The definitions of custom resources that a server serves before a test, named by the classes that fabric8's client has for them. When and
/// for which tests they are there is as with [LoadManifests].
///
/// A definition is the first of these that there is:
/// 1. `META-INF/fabric8/PLURAL.GROUP-v1.yml` of the class path, where fabric8's generator leaves it when a project is built;
/// 2. what that generator makes of the class, when `io.fabric8:crd-generator-api-v2` is on the class path;
/// 3. one made of the annotations of the class (`@Group`, `@Version`, `@Kind`, `@Plural`, `@Singular`, `@ShortNames`, `Namespaced`), whose schema is
///    open: `spec`, `status` and whatever else may hold anything, nothing is pruned, given a default or refused. It has the subresource `status`.
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(WithDefinition.All.class)
public @interface WithDefinition {
  /// Classes that implement `io.fabric8.kubernetes.api.model.HasMetadata` and carry `@Group` and `@Version`; several versions of one resource
  /// are one definition.
  Class<?>[] value();

  /// The annotation several times.
  @Documented
  @Inherited
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  @interface All {
    /// Each of them.
    WithDefinition[] value();
  }
}
