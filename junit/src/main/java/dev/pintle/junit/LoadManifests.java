package dev.pintle.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The manifests that a server holds before a test: of a class, before its `@BeforeAll` methods; of a method, before that test only. Those of
/// superclasses and of classes around come first. See [Manifests] for what they may be, and in which order they are applied.
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(LoadManifests.All.class)
public @interface LoadManifests {
  /// Folders and files of the class path, such as `crds/` or `rbac/roles.yaml`; what is not there is looked for in the file system, from the
  /// folder that the tests run in.
  String[] value();

  /// The annotation several times.
  @Documented
  @Inherited
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  @interface All {
    /// Each of them.
    LoadManifests[] value();
  }
}
